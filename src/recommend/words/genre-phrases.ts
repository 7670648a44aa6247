import type { GenreCounts } from '../search/genre-counts.ts';
import { searchWords } from '../search/trigrams.ts';
import { FILLERS, MOOD_BOUNDS } from './lexicon.ts';
import type { Token } from './tokens.ts';
import type { Span } from './years.ts';

/** Most words in a genre. */
const LONGEST = 4;
/** An ending shared by at least this many genres names them all, whether or not there is a genre with exactly that name. */
const FAMILY = 3;
/** Spellings that do not become equal by joining words. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['rnb', 'rb'],
  ['dnb', 'drumandbass'],
]);

/** Looks up genres as named in a text: "rock" is every genre that ends in it, however its words are joined. */
export class GenrePhrases {
  private readonly genres = new Map<string, string[]>();

  constructor(counts: GenreCounts) {
    const whole = new Set<string>();
    for (const { genre } of counts.find('', Number.POSITIVE_INFINITY)) {
      const words = searchWords(genre);
      whole.add(words.join(''));
      for (let at = 0; at < words.length; at++) {
        const ending = words.slice(at).join('');
        const same = this.genres.get(ending);
        if (same) same.push(genre);
        else this.genres.set(ending, [genre]);
      }
    }
    for (const [ending, genres] of this.genres) {
      const says = !FILLERS.has(ending) && !MOOD_BOUNDS.has(ending);
      if (!says || (!whole.has(ending) && genres.length < FAMILY)) this.genres.delete(ending);
    }
  }

  /** The genres named by the longest phrase that starts at word `at`; null when there is none. */
  read(tokens: readonly Token[], at: number): Span<readonly string[]> | null {
    for (let words = Math.min(LONGEST, tokens.length - at); words > 0; words--) {
      const phrase = tokens
        .slice(at, at + words)
        .map(({ word }) => word)
        .join('');
      const genres = this.genres.get(ALIASES.get(phrase) ?? phrase);
      if (genres) return { words, value: genres };
    }
    return null;
  }
}
