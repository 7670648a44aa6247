import { SegueError } from '../../errors.ts';
import type { Page, PageRequest } from '../page.ts';

const DEFAULT_LIMIT = 50;
const MOST = 1000;

/** Number of rows per page. @throws SegueError OUT_OF_RANGE */
export function pageLimit({ limit = DEFAULT_LIMIT }: PageRequest): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw new SegueError('OUT_OF_RANGE', { got: `A page of ${limit} rows`, expected: `1 to ${MOST}` });
  return limit;
}

/** A position in a sorted list: the last row's values of the sort columns. */
export type Cursor = readonly [number, number | string];

/** Reads `after`; null for the first page. @throws SegueError USAGE */
export function readCursor({ after }: PageRequest): Cursor | null {
  if (after === undefined || after === '') return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    if (Array.isArray(value) && value.length === 2 && Number.isSafeInteger(value[0]) && isKey(value[1]))
      return [value[0] as number, value[1]];
  } catch {
    // It was not made by `cursorOf`.
  }
  throw new SegueError('USAGE', {
    got: 'The cursor is not valid',
    expected: 'the `next` value of the previous page',
  });
}

const isKey = (value: unknown): value is number | string => Number.isSafeInteger(value) || typeof value === 'string';

/** Makes a page of rows, of which one more than its size was read. @param cursorOf a row's values of the sort columns */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  cursorOf: (row: R) => Cursor,
  show: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    items: shown.map(show),
    next: more ? Buffer.from(JSON.stringify(cursorOf(last))).toString('base64url') : null,
  };
}
