import type { PlayRows } from '../plays.ts';
import { checkTime } from './values.ts';

/** Plays that are stored between two breaths. Which of them are the same is told by batches, so both stores make them equally long. */
export const PLAYS_AT_ONCE = 500;

/** The plays of the batch that begins there. @throws SegueError OUT_OF_RANGE for a time that is none */
export function batchFrom(plays: PlayRows, from: number): number[] {
  const batch = Array.from({ length: Math.min(PLAYS_AT_ONCE, plays.length - from) }, (_, i) => from + i);
  for (const play of batch) checkTime(plays.at(play));
  return batch;
}

/**
 * Leaves out a play that comes so soon after another one of the same song in the same batch.
 * @param within milliseconds; 0 = none is left out
 * @returns the others: in the order given where that is the order of time, else by song and time
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
  /** When the last play of each song was that is not left out. */
  const last = new Map<number, number>();
  return batch.filter((play) => {
    const [number, time] = [song(play), at(play)];
    const before = last.get(number);
    if (before !== undefined && time - before <= within) return false;
    last.set(number, time);
    return true;
  });
}
