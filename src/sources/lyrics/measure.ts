import {
  BUCKETS_AT,
  LANGUAGE_AT,
  LANGUAGES,
  LYRICS_WIDTH,
  THEMES_AT,
  WORDS_AT,
} from '../../dataset/lyrics-measures.ts';
import type { LyricsPool } from '../../dataset/lyrics-table.ts';
import { languageOf, SPOKEN } from './language.ts';
import { TextWords } from './words.ts';

/** Texts with fewer words are not measured. */
export const LEAST_WORDS = 12;

/** Measures one text after another. */
export class LyricsMeter {
  private readonly words = new TextWords();
  /** The numbers of the open text, and bit by bit which of them are not 0. */
  private readonly row = new Float64Array(LYRICS_WIDTH);
  private readonly touched = new Int32Array(Math.ceil(LYRICS_WIDTH / 32));

  /**
   * Adds what is kept of a song's text, in the order of `LYRICS_MEASURES`, as a row.
   * @returns false, without a row, for a text of fewer than `LEAST_WORDS` words
   */
  measure(text: string, into: LyricsPool): boolean {
    const { words } = this;
    words.read(text);
    if (words.length < LEAST_WORDS) return false;
    const language = languageOf(words.sample);
    this.add(LANGUAGE_AT, language === null ? Number.NaN : LANGUAGES.indexOf(language));
    this.add(WORDS_AT, words.length);
    const spoken = language === null ? -1 : SPOKEN.indexOf(language);
    const functionWord = spoken < 0 ? 0 : 1 << spoken;
    const share = 1 / words.length;
    for (let i = 0; i < words.length; i++) {
      const bucket = words.bucketAt(i);
      if (bucket < 0) continue;
      const known = words.knownAt(i);
      if (known) {
        if ((known.languages & functionWord) !== 0) continue;
        for (const theme of known.themes) this.add(THEMES_AT + theme, share);
      }
      this.add(BUCKETS_AT + bucket, 1);
    }
    this.close(into);
    return true;
  }

  private add(at: number, value: number): void {
    this.row[at]! += value;
    this.touched[at >> 5]! |= 1 << (at & 31);
  }

  private close(into: LyricsPool): void {
    const { row, touched } = this;
    for (let group = 0; group < touched.length; group++) {
      for (let bits = touched[group]!; bits !== 0; bits &= bits - 1) {
        const at = (group << 5) + 31 - Math.clz32(bits & -bits);
        into.push(at, row[at]!);
        row[at] = 0;
      }
      touched[group] = 0;
    }
    into.close();
  }
}
