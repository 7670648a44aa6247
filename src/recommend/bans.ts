import { artistsNamed } from './artists-named.ts';
import type { State } from './state.ts';
import { findTrack, parseSpotify } from './track-id.ts';

const NAME_OF_ARTIST = /^artist:(?!\/\/)(.*)$/is;

/** Bans a track, an artist by URI or link, or `artist:<name>`; ids that the catalogue lacks are ignored. */
export function addBan(state: State, entry: string, exclude: Set<number>, bannedArtists: Set<number>): void {
  const { dataset } = state;
  const trimmed = entry.trim();
  // A history brings thousands of songs by their exact ids, which need no parsing.
  const same = dataset.artists.vocabulary.indexOf(trimmed) < 0 ? dataset.tracks.vocabulary.indexOf(trimmed) : -1;
  if (same >= 0) {
    exclude.add(same);
    return;
  }
  const named = NAME_OF_ARTIST.exec(entry);
  const asArtist = dataset.artists.vocabulary.indexOf(parseSpotify(trimmed)?.uri ?? trimmed);
  if (asArtist >= 0) bannedArtists.add(asArtist);
  else if (named) for (const artist of artistsNamed(state.dataset, named[1]!)) bannedArtists.add(artist);
  else {
    const track = findTrack(dataset.tracks.vocabulary, entry);
    if (track >= 0) exclude.add(track);
  }
}
