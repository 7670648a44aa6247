import type { Dataset, Lists } from '../../dataset/dataset.ts';
import { TrigramIndex, type TrigramParts } from './trigram-index.ts';
import { dice, nameTrigrams, searchWords, trigramsOf } from './trigrams.ts';

/** The index of artist names, each artist's popularity, and each artist's tracks. */
export interface ArtistSearchParts {
  readonly index: TrigramParts;
  readonly prior: Float32Array;
  readonly tracks: Lists;
}

/** Finds artists by name, tolerating typos; each artist's tracks are ordered by popularity. */
export class ArtistSearch {
  readonly parts: ArtistSearchParts;
  private readonly dataset: Dataset;
  private readonly index: TrigramIndex;

  constructor(dataset: Dataset, parts: ArtistSearchParts) {
    this.dataset = dataset;
    this.parts = parts;
    this.index = new TrigramIndex(parts.index);
  }

  /** @param trackPrior popularity of each track */
  static async build(dataset: Dataset, trackPrior: Float32Array, pause: () => Promise<void>): Promise<ArtistSearch> {
    const tracks = tracksByArtist(dataset, trackPrior);
    const count = dataset.artists.count;
    const prior = new Float32Array(count);
    let most = 0;
    for (let a = 0; a < count; a++) {
      for (let e = tracks.ptr[a]!; e < tracks.ptr[a + 1]!; e++) prior[a]! += trackPrior[tracks.idx[e]!]!;
      prior[a] = Math.log1p(prior[a]!);
      most = Math.max(most, prior[a]!);
    }
    // Small compared with any difference in the letters, but enough to rank the better-known of two namesakes first.
    if (most > 0) for (let a = 0; a < count; a++) prior[a]! *= 0.1 / most;
    const index = await TrigramIndex.build(count, (a, grams) => nameTrigrams(dataset.artists.names, a, grams), pause);
    return new ArtistSearch(dataset, { index: index.parts, prior, tracks });
  }

  /** Artists whose name is this text, begins with it (while typing), or differs by one or two letters; most popular first among equals. */
  find(words: readonly string[], limit: number, typing: boolean): { artist: number; match: number }[] {
    const { prior } = this.parts;
    const joined = words.join(' ');
    const grams = trigramsOf(words);
    const { items } = this.index.search(words, 40, typing, prior);
    const found: { artist: number; match: number; rank: number }[] = [];
    for (const artist of items) {
      const name = searchWords(this.dataset.artists.names.get(artist));
      const begins = typing && joined.length >= 3 && name.join(' ').startsWith(joined);
      const match = Math.max(dice(grams, trigramsOf(name)), begins ? 0.9 : 0);
      if (match >= 0.75) found.push({ artist, match, rank: match + prior[artist]! });
    }
    found.sort((a, b) => b.rank - a.rank || a.artist - b.artist);
    return found.slice(0, limit);
  }

  /** The artist's tracks, most popular first. */
  tracksOf(artist: number, limit: number): Int32Array {
    const { ptr, idx } = this.parts.tracks;
    const start = ptr[artist]!;
    return idx.subarray(start, Math.min(ptr[artist + 1]!, start + limit));
  }
}

/** The artists' tracks, each artist's by descending prior, then by number. */
export function tracksByArtist(dataset: Dataset, prior: Float32Array): Lists {
  const { ptr, idx } = dataset.tracks.artists;
  const { count } = dataset.artists;
  const outPtr = new Int32Array(count + 1);
  for (const artist of idx) outPtr[artist + 1]!++;
  for (let a = 0; a < count; a++) outPtr[a + 1]! += outPtr[a]!;
  const cursor = outPtr.slice(0, count);
  const outIdx = new Int32Array(idx.length);
  for (let t = 0; t < dataset.tracks.count; t++)
    for (let e = ptr[t]!; e < ptr[t + 1]!; e++) outIdx[cursor[idx[e]!]!++] = t;
  for (let a = 0; a < count; a++)
    outIdx.subarray(outPtr[a]!, outPtr[a + 1]!).sort((x, y) => prior[y]! - prior[x]! || x - y);
  return { ptr: outPtr, idx: outIdx };
}
