import { normaliseName } from '../../dataset/normalise.ts';

/** The words of a text, normalised, elided articles apart ("l'amour" is two). Scripts without spaces come in pairs of characters. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [run] of normaliseName(text).matchAll(/[\p{L}\p{N}]+/gu)) {
    if (!UNSPACED.test(run)) words.push(run);
    else {
      const characters = [...run];
      if (characters.length === 1) words.push(run);
      for (let i = 0; i + 1 < characters.length; i++) words.push(characters[i]! + characters[i + 1]!);
    }
  }
  return words;
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
