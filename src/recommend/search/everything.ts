import type { Dataset } from '../../dataset/dataset.ts';
import type { FoundAlbum, FoundArtist, SearchAnswer } from '../answers.ts';
import { artistNames, artistReference, briefTrack, trackDetails } from '../describe.ts';
import type { State } from '../state.ts';
import { findTrack } from '../track-id.ts';
import type { Hit } from './exact-songs.ts';
import { foreignLink } from './foreign-links.ts';
import type { TrackSearch } from './track-search.ts';
import { searchWords } from './trigrams.ts';

const MOST_ARTISTS = 3;
const MOST_ALBUMS = 3;
const TOP_SONGS = 5;
const ALBUM_SONGS = 30;
/** An artist whose name is this alike is what the text names. */
const EXACT = 0.95;
/** A song that so many playlists hold is known by its title. */
const FAMOUS = 20;

/** Songs, artists, albums and moods that a text may mean. */
export async function searchEverything(
  state: State,
  text: string,
  limit: number,
): Promise<Omit<SearchAnswer, 'tookMs'>> {
  const { dataset, indexes } = state;
  const nothing = { tracks: [], artists: [], albums: [], mood: null, link: null };
  const direct = findTrack(dataset.tracks.vocabulary, text);
  if (direct >= 0) return { ...nothing, tracks: [{ ...trackDetails(dataset, direct), match: 1 }] };
  const link = foreignLink(text);
  if (link) return { ...nothing, link };
  const words = searchWords(text.slice(0, 1000)).slice(0, 24);
  if (words.length === 0) return nothing;
  const search = await state.trackSearch();
  const hits = search.find(text, limit);
  const artists = search.artists.find(words, MOST_ARTISTS, true).map((found) => foundArtist(dataset, search, found));
  const albumSearch = await indexes.albums();
  const albums = albumSearch.find(words, MOST_ALBUMS);
  return {
    ...nothing,
    tracks: hits.map(({ track, match }) => ({ ...trackDetails(dataset, track), match })),
    artists: artists.filter(({ tracks }) => tracks > 0),
    albums: albums.map(({ album, match }) =>
      foundAlbum(dataset, album, match, albumSearch.tracksOf(album, ALBUM_SONGS)),
    ),
    mood: indexes.moods.of(text, isName(dataset, words, hits, artists)),
  };
}

/** Whether the words are the name of an artist or of a song that many know. */
function isName(
  dataset: Dataset,
  words: readonly string[],
  hits: readonly Hit[],
  artists: readonly FoundArtist[],
): boolean {
  if (artists.some(({ match }) => match >= EXACT)) return true;
  const joined = words.join(' ');
  return hits.some(
    ({ track }) =>
      dataset.ownersOf(track) >= FAMOUS && searchWords(dataset.tracks.names.get(track)).join(' ') === joined,
  );
}

function foundArtist(
  dataset: Dataset,
  search: TrackSearch,
  { artist, match }: { artist: number; match: number },
): FoundArtist {
  const tracks = [...search.artists.tracksOf(artist, dataset.tracks.count)].filter(
    (t) => !dataset.tracks.names.isEmpty(t),
  );
  const songs = new Map<number, number>();
  for (const track of tracks) {
    if (songs.size === TOP_SONGS) break;
    const song = dataset.tracks.song[track]!;
    if (!songs.has(song)) songs.set(song, track);
  }
  const { ptr, idx } = dataset.artists.genres;
  return {
    reference: artistReference(dataset, artist),
    name: dataset.artists.names.get(artist),
    tracks: tracks.length,
    genres: Array.from(idx.subarray(ptr[artist]!, Math.min(ptr[artist + 1]!, ptr[artist]! + 3)), (g) =>
      dataset.genres.id(g),
    ),
    match,
    top: [...songs.values()].map((t) => briefTrack(dataset, t)),
  };
}

function foundAlbum(dataset: Dataset, album: number, match: number, tracks: Int32Array): FoundAlbum {
  const { albums, artists } = dataset;
  const main = albums.artist[album]!;
  const year = tracks.length > 0 ? dataset.tracks.year[tracks[0]!]! : -1;
  return {
    name: albums.names.get(album),
    artists: main >= 0 ? [artists.names.get(main)] : tracks.length > 0 ? artistNames(dataset, tracks[0]!) : [],
    year: year >= 0 ? year : null,
    match,
    tracks: Array.from(tracks, (t) => briefTrack(dataset, t)),
  };
}
