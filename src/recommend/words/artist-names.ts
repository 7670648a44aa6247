import { FILLERS } from './lexicon.ts';
import type { Token } from './tokens.ts';
import type { Span } from './years.ts';

/** Most words of a name to try. */
const LONGEST = 7;

export interface NamedArtist {
  /** As written in the text. */
  readonly name: string;
  readonly artists: readonly number[];
}

/** The artist with the longest name that starts at word `at`; null when there is none. @param named artist numbers of a name */
export function readArtist(
  text: string,
  tokens: readonly Token[],
  at: number,
  named: (name: string) => readonly number[],
): Span<NamedArtist> | null {
  for (let words = Math.min(LONGEST, tokens.length - at); words > 0; words--) {
    if (words === 1 && FILLERS.has(tokens[at]!.word)) continue;
    const last = tokens[at + words - 1]!;
    const name = text.slice(tokens[at]!.from, last.to);
    // Closing punctuation is not part of a word, but of some names: "Wham!".
    const marked = text.slice(tokens[at]!.from, last.to + 1);
    for (const spelling of [marked, name, `the ${name}`]) {
      const artists = named(spelling);
      if (artists.length > 0) return { words, value: { name, artists } };
    }
  }
  return null;
}
