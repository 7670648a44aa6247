import type { Dataset } from '../../dataset/dataset.ts';
import { StringColumn } from '../../dataset/strings.ts';
import { Vocabulary } from '../../dataset/vocabulary.ts';
import { type ArtistNames, artistNamesOf, wordsOf } from './artist-names.ts';

/** Longest names to look for, in words. */
const LONGEST = 6;

/** The artists and genres that a title names, each with the share of the title's words that name it, 0–1. */
export interface NamedInTitle {
  readonly artists: ReadonlyMap<number, number>;
  readonly genres: ReadonlyMap<number, number>;
}

export const NOTHING_NAMED: NamedInTitle = { artists: new Map(), genres: new Map() };

/**
 * Finds the artists and genres that a title names: "best of drake", "texas country". A single word counts as a name only if no more titles contain it
 * than the artist has entries: "rainy sunday" does not name the singer Sunday.
 */
export class TitleEntityIndex {
  private readonly names: Vocabulary;
  private readonly artistsOf: Pick<ArtistNames, 'ptr' | 'artists'>;
  private readonly genres = new Map<string, number>();
  private readonly entries: Float32Array;
  private readonly titlesWith: (word: string) => number;

  /**
   * @param entries per artist; artists without entries are left out
   * @param titlesWith how many titles contain a word
   */
  constructor(dataset: Dataset, entries: Float32Array, titlesWith: (word: string) => number) {
    this.entries = entries;
    this.titlesWith = titlesWith;
    const names = artistNamesOf(dataset, entries);
    this.names = new Vocabulary(new StringColumn(names.heap, names.offsets), names.table);
    this.artistsOf = names;
    for (let genre = 0; genre < dataset.genres.size; genre++)
      this.genres.set(wordsOf(dataset.genres.id(genre)).join(' '), genre);
  }

  find(title: string): NamedInTitle {
    const all = wordsOf(title);
    const artists = new Map<number, number>();
    const genres = new Map<number, number>();
    // Shorter names first, so that a longer name of the same artist or genre overrides them.
    for (let length = 1; length <= Math.min(LONGEST, all.length); length++)
      for (let from = 0; from + length <= all.length; from++) {
        const name = all.slice(from, from + length).join(' ');
        const share = length / all.length;
        const called = this.called(name);
        const written = length === 1 && called.length > 0 ? this.titlesWith(name) : 0;
        for (const artist of called) if (this.entries[artist]! >= written) artists.set(artist, share);
        const genre = this.genres.get(name);
        if (genre !== undefined) genres.set(genre, share);
      }
    return { artists, genres };
  }

  /** Artists with exactly this name. */
  private called(name: string): Int32Array {
    const number = this.names.indexOf(name);
    const { ptr, artists } = this.artistsOf;
    return number < 0 ? NOBODY : artists.subarray(ptr[number]!, ptr[number + 1]!);
  }
}

const NOBODY = new Int32Array(0);
