import type { Token } from './tokens.ts';
import type { Span } from './years.ts';

const SLOWEST = 40;
const FASTEST = 240;
/** Tolerance of "120 bpm" to either side. */
const TOLERANCE = 4;

const beats = (word: string | undefined): number | null => {
  if (word === undefined || !/^\d{2,3}$/.test(word)) return null;
  const value = Number(word);
  return value >= SLOWEST && value <= FASTEST ? value : null;
};

/** "120 bpm", "120bpm", "120–140 bpm" starting at word `at`, in beats per minute; null when there is none. */
export function readTempo(tokens: readonly Token[], at: number): Span<{ from: number; to: number }> | null {
  const word = tokens[at]!.word;
  const glued = word.endsWith('bpm') ? beats(word.slice(0, -3)) : null;
  if (glued !== null) return { words: 1, value: { from: glued - TOLERANCE, to: glued + TOLERANCE } };
  const from = beats(word);
  if (from === null) return null;
  if (tokens[at + 1]?.word === 'bpm') return { words: 2, value: { from: from - TOLERANCE, to: from + TOLERANCE } };
  const joined = tokens[at + 1]?.word === 'to' ? 2 : 1;
  const last = tokens[at + joined]?.word;
  if (last?.endsWith('bpm') && last !== 'bpm') {
    const to = beats(last.slice(0, -3));
    return to !== null && to >= from ? { words: joined + 1, value: { from, to } } : null;
  }
  const to = beats(last);
  if (to === null || to < from || tokens[at + joined + 1]?.word !== 'bpm') return null;
  return { words: joined + 2, value: { from, to } };
}
