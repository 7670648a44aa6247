import { normaliseName } from '../../dataset/normalise.ts';
import type { StringColumn } from '../../dataset/strings.ts';

/** Words for searching: normalised letters and digits, split at everything else. "Don't Stop (Remix)" → ["dont", "stop", "remix"]. */
export function searchWords(text: string): string[] {
  const words = normaliseName(text)
    .replace(/'/g, '')
    .split(/[^\p{L}\p{N}]+/u);
  return words.filter((w) => w !== '');
}

/** Number of hash buckets; collisions among real trigrams are rare and cost only a little precision. */
export const BUCKETS = 1 << 18;

const bucket = (a: number, b: number, c: number): number => {
  let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) & (BUCKETS - 1);
};

const SPACE = 32;

/**
 * Adds the buckets of a word's trigrams, padded as "␣␣word␣" so that beginnings weigh more and one-letter words have trigrams.
 * An unfinished word (still being typed) has no trailing gap.
 */
export function wordTrigrams(word: string, finished: boolean, out: number[]): void {
  let a = SPACE;
  let b = SPACE;
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i);
    out.push(bucket(a, b, c));
    a = b;
    b = c;
  }
  if (finished) out.push(bucket(a, b, SPACE));
}

/** The distinct trigram buckets of some words. @param unfinished the last word is still being typed */
export const trigramsOf = (words: readonly string[], unfinished = false): number[] => [
  ...new Set(wordsTrigrams(words, unfinished)),
];

function wordsTrigrams(words: readonly string[], unfinished = false): number[] {
  const out: number[] = [];
  for (let i = 0; i < words.length; i++) wordTrigrams(words[i]!, !(unfinished && i === words.length - 1), out);
  return out;
}

/** ASCII letters and digits in lower case; 0 = a gap, −1 = skipped (an apostrophe). */
const ASCII = Int8Array.from({ length: 128 }, (_, c) => {
  const letter = String.fromCharCode(c).toLowerCase();
  return letter === "'" || letter === '`' ? -1 : /[a-z0-9]/.test(letter) ? letter.charCodeAt(0) : 0;
});

/**
 * The trigrams of `searchWords(text)` in order, including repeats; ASCII names are processed without creating words.
 * @param out receives the trigrams
 */
export function textTrigrams(text: string, out: number[] = []): number[] {
  const { read, written } = encoder.encodeInto(text, scratch);
  if (read !== text.length || !addAscii(scratch, 0, written, out)) addWords(text, out);
  return out;
}

/** As `textTrigrams`, for name i of a column, which is not decoded when it is ASCII. */
export function nameTrigrams(names: StringColumn, i: number, out: number[] = []): number[] {
  if (!addAscii(names.heap, names.offsets[i]!, names.offsets[i + 1]!, out)) addWords(names.get(i), out);
  return out;
}

const encoder = new TextEncoder();
const scratch = new Uint8Array(1 << 9);

function addWords(text: string, out: number[]): void {
  for (const word of searchWords(text)) wordTrigrams(word, true, out);
}

/** @returns false, with nothing added, when there are non-ASCII characters */
function addAscii(bytes: Uint8Array, from: number, to: number, out: number[]): boolean {
  const before = out.length;
  let a = SPACE;
  let b = SPACE;
  for (let i = from; i < to; i++) {
    const code = bytes[i]!;
    if (code > 127) {
      out.length = before;
      return false;
    }
    const c = ASCII[code]!;
    if (c < 0) continue;
    if (c > 0) {
      out.push(bucket(a, b, c));
      a = b;
      b = c;
    } else if (b !== SPACE) {
      out.push(bucket(a, b, SPACE));
      a = b = SPACE;
    }
  }
  if (b !== SPACE) out.push(bucket(a, b, SPACE));
  return true;
}

/** Dice's coefficient of two sets of trigrams: 2|A∩B| / (|A|+|B|), 0–1. */
export function dice(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const set = new Set(a);
  let shared = 0;
  for (const gram of b) if (set.has(gram)) shared++;
  return (2 * shared) / (a.length + b.length);
}
