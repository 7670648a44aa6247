import type { Dataset, Lists } from '../../dataset/dataset.ts';
import { TrigramIndex, type TrigramParts } from './trigram-index.ts';
import { dice, nameTrigrams, searchWords, trigramsOf } from './trigrams.ts';

/** Least similarity at which a name counts as meant. */
const ALIKE = 0.7;

/** The index of album names and artists, each album's popularity, and its titled tracks. */
export interface AlbumSearchParts {
  readonly index: TrigramParts;
  readonly prior: Float32Array;
  readonly tracks: Lists;
}

/** Finds albums by name, or by artist and name, tolerating typos; each album's tracks are ordered by popularity. */
export class AlbumSearch {
  readonly parts: AlbumSearchParts;
  private readonly dataset: Dataset;
  private readonly index: TrigramIndex;

  constructor(dataset: Dataset, parts: AlbumSearchParts) {
    this.dataset = dataset;
    this.parts = parts;
    this.index = new TrigramIndex(parts.index);
  }

  /** @param trackPrior popularity of each track */
  static async build(dataset: Dataset, trackPrior: Float32Array, pause: () => Promise<void>): Promise<AlbumSearch> {
    const { albums, artists } = dataset;
    const tracks = tracksByAlbum(dataset, trackPrior);
    const prior = new Float32Array(albums.count);
    for (let a = 0; a < albums.count; a++)
      for (let e = tracks.ptr[a]!; e < tracks.ptr[a + 1]!; e++)
        prior[a] = Math.max(prior[a]!, trackPrior[tracks.idx[e]!]!);
    const index = await TrigramIndex.build(
      albums.count,
      (a, grams) => {
        nameTrigrams(albums.names, a, grams);
        if (albums.artist[a]! >= 0) nameTrigrams(artists.names, albums.artist[a]!, grams);
      },
      pause,
    );
    return new AlbumSearch(dataset, { index: index.parts, prior, tracks });
  }

  /** The albums whose name, or artist and name, match this text; the most popular first among equals. */
  find(words: readonly string[], limit: number): { album: number; match: number }[] {
    const { albums, artists } = this.dataset;
    const { prior } = this.parts;
    const grams = trigramsOf(words);
    const { items } = this.index.search(words, 40, true, prior);
    const found: { album: number; match: number; rank: number }[] = [];
    for (const album of items) {
      const name = searchWords(albums.names.get(album));
      const artist = albums.artist[album]! >= 0 ? searchWords(artists.names.get(albums.artist[album]!)) : [];
      const match = Math.max(dice(grams, trigramsOf(name)), dice(grams, trigramsOf([...artist, ...name])));
      if (match >= ALIKE && name.length > 0) found.push({ album, match, rank: match + prior[album]! });
    }
    return found.sort((a, b) => b.rank - a.rank || a.album - b.album).slice(0, limit);
  }

  /** The album's titled tracks, most popular first. */
  tracksOf(album: number, limit: number): Int32Array {
    const { ptr, idx } = this.parts.tracks;
    const start = ptr[album]!;
    return idx.subarray(start, Math.min(ptr[album + 1]!, start + limit));
  }
}

function tracksByAlbum({ tracks, albums }: Dataset, prior: Float32Array): Lists {
  const ptr = new Int32Array(albums.count + 1);
  const listed = (t: number): boolean => tracks.album[t]! >= 0 && !tracks.names.isEmpty(t);
  for (let t = 0; t < tracks.count; t++) if (listed(t)) ptr[tracks.album[t]! + 1]!++;
  for (let a = 0; a < albums.count; a++) ptr[a + 1]! += ptr[a]!;
  const next = ptr.slice(0, albums.count);
  const idx = new Int32Array(ptr[albums.count]!);
  for (let t = 0; t < tracks.count; t++) if (listed(t)) idx[next[tracks.album[t]!]!++] = t;
  for (let a = 0; a < albums.count; a++)
    idx.subarray(ptr[a]!, ptr[a + 1]!).sort((x, y) => prior[y]! - prior[x]! || x - y);
  return { ptr, idx };
}
