import {
  BUCKETS_AT,
  LANGUAGE_AT,
  LANGUAGES,
  LYRICS_WIDTH,
  THEMES,
  THEMES_AT,
  WORD_BUCKETS,
  WORDS_AT,
} from '../../dataset/lyrics-measures.ts';
import { languageOf, saysNothing } from './language.ts';
import { themesOf } from './themes.ts';
import { wordsOf } from './words.ts';

/** A text of fewer words tells too little. */
export const LEAST_WORDS = 12;

/** What is kept of a song's text, in the order of `LYRICS_MEASURES`; null for a text of fewer than `LEAST_WORDS` words. */
export function measureLyrics(text: string): number[] | null {
  const words = wordsOf(text);
  if (words.length < LEAST_WORDS) return null;
  const language = languageOf(words);
  const row = new Array<number>(LYRICS_WIDTH).fill(0);
  row[LANGUAGE_AT] = language === null ? Number.NaN : LANGUAGES.indexOf(language);
  row[WORDS_AT] = words.length;
  for (const word of words) {
    if (saysNothing(word, language)) continue;
    for (const theme of themesOf(word)) row[THEMES_AT + THEMES.indexOf(theme)]! += 1 / words.length;
    row[BUCKETS_AT + bucketOf(word)]!++;
  }
  return row;
}

/** FNV-1a of the UTF-16 units, folded to a bucket. */
export function bucketOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return ((hash >>> 16) ^ hash) & (WORD_BUCKETS - 1);
}
