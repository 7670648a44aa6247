import { SCRIPTS } from './language.ts';

/** A letter or digit: what words consist of. */
export const LETTER = 1;
/** Of a script without spaces. */
export const UNSPACED = 2;
/** The first of the bits that say in which of `SCRIPTS` it is written. */
export const SCRIPT_SHIFT = 2;
const SEEN = 1 << 15;

const WORD = /[\p{L}\p{N}]/u;
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** What each character is, as far as it was asked: the patterns are tried once a character. */
const kinds = new Uint16Array(0x110000);

/** What a character is, as bits. @param codePoint half of a pair is no letter */
export function kindOf(codePoint: number): number {
  return kinds[codePoint] || look(codePoint);
}

function look(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  let kind = SEEN;
  if (WORD.test(character)) kind |= LETTER;
  if (WITHOUT_SPACES.test(character)) kind |= UNSPACED;
  for (const [s, [, letters]] of SCRIPTS.entries()) if (letters.test(character)) kind |= 1 << (SCRIPT_SHIFT + s);
  kinds[codePoint] = kind;
  return kind;
}
