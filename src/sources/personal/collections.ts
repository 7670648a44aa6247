import { basename } from 'node:path';
import { SegueError } from '../../errors.ts';
import type { LikeRow, PlaylistItem, PlaylistRow } from './rows.ts';

/** Names that services give to the list of liked songs. */
const LIKED =
  /^(?:liked(?: (?:songs|music|tracks|videos))?|my likes|favou?rites?(?: (?:songs|tracks))?|favou?rite (?:songs|tracks)|loved tracks|lieblingssongs|gefällt mir|titres likés|me gusta|músicas curtidas|brani che ti piacciono)$/i;

/** The name of a list from its file: without folder, ending and underscores. */
export const listName = (path: string): string =>
  basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.[a-z0-9]{2,5}$/i, '')
    .replace(/_+/g, ' ')
    .trim();

/** Whether the list is a service's "liked songs". */
export const isLikedList = (name: string): boolean => LIKED.test(name.trim());

/** Longer than any list of likes: before its name is known, a list of more songs is no longer kept in memory. */
const MOST_UNNAMED = 1_000_000;

/** Refuses a list that is too long already; one of likes may have any number. @param name empty while it is not known @throws SegueError OUT_OF_RANGE */
export function checkLength(name: string, songs: number, most = Number.POSITIVE_INFINITY): void {
  if (songs > (name === '' ? Math.max(most, MOST_UNNAMED) : most) && !isLikedList(name))
    throw new SegueError('OUT_OF_RANGE', {
      got: `${name === '' ? 'A list' : `The list "${name}"`} of more than ${most} songs`,
      expected: `at most ${most}`,
    });
}

/** A list as rows: likes if it is the list of liked songs, otherwise a playlist; none if it is empty. */
export function* listRows(
  name: string,
  items: readonly PlaylistItem[],
  { description = '', modifiedAt = Number.NaN } = {},
): Generator<LikeRow | PlaylistRow> {
  if (items.length === 0) return;
  if (isLikedList(name)) for (const { song, addedAt } of items) yield { kind: 'like', song, how: 'loved', at: addedAt };
  else yield { kind: 'playlist', name, description, modifiedAt, items };
}
