import type { Reading } from './format.ts';
import type { DislikeRow, PlayRow, SongName } from './rows.ts';

/** From here on a play counts, in milliseconds. */
export const COUNTS_FROM = 30_000;

export interface Heard {
  song: SongName;
  /** Seconds since 1970. */
  at: number;
  /** Milliseconds heard, −1 when unknown. */
  ms: number;
  skipped: boolean;
  /** File and entry, for the tally. */
  where: string;
}

/**
 * What a time of listening means: a play from 30 s (or to the end of a shorter song) on, a weak dislike when it was skipped before,
 * nothing when it merely stopped. Unknown lengths count. @returns null when it is left out, which is counted
 */
export function judge({ song, at, ms, skipped, where }: Heard, { plays, tally }: Reading): PlayRow | DislikeRow | null {
  if (Number.isNaN(at)) {
    tally.count('play without a valid time', where);
    return null;
  }
  if (plays.again(song, ms, at)) {
    tally.count('the same play twice', where);
    return null;
  }
  const whole = song.durationMs !== undefined && !skipped && ms >= 0.9 * song.durationMs;
  if (ms < 0 || ms >= COUNTS_FROM || whole) return { kind: 'play', song, at, ms, count: 1 };
  if (skipped) {
    tally.count('skipped within 30 s (kept as a weak dislike)', where);
    return { kind: 'dislike', song, how: 'skipped', at };
  }
  tally.count('heard for less than 30 s', where);
  return null;
}

/** A song's id within an export; undefined when it has none and is identified by its names. */
export const songId = (song: SongName): string | undefined => song.uri ?? song.mbid ?? song.isrc;

/** Identifies a song without an id within an export by its names. */
export const namesKey = (song: SongName): string =>
  `${song.artists.join('\u0001')}\u0000${song.title}\u0000${song.album ?? ''}`;
