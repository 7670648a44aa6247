import type { PlayRows } from '../plays.ts';
import { checkTime } from './values.ts';

/** Number of plays stored between two rests. Duplicates are recognised by batch, so both stores use batches of this size. */
export const PLAYS_AT_ONCE = 500;

/** The plays of the batch that starts there. @throws SegueError OUT_OF_RANGE for an invalid time */
export function batchFrom(plays: PlayRows, from: number): number[] {
  const batch = Array.from({ length: Math.min(PLAYS_AT_ONCE, plays.length - from) }, (_, i) => from + i);
  for (const play of batch) checkTime(plays.at(play));
  return batch;
}

/**
 * Leaves out a play that follows another one of the same song in the same batch within a span of time.
 * @param within that span in milliseconds; 0 leaves out none
 * @returns the others: in the given order if that is chronological, otherwise by song and time
 */
export function apart(
  batch: readonly number[],
  within: number,
  song: (play: number) => number,
  at: (play: number) => number,
): readonly number[] {
  if (within === 0) return batch;
  if (batch.every((play, i) => i === 0 || at(batch[i - 1]!) <= at(play))) return apartInOrder(batch, within, song, at);
  const inOrder = [...batch].sort((a, b) => song(a) - song(b) || at(a) - at(b));
  let last = -1;
  return inOrder.filter((play) => {
    const same = last >= 0 && song(play) === song(last) && at(play) - at(last) <= within;
    if (!same) last = play;
    return !same;
  });
}

function apartInOrder(
  batch: readonly number[],
  within: number,
  song: (play: number) => number,
  at: (play: number) => number,
): readonly number[] {
  /** Time of each song's latest play that was not left out. */
  const last = new Map<number, number>();
  return batch.filter((play) => {
    const [number, time] = [song(play), at(play)];
    const before = last.get(number);
    if (before !== undefined && time - before <= within) return false;
    last.set(number, time);
    return true;
  });
}
