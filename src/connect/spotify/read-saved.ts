import { numberOf, recordOf, recordsIn, textIn, timeOf } from '../answers.ts';
import type { Page } from '../contract.ts';
import type { RemoteItem } from '../records.ts';
import type { SpotifyClient } from './client.ts';
import { entryTrack, namedTrack } from './tracks.ts';

export const PAGE = 50;

interface Cursor {
  /** Where an unfinished reading continues; null if it was completed. */
  offset: number | null;
  /** Songs there were when the last page was read. */
  total: number;
  /** When the newest song of this reading, and of the last one that ended, was saved: milliseconds since 1970. */
  newest: number;
  before: number;
  /** Songs that are new in this reading. */
  fresh: number;
  /** Songs there were at the end of the last reading. */
  totalBefore: number;
  /** Entries that came without their song, as known after this reading and after the last one. */
  holes: number;
  holesBefore: number;
}

const START: Cursor = { offset: 0, total: 0, newest: 0, before: 0, fresh: 0, totalBefore: 0, holes: 0, holesBefore: 0 };

/**
 * Saved tracks, the latest saved first. A second reading ends at the first song that the last one knew, unless songs were taken off or
 * came as null that had not before: then it goes through to the end. While there are such entries nothing counts as taken off, for it may be one of them.
 */
export async function* readSaved(
  client: SpotifyClient,
  from: string | null,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  let at: Cursor = { ...START, ...(from === null ? {} : (JSON.parse(from) as Partial<Cursor>)) };
  if (at.offset === null) {
    const { holes, holesBefore, newest, total } = at;
    // Nulls that had not been there may have been a passing fault: without a known song, nothing ends the reading before its end.
    const through = holes > holesBefore;
    at = { ...at, offset: 0, before: through ? 0 : newest, totalBefore: total, fresh: 0, holes: 0, holesBefore: holes };
  }
  let offset = at.offset ?? 0;
  let first = offset === 0;
  for (;;) {
    const answer = await client.get('/me/tracks', { limit: PAGE, offset }, signal);
    const entries = recordsIn(answer.items);
    const length = Array.isArray(answer.items) ? answer.items.length : 0;
    const total = numberOf(answer.total) ?? offset + length;
    if (!first && total < at.total) {
      // Songs before this page were taken off and later ones moved up: the page is read again from where they are now.
      const shift = at.total - total;
      at = { ...at, total };
      offset = Math.max(0, offset - shift);
      first = offset === 0;
      continue;
    }
    const items: RemoteItem[] = [];
    let known = false;
    for (const entry of entries) {
      const savedAt = timeOf(entry.added_at);
      if (savedAt !== undefined && savedAt > at.newest) at = { ...at, newest: savedAt };
      if (at.before > 0 && savedAt !== undefined && savedAt <= at.before) known = true;
      else at = { ...at, fresh: at.fresh + 1 };
      if (!recordOf(entry.item) && !recordOf(entry.track)) at = { ...at, holes: at.holes + 1 };
      const song = entryTrack(entry);
      if (!song) continue;
      items.push({ kind: 'song', song });
      const seconds = savedAt === undefined ? {} : { at: Math.floor(savedAt / 1000) };
      items.push({ kind: 'like', songId: song.id, song: namedTrack(song), liked: true, ...seconds });
    }
    offset += length;
    at = { ...at, total };
    const unchanged = known && total === at.totalBefore + at.fresh;
    const end = length === 0 || offset >= total || (textIn(answer.next) === '' && length < PAGE);
    at = { ...at, offset: unchanged || end ? null : offset };
    // Entries after those read are still there.
    if (unchanged) at = { ...at, holes: Math.max(at.holes, at.holesBefore) };
    const page = { items, cursor: JSON.stringify(at), done: unchanged ? total : Math.min(offset, total), total };
    if (unchanged) yield { ...page, unchanged };
    else if (end) yield { ...page, ...(at.holes > 0 ? { unchanged: true } : { complete: true }) };
    else yield page;
    if (unchanged || end) return;
    first = false;
  }
}
