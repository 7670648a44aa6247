import { answer, ask, fail } from './call';

/** Navidrome retries after an error but accepts "nothing" as an answer; when Segue is unreachable, the next agent can answer. */
function songs(path: string): i32 {
  return ask(path) ? 0 : answer('{"songs":[]}');
}

function matches(path: string): i32 {
  return ask(path) ? 0 : answer('{"matches":[]}');
}

export function nd_get_similar_songs_by_track(): i32 {
  return songs('similar-songs-by-track');
}

export function nd_get_similar_songs_by_album(): i32 {
  return songs('similar-songs-by-album');
}

export function nd_get_similar_songs_by_artist(): i32 {
  return songs('similar-songs-by-artist');
}

export function nd_get_artist_top_songs(): i32 {
  return songs('artist-top-songs');
}

export function nd_get_similar_artists(): i32 {
  return ask('similar-artists') ? 0 : answer('{"artists":[]}');
}

export function nd_get_sonic_similar_tracks(): i32 {
  return matches('sonic-similar-tracks');
}

export function nd_find_sonic_path(): i32 {
  return matches('sonic-path');
}

export function nd_scrobbler_is_authorized(): i32 {
  return ask('is-authorized') ? 0 : answer('false');
}

/** A late "now playing" is useless. */
export function nd_scrobbler_now_playing(): i32 {
  return ask('now-playing') ? 0 : answer('');
}

/** Navidrome keeps a play until Segue has accepted it. */
export function nd_scrobbler_scrobble(): i32 {
  return ask('scrobble') ? 0 : fail('scrobbler(retry_later)');
}
