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
/** Least similarity at which a text counts as an artist's name. */
const EXACT = 0.95;
/** Words that may precede an example: "like Radiohead", "songs similar to Hey Jude". */
const KINDS = new Set([
  'song',
  'songs',
  'track',
  'tracks',
  'music',
  'artist',
  'artists',
  'band',
  'bands',
  'something',
  'more',
]);
/** Number of playlists from which a song counts as known by its title. */
const FAMOUS = 20;

/** Songs, artists, albums and moods that a text may mean. */
export async function searchEverything(
  state: State,
  text: string,
  limit: number,
): Promise<Omit<SearchAnswer, 'tookMs'>> {
  const { dataset } = state;
  const nothing = { tracks: [], artists: [], albums: [], mood: null, link: null };
  const direct = findTrack(dataset.tracks.vocabulary, text);
  if (direct >= 0) return { ...nothing, tracks: [{ ...trackDetails(dataset, direct), match: 1 }] };
  const link = foreignLink(text);
  if (link) return { ...nothing, link };
  const whole = wordsOf(text);
  if (whole.length === 0) return nothing;
  const search = await state.trackSearch();
  const { hits, words } = songsMeant(search, text, whole, limit);
  const artists = search.artists
    .find(words, MOST_ARTISTS, true)
    .map((found) => foundArtist(dataset, search, found, hits, words));
  const albums = search.albums.find(words, MOST_ALBUMS);
  return {
    ...nothing,
    tracks: hits.map(({ track, match }) => ({ ...trackDetails(dataset, track), match })),
    artists: artists.filter(({ tracks }) => tracks > 0),
    albums: albums.map(({ album, match }) =>
      foundAlbum(dataset, album, match, search.albums.tracksOf(album, ALBUM_SONGS)),
    ),
    mood: search.moods.of(text, isName(dataset, words, hits, artists)),
  };
}

const wordsOf = (text: string): string[] => searchWords(text.slice(0, 1000)).slice(0, 24);

/** The songs that the text means. "like Radiohead" gives songs of "Radiohead", unless a song has that title, as "Like a Prayer" does. */
function songsMeant(
  search: TrackSearch,
  text: string,
  words: readonly string[],
  limit: number,
): { hits: Hit[]; words: readonly string[] } {
  const isNamed = (hits: readonly Hit[]): boolean => hits.some(({ match }) => match >= EXACT);
  const hits = search.find(text, limit);
  const example = exampleIn(words);
  if (example.length === 0 || isNamed(hits)) return { hits, words };
  const near = search.find(example.join(' '), limit);
  return isNamed(near) ? { hits: near, words: example } : { hits, words };
}

/** The words after a leading "like" or "similar to"; none otherwise. */
function exampleIn(words: readonly string[]): readonly string[] {
  const rest = KINDS.has(words[0]!) ? words.slice(1) : words;
  if (rest[0] === 'like') return rest.slice(1);
  return rest[0] === 'similar' && rest[1] === 'to' ? rest.slice(2) : [];
}

/** Whether the words name an artist or a well-known song. */
function isName(
  dataset: Dataset,
  words: readonly string[],
  hits: readonly Hit[],
  artists: readonly FoundArtist[],
): boolean {
  if (artists.some(({ match }) => match >= EXACT)) return true;
  return hits.some(({ track }) => dataset.ownersOf(track) >= FAMOUS && isCalled(dataset, track, words));
}

function foundArtist(
  dataset: Dataset,
  search: TrackSearch,
  { artist, match }: { artist: number; match: number },
  hits: readonly Hit[],
  words: readonly string[],
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
    first: match >= EXACT && isBetterKnown(dataset, tracks, hits, words),
  };
}

/** Whether the most popular of these tracks has more owners than any other song with this title. */
function isBetterKnown(
  dataset: Dataset,
  tracks: readonly number[],
  hits: readonly Hit[],
  words: readonly string[],
): boolean {
  const fame = (of: readonly number[]): number => of.reduce((most, t) => Math.max(most, dataset.ownersOf(t)), 0);
  const called = hits.map(({ track }) => track).filter((t) => isCalled(dataset, t, words));
  return fame(tracks) >= fame(called);
}

const isCalled = (dataset: Dataset, track: number, words: readonly string[]): boolean =>
  searchWords(dataset.tracks.names.get(track)).join(' ') === words.join(' ');

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
