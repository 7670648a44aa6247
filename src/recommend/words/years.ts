import { DECADES } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** The meaning of some words starting at a position, and their number. */
export interface Span<T> {
  readonly words: number;
  readonly value: T;
}

export interface YearRange {
  readonly from?: number;
  readonly to?: number;
}

/** Two-digit decades from here on belong to the last century. */
const LAST_CENTURY = 30;
/** Parts of a decade. */
const PARTS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['early', [0, 4]],
  ['mid', [3, 7]],
  ['late', [5, 9]],
]);
const SINCE = new Set(['since', 'after']);
const UNTIL = new Set(['before', 'until', 'till', 'pre']);
const WITHIN = new Set(['from', 'between', 'of']);
const JOINS = new Set(['to', 'and', 'until', 'till', 'through']);

const yearOf = (word: string | undefined): number | null =>
  word !== undefined && /^(?:19|20)\d\d$/.test(word) ? Number(word) : null;

/** "90s", "1990s", "nineties" → 1990. */
function decadeOf(word: string | undefined): number | null {
  if (word === undefined) return null;
  const named = DECADES.get(word);
  if (named !== undefined) return named;
  const match = /^(19|20)?(\d)0s$/.exec(word);
  if (!match) return null;
  const tens = Number(match[2]) * 10;
  if (match[1] !== undefined) return Number(match[1]) * 100 + tens;
  return (tens >= LAST_CENTURY ? 1900 : 2000) + tens;
}

/** A year, a decade or part of one, or a range, starting at word `at`. */
function plainYears(tokens: readonly Token[], at: number): Span<{ from: number; to: number }> | null {
  const word = tokens[at]?.word;
  const next = tokens[at + 1]?.word;
  const part = word === undefined ? undefined : PARTS.get(word);
  if (part) {
    const decade = decadeOf(next);
    return decade === null ? null : { words: 2, value: { from: decade + part[0], to: decade + part[1] } };
  }
  const single = yearOf(word);
  const from = single ?? decadeOf(word);
  if (from === null) return null;
  const end = single ?? from + 9;
  const joined = next !== undefined && JOINS.has(next) ? 2 : 1;
  const other = tokens[at + joined]?.word;
  const decade = decadeOf(other);
  const last = yearOf(other) ?? (decade === null ? null : decade + 9);
  // "80s and 90s" is one span; so is "1999–2001", whose dash is not a word.
  if (last !== null && last > end && (joined === 2 || single !== null))
    return { words: joined + 1, value: { from, to: last } };
  return { words: 1, value: { from, to: end } };
}

/** A span of release years starting at word `at`: a year, a decade or part of one, a range, "since 2010", "before 1980"; null when there is none. */
export function readYears(tokens: readonly Token[], at: number): Span<YearRange> | null {
  const { word } = tokens[at]!;
  const since = SINCE.has(word);
  const until = UNTIL.has(word);
  if (!since && !until && !WITHIN.has(word)) return plainYears(tokens, at);
  const article = tokens[at + 1]?.word === 'the' ? 1 : 0;
  const found = plainYears(tokens, at + 1 + article);
  if (!found) return null;
  const { from, to } = found.value;
  const words = found.words + 1 + article;
  if (since) return { words, value: { from: word === 'after' ? to + 1 : from } };
  if (until) return { words, value: { to: word === 'before' || word === 'pre' ? from - 1 : to } };
  return { words, value: { from, to } };
}
