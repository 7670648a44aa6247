import {
  BUCKETS_AT,
  LANGUAGE_AT,
  LANGUAGES,
  LYRICS_WIDTH,
  THEMES_AT,
  WORDS_AT,
} from '../../dataset/lyrics-measures.ts';
import { languageOf, SPOKEN } from './language.ts';
import { TextWords } from './words.ts';

/** A text of fewer words tells too little. */
export const LEAST_WORDS = 12;

/** Measures one text after another. */
export class LyricsMeter {
  private readonly words = new TextWords();

  /** What is kept of a song's text, in the order of `LYRICS_MEASURES`; null for a text of fewer than `LEAST_WORDS` words. */
  measure(text: string): number[] | null {
    const { words } = this;
    words.read(text);
    if (words.length < LEAST_WORDS) return null;
    const language = languageOf(words.sample);
    const row = new Array<number>(LYRICS_WIDTH).fill(0);
    row[LANGUAGE_AT] = language === null ? Number.NaN : LANGUAGES.indexOf(language);
    row[WORDS_AT] = words.length;
    const spoken = language === null ? -1 : SPOKEN.indexOf(language);
    const functionWord = spoken < 0 ? 0 : 1 << spoken;
    const share = 1 / words.length;
    for (let i = 0; i < words.length; i++) {
      const bucket = words.bucketAt(i);
      const known = words.knownAt(i);
      if (bucket < 0 || (known && (known.languages & functionWord) !== 0)) continue;
      if (known) for (const theme of known.themes) row[THEMES_AT + theme]! += share;
      row[BUCKETS_AT + bucket]!++;
    }
    return row;
  }
}
