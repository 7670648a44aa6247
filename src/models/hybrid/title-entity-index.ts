import type { Dataset } from '../../dataset/dataset.ts';
import { normaliseName } from '../../dataset/normalise.ts';

const WORD = /[\p{L}\p{N}&']+/gu;
/** Longest names, in words, that are looked for. */
const LONGEST = 6;
/** One-word artists with shorter names match by chance. */
const SHORTEST = 3;

/** What a title names, each with the share of the title's words that name it, 0–1. */
export interface NamedInTitle {
  readonly artists: ReadonlyMap<number, number>;
  readonly genres: ReadonlyMap<number, number>;
}

export const NOTHING_NAMED: NamedInTitle = { artists: new Map(), genres: new Map() };

/**
 * Finds the artists and genres that a title names in so many words: "best of drake", "texas country". A single word that more titles contain than there
 * are entries of the artist is a word, not a name: "rainy sunday" does not name the singer Sunday.
 */
export class TitleEntityIndex {
  private readonly artists = new Map<string, number[]>();
  private readonly genres = new Map<string, number>();
  private readonly entries: Float32Array;
  private readonly titlesWith: (word: string) => number;

  /**
   * @param entries of each artist; those that nobody holds are left out
   * @param titlesWith how many titles contain a word
   */
  constructor(dataset: Dataset, entries: Float32Array, titlesWith: (word: string) => number) {
    this.entries = entries;
    this.titlesWith = titlesWith;
    for (let artist = 0; artist < entries.length; artist++) {
      if (entries[artist] === 0) continue;
      const name = words(dataset.artists.names.get(artist)).join(' ');
      if (name.length < SHORTEST) continue;
      const known = this.artists.get(name);
      if (known) known.push(artist);
      else this.artists.set(name, [artist]);
    }
    for (let genre = 0; genre < dataset.genres.size; genre++)
      this.genres.set(words(dataset.genres.id(genre)).join(' '), genre);
  }

  find(title: string): NamedInTitle {
    const all = words(title);
    const artists = new Map<number, number>();
    const genres = new Map<number, number>();
    // Shorter names first, so that a longer one that holds the same artist or genre has the last word.
    for (let length = 1; length <= Math.min(LONGEST, all.length); length++)
      for (let from = 0; from + length <= all.length; from++) {
        const name = all.slice(from, from + length).join(' ');
        const share = length / all.length;
        const written = length === 1 && this.artists.has(name) ? this.titlesWith(name) : 0;
        for (const artist of this.artists.get(name) ?? [])
          if (this.entries[artist]! >= written) artists.set(artist, share);
        const genre = this.genres.get(name);
        if (genre !== undefined) genres.set(genre, share);
      }
    return { artists, genres };
  }
}

const words = (text: string): string[] => normaliseName(text).match(WORD) ?? [];
