import { SegueError } from '../errors.ts';
import { inputName } from './input.ts';

/** Limits that no table of interactions exceeds; one that does has other contents or columns. */
export interface InteractionBounds {
  /** Number of rows after which users who share no items count as proof of that. */
  readonly rows: number;
  /** Different items of one user: a song every three minutes, none of them twice, takes 23 years for the default. */
  readonly items: number;
}

export const INTERACTION_BOUNDS: InteractionBounds = { rows: 2_000_000, items: 4_000_000 };

/** Share of the rows that have a user, and an item, of their own from which on there is nothing to learn. */
const OWN = 0.95;
const REMEDY = 'Name the columns with --option user=… --option item=…, or leave the file out';
const counted = (count: number): string => count.toLocaleString('en');

/** What the rows of a file were found to be so far. */
export interface Found {
  readonly rows: number;
  /** Different ones. */
  readonly users: number;
  readonly items: number;
}

/** @throws SegueError FILE_UNREADABLE where nearly every row has a user and an item that no other row has, or the only user has too many items */
export function refuseUnlike(file: string, { rows, users, items }: Found, bounds: InteractionBounds): void {
  if (users === 1) refuseCrowd(file, items, bounds);
  if (rows < bounds.rows || Math.min(users, items) < OWN * rows) return;
  throw new SegueError('FILE_UNREADABLE', {
    got: `${inputName(file)} has ${counted(users)} users and ${counted(items)} items in its first ${counted(rows)} rows`,
    expected: 'users with several items, which others have too',
    remedy: REMEDY,
  });
}

/** @param items different ones of one user @throws SegueError FILE_UNREADABLE */
export function refuseCrowd(file: string, items: number, bounds: InteractionBounds): void {
  if (items <= bounds.items) return;
  throw new SegueError('FILE_UNREADABLE', {
    got: `${inputName(file)} has a user with more than ${counted(bounds.items)} items`,
    expected: 'the items of each person or playlist under an id of its own',
    remedy: REMEDY,
  });
}
