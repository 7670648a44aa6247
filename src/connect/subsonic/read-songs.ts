import { type Answer, numberOf, recordOf, textIn } from '../answers.ts';
import type { Page } from '../contract.ts';
import type { RemoteItem } from '../records.ts';
import { listOf, SubsonicError, type SubsonicServer } from './protocol.ts';
import { ratingOf, songOf } from './songs.ts';

/** Songs a call. Over 10,000 some servers cut the answer off silently. */
const PAGE = 500;
const ALBUMS = 500;
/** Number of restarts because the list moved; after these, the songs read so far count until the next sync. */
const MOST_RESTARTS = 3;

/** How all songs are listed: by an empty search (two spellings), or album by album. */
type Way = 'empty' | 'quotes' | 'albums';

interface Cursor {
  way: Way | null;
  offset: number;
  /** The last song of the page before: when it is not where it was, the list has moved. */
  last: string;
  restarts: number;
  /** The server's state at the start of the sync, as far as it reveals it. */
  state: string;
  complete: boolean;
}

const START: Omit<Cursor, 'state'> = { way: null, offset: 0, last: '', restarts: 0, complete: false };

/** Every song of the server; nothing when the server says that nothing has changed since the last complete reading. */
export async function* readSongs(
  server: SubsonicServer,
  from: string | null,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  const before = from === null ? null : (JSON.parse(from) as Cursor);
  const { state, total } = await scanState(server, signal);
  if (before?.complete && state !== '' && before.state === state) return;
  let cursor: Cursor = before && !before.complete ? before : { ...START, state };
  while (!cursor.complete) {
    const { items, next, done } = await readPage(server, cursor, signal);
    cursor = next;
    yield {
      items,
      cursor: JSON.stringify(cursor),
      done,
      total: cursor.complete ? done : total,
      complete: cursor.complete,
    };
  }
}

async function scanState(
  server: SubsonicServer,
  signal?: AbortSignal,
): Promise<{ state: string; total: number | null }> {
  try {
    const status = recordOf((await server.call('getScanStatus', {}, signal)).scanStatus);
    const lastScan = textIn(status?.lastScan);
    const count = numberOf(status?.count) ?? null;
    return { state: status?.scanning === true || lastScan === '' ? '' : `${lastScan} ${count}`, total: count };
  } catch (error) {
    if (error instanceof SubsonicError) return { state: '', total: null };
    throw error;
  }
}

interface Read {
  items: RemoteItem[];
  next: Cursor;
  done: number;
}

async function readPage(server: SubsonicServer, cursor: Cursor, signal?: AbortSignal): Promise<Read> {
  if (cursor.way === 'albums') return readAlbums(server, cursor, signal);
  if (cursor.way === null) {
    for (const way of ['empty', 'quotes'] as const) {
      const songs = await search(server, way, 0, PAGE, signal);
      if (songs.length > 0) return searched({ ...cursor, way }, songs, PAGE);
    }
    return readAlbums(server, { ...cursor, way: 'albums' }, signal);
  }
  // Requests the last song of the previous page again: a song deleted meanwhile shifts all later ones, and one would be skipped.
  const songs = await search(server, cursor.way, cursor.offset - 1, PAGE + 1, signal);
  const first = songs[0];
  if (cursor.restarts < MOST_RESTARTS && first !== undefined && textIn(first.id) !== cursor.last)
    return readPage(server, { ...START, state: cursor.state, way: null, restarts: cursor.restarts + 1 }, signal);
  return searched(cursor, songs.slice(1), PAGE);
}

async function search(
  server: SubsonicServer,
  way: Way,
  songOffset: number,
  songCount: number,
  signal?: AbortSignal,
): Promise<Answer[]> {
  const query = way === 'quotes' ? '""' : '';
  try {
    const answer = await server.call(
      'search3',
      { query, songCount, songOffset, albumCount: 0, artistCount: 0 },
      signal,
    );
    return listOf(answer.searchResult3, 'song');
  } catch (error) {
    // A server that wants a query says that one is missing: the other ways remain.
    if (error instanceof SubsonicError && songOffset === 0 && error.code !== 40 && error.code !== 44) return [];
    throw error;
  }
}

function searched(cursor: Cursor, songs: readonly Answer[], asked: number): Read {
  const offset = cursor.offset + songs.length;
  const last = songs.length > 0 ? textIn(songs.at(-1)!.id) : cursor.last;
  return { items: itemsOf(songs), next: { ...cursor, offset, last, complete: songs.length < asked }, done: offset };
}

async function readAlbums(server: SubsonicServer, cursor: Cursor, signal?: AbortSignal): Promise<Read> {
  const answer = await server.call(
    'getAlbumList2',
    { type: 'alphabeticalByName', size: ALBUMS, offset: cursor.offset },
    signal,
  );
  const albums = listOf(answer.albumList2, 'album');
  const items: RemoteItem[] = [];
  for (const album of albums) {
    try {
      items.push(...itemsOf(listOf((await server.call('getAlbum', { id: textIn(album.id) }, signal)).album, 'song')));
    } catch (error) {
      // An album that went away between the two calls.
      if (!(error instanceof SubsonicError && error.code === 70)) throw error;
    }
  }
  const offset = cursor.offset + albums.length;
  return { items, next: { ...cursor, offset, complete: albums.length < ALBUMS }, done: offset };
}

function itemsOf(children: readonly Answer[]): RemoteItem[] {
  return children.flatMap((child): RemoteItem[] => {
    const song = songOf(child);
    if (!song) return [];
    const rating = ratingOf(child);
    return rating === undefined
      ? [{ kind: 'song', song }]
      : [
          { kind: 'song', song },
          { kind: 'rating', songId: song.id, rating },
        ];
  });
}
