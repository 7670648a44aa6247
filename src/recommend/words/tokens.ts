import { searchWords } from '../search/trigrams.ts';
import { inEnglish } from './other-languages.ts';

/** A word of a text and its position. */
export interface Token {
  /** Lower case letters and digits without diacritics, apostrophes dropped, moods and occasions in English; a word with a hyphen is several. */
  readonly word: string;
  /** Characters [from, to) of the text. */
  readonly from: number;
  readonly to: number;
}

/** Most words to read; the rest is left to the title. */
const MOST_WORDS = 200;
const WRITTEN = /[\p{L}\p{M}\p{N}'’]+/gu;

/** Splits a text into words, in time proportional to its length. */
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

/** Removes the words of a set from a text. */
export function withoutWords(text: string, words: ReadonlySet<string>): string {
  return text.replace(WRITTEN, (written) => (words.has(searchWords(written).join('')) ? '' : written));
}
