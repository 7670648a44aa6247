import { SegueError } from '../errors.ts';

/** Checks that every track number is in the catalogue. @throws SegueError FILE_UNREADABLE naming the first that is not */
export function checkTracks(tracks: ArrayLike<number>, count: number, what: string): void {
  for (let i = 0; i < tracks.length; i++)
    if (!(tracks[i]! >= 0 && tracks[i]! < count)) throw outside(tracks[i]!, count, what);
}

/** Maps each track to its row, −1 without one. @throws SegueError FILE_UNREADABLE when a track has two rows */
export function rowsByTrack(tracks: ArrayLike<number>, count: number, what: string): Int32Array {
  checkTracks(tracks, count, what);
  const rowOf = new Int32Array(count).fill(-1);
  for (let i = 0; i < tracks.length; i++) {
    if (rowOf[tracks[i]!] !== -1)
      throw new SegueError('FILE_UNREADABLE', {
        got: `${what} has track ${tracks[i]} twice`,
        expected: 'one row per track',
        remedy: 'Run the job again into an empty folder',
      });
    rowOf[tracks[i]!] = i;
  }
  return rowOf;
}

const outside = (track: number, count: number, what: string): SegueError =>
  new SegueError('FILE_UNREADABLE', {
    got: `${what} refers to track ${track}`,
    expected: `tracks 0 to ${count - 1}`,
    remedy: 'Export this library again and run the job on it',
  });
