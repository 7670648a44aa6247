import { searchWords } from '../search/trigrams.ts';
import { inEnglish } from './other-languages.ts';

/** A word of a text and where it is written. */
export interface Token {
  /** Lower case letters and digits without diacritics, apostrophes dropped, moods and occasions in English; a word with a hyphen is several. */
  readonly word: string;
  /** Characters [from, to) of the text. */
  readonly from: number;
  readonly to: number;
}

/** Words that are read; what follows is left to the title. */
const MOST_WORDS = 200;
const WRITTEN = /[\p{L}\p{M}\p{N}'’]+/gu;

/** The words of a text. Takes time in proportion to its length. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: written, index } of text.matchAll(WRITTEN)) {
    const word = inEnglish(searchWords(written).join(''));
    if (word === '') continue;
    tokens.push({ word, from: index, to: index + written.length });
    if (tokens.length === MOST_WORDS) break;
  }
  return tokens;
}

/** A text without the words of a set. */
export function withoutWords(text: string, words: ReadonlySet<string>): string {
  return text.replace(WRITTEN, (written) => (words.has(searchWords(written).join('')) ? '' : written));
}
