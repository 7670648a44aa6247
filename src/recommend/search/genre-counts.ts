import type { Dataset } from '../../dataset/dataset.ts';
import { genreNumbers } from '../describe.ts';
import { dice, searchWords, trigramsOf } from './trigrams.ts';

/** Least similarity at which a misspelt genre is recognised. */
const ALIKE = 0.5;

/** Number of titled tracks per genre, counting the track's genres and its artists'. */
export class GenreCounts {
  private readonly list: { genre: string; tracks: number }[];
  /** For each genre in `list`, its words and their trigrams; created by the first search. */
  private written: { name: string; grams: number[] }[] | null = null;

  constructor(dataset: Dataset) {
    const counts = new Int32Array(dataset.genres.size);
    for (let t = 0; t < dataset.tracks.count; t++)
      if (!dataset.tracks.names.isEmpty(t)) for (const genre of genreNumbers(dataset, t)) counts[genre]!++;
    this.list = Array.from(counts, (tracks, g) => ({ genre: dataset.genres.id(g), tracks }))
      .filter(({ tracks }) => tracks > 0)
      .sort((a, b) => b.tracks - a.tracks || (a.genre < b.genre ? -1 : 1));
  }

  /** Genres that begin with the text, then those with a word that does, then those with a similar spelling; most common first in each group. */
  find(text: string, limit: number): { genre: string; tracks: number }[] {
    const words = searchWords(text.slice(0, 200));
    if (words.length === 0) return this.list.slice(0, limit);
    const joined = words.join(' ');
    const grams = trigramsOf(words);
    const tiers: { genre: string; tracks: number }[][] = [[], [], []];
    this.written ??= this.list.map(({ genre }) => {
      const own = searchWords(genre);
      return { name: own.join(' '), grams: trigramsOf(own) };
    });
    for (const [g, entry] of this.list.entries()) {
      const { name, grams: own } = this.written[g]!;
      if (name.startsWith(joined)) tiers[0]!.push(entry);
      else if (` ${name}`.includes(` ${joined}`)) tiers[1]!.push(entry);
      else if (dice(grams, own) >= ALIKE) tiers[2]!.push(entry);
    }
    return tiers.flat().slice(0, limit);
  }
}
