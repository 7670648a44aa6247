import {
  type Arrays,
  type Container,
  decodeContainer,
  encodeContainer,
  KIND,
  listArrays,
} from '../../dataset/container.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';
import type { SearchParts } from './track-search.ts';
import type { TrigramParts } from './trigram-index.ts';
import { BUCKETS } from './trigrams.ts';

/** Version of the index's content; raise it when words, trigrams or any part are computed differently. */
export const SEARCH_VERSION = 1;

/** An index as pieces of one container, to be written in order. @param datasetId of the dataset that it was built from */
export function encodeSearch(parts: SearchParts, datasetId: string): Uint8Array[] {
  const { index, titles, artists, albums, moods, prior } = parts;
  const arrays: Arrays = {
    ...trigramArrays('track', index),
    'title.heads': titles.heads,
    'title.next': titles.next,
    ...trigramArrays('artist', artists.index),
    'artist.prior': artists.prior,
    ...listArrays('artist.tracks', artists.tracks),
    ...trigramArrays('album', albums.index),
    'album.prior': albums.prior,
    ...listArrays('album.tracks', albums.tracks),
    'mood.titles.heap': moods.titles.heap,
    'mood.titles.offsets': moods.titles.offsets,
    'mood.counts': moods.counts,
    'mood.words.heap': moods.words.heap,
    'mood.words.offsets': moods.words.offsets,
    'track.prior': prior,
  };
  return encodeContainer(KIND.search, { version: SEARCH_VERSION, dataset: datasetId }, arrays);
}

/**
 * Reads the index from a file as views of its bytes, after checking every length, bound and checksum; null when it belongs to another dataset or
 * version.
 * @throws SegueError FILE_UNREADABLE, FORMAT_NEWER
 */
export function viewSearch(bytes: Uint8Array, dataset: Dataset, datasetId: string): SearchParts | null {
  const expected = 'a search index written by Segue';
  const container = decodeContainer(bytes, 'The saved search index', expected, 'Delete it: it is built again');
  const { kind, meta } = container;
  if (kind !== KIND.search)
    throw new SegueError('FILE_UNREADABLE', { got: 'The saved search index is another file', expected });
  if (meta.version !== SEARCH_VERSION || meta.dataset !== datasetId) return null;
  const tracks = dataset.tracks.count;
  const artists = dataset.artists.count;
  const albums = dataset.albums.count;
  const heads = container.ids('title.heads', undefined, -1, tracks);
  if (heads.length === 0 || (heads.length & (heads.length - 1)) !== 0)
    throw new SegueError('FILE_UNREADABLE', { got: 'The saved search index has a wrong table of titles', expected });
  const titles = container.strings('mood.titles');
  return {
    index: trigramsOf(container, 'track', tracks),
    titles: { heads, next: container.ids('title.next', tracks, -1, tracks) },
    artists: {
      index: trigramsOf(container, 'artist', artists),
      prior: container.array('artist.prior', 'Float32Array', artists),
      tracks: container.lists('artist.tracks', artists, tracks),
    },
    albums: {
      index: trigramsOf(container, 'album', albums),
      prior: container.array('album.prior', 'Float32Array', albums),
      tracks: container.lists('album.tracks', albums, tracks),
    },
    moods: {
      titles,
      counts: container.array('mood.counts', 'Int32Array', titles.length),
      words: container.strings('mood.words'),
    },
    prior: container.array('track.prior', 'Float32Array', tracks),
  };
}

const trigramArrays = (of: string, { ptr, idx, sizes, weight }: TrigramParts): Arrays => ({
  [`${of}.trigrams.ptr`]: ptr,
  [`${of}.trigrams.idx`]: idx,
  [`${of}.sizes`]: sizes,
  [`${of}.weight`]: weight,
});

const trigramsOf = (container: Container, of: string, texts: number): TrigramParts => ({
  ...container.lists(`${of}.trigrams`, BUCKETS, texts),
  sizes: container.array(`${of}.sizes`, 'Uint16Array', texts),
  weight: container.array(`${of}.weight`, 'Float32Array', BUCKETS),
});
