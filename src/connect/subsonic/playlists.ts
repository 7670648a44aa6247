import { type Answer, recordOf, secondsOf, textIn } from '../answers.ts';
import type { ListToWrite, Page, WrittenList } from '../contract.ts';
import { missingSongs } from '../missing-songs.ts';
import type { NamedSong, RemoteItem } from '../records.ts';
import { CODES, listOf, SubsonicError, type SubsonicServer } from './protocol.ts';
import { songOf } from './songs.ts';

/** Songs a call of writing: within every server's limit for a form, and for an address. */
const CHUNK = { form: 2000, address: 150 } as const;

interface Cursor {
  /** When each list had last changed there, by id. */
  known: Record<string, string>;
  /** Lists that the unfinished reading has met. */
  met: string[];
}

/** The lists that are new or have changed, a page each. Smart lists change whenever they are looked at, and are read each time. */
export async function* readPlaylists(
  server: SubsonicServer,
  from: string | null,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  const { known, met } = from === null ? { known: {}, met: [] } : (JSON.parse(from) as Cursor);
  const lists = listOf((await server.call('getPlaylists', {}, signal)).playlists, 'playlist');
  const seen = new Set(met);
  const now: Record<string, string> = {};
  let done = 0;
  for (const list of lists) {
    const id = textIn(list.id);
    const changed = textIn(list.changed);
    const same = seen.has(id) || (changed !== '' && known[id] === changed);
    const items = same ? [] : await onePlaylist(server, list, signal);
    now[id] = changed;
    seen.add(id);
    done++;
    if (!same)
      yield {
        items,
        cursor: JSON.stringify({ known: { ...known, ...now }, met: [...seen] } satisfies Cursor),
        done,
        total: lists.length,
      };
  }
  yield {
    items: [],
    cursor: JSON.stringify({ known: now, met: [] } satisfies Cursor),
    done,
    total: lists.length,
    complete: true,
  };
}

async function onePlaylist(server: SubsonicServer, list: Answer, signal?: AbortSignal): Promise<RemoteItem[]> {
  const id = textIn(list.id);
  let whole: Answer | null;
  try {
    whole = recordOf((await server.call('getPlaylist', { id }, signal)).playlist);
  } catch (error) {
    // Deleted between the two calls.
    if (error instanceof SubsonicError && error.code === CODES.notFound) return [];
    throw error;
  }
  const songs = listOf(whole, 'entry').flatMap((entry) => songOf(entry) ?? []);
  return [
    {
      kind: 'playlist',
      playlist: {
        id,
        name: textIn(list.name) || textIn(whole?.name),
        ...(textIn(list.comment) !== '' && { comment: textIn(list.comment) }),
        ...(textIn(list.owner) !== '' && { owner: textIn(list.owner) }),
        ...(list.readonly === true && { readOnly: true }),
        changedAt: secondsOf(list.changed),
        songIds: songs.map((song) => song.id),
        songs: songs.map(
          (song): NamedSong => ({
            title: song.title,
            artist: song.artists.map((a) => a.name).join(', '),
            ...(song.album !== undefined && { album: song.album }),
            ...(song.durationMs !== undefined && { durationMs: song.durationMs }),
            ...(song.mbid !== undefined && { mbid: song.mbid }),
          }),
        ),
      },
    },
  ];
}

/**
 * Writes a list: replaces the one with its id, else makes it. A list is made under a name that tells it is ours and only named when it is
 * whole, so that a creation whose answer was lost is found again instead of being made twice.
 */
export async function writePlaylist(
  server: SubsonicServer,
  transport: 'form' | 'address',
  list: ListToWrite,
  signal?: AbortSignal,
): Promise<WrittenList> {
  const wanted = list.songs.flatMap(({ id }, position) => (id === undefined ? [] : [{ id, position }]));
  const working = `Segue: ${list.name} (unfinished)`;
  const id = (await existing(server, list.id, working, signal)) ?? null;
  let ids = wanted.map((w) => w.id);
  try {
    return await fill(server, transport, list, id, working, ids, signal);
  } catch (error) {
    // Some servers refuse the whole list for one song that they do not have any more.
    if (!(error instanceof SubsonicError && error.code === CODES.notFound)) throw error;
    ids = await present(server, ids, signal);
    return fill(
      server,
      transport,
      list,
      await existing(server, id ?? undefined, working, signal),
      working,
      ids,
      signal,
    );
  }
}

async function fill(
  server: SubsonicServer,
  transport: 'form' | 'address',
  list: ListToWrite,
  before: string | null,
  working: string,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<WrittenList> {
  const size = CHUNK[transport];
  const first = ids.slice(0, size);
  const target = before === null ? { name: working } : { playlistId: before };
  const created = await server.call('createPlaylist', { ...target, songId: first }, signal);
  // Before 1.14 the answer is empty: the list is looked up by its working name.
  const id =
    before ?? (textIn(recordOf(created.playlist)?.id) || ((await existing(server, undefined, working, signal)) ?? ''));
  list.made?.(id);
  for (let at = size; at < ids.length; at += size)
    await server.call('updatePlaylist', { playlistId: id, songIdToAdd: ids.slice(at, at + size) }, signal);
  await server.call('updatePlaylist', { playlistId: id, name: list.name, comment: list.comment }, signal);
  const there = listOf(recordOf((await server.call('getPlaylist', { id }, signal)).playlist), 'entry').map((e) =>
    textIn(e.id),
  );
  return { id, written: there.length, missing: missingSongs(list, there) };
}

async function existing(
  server: SubsonicServer,
  id: string | undefined,
  working: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const lists = listOf((await server.call('getPlaylists', {}, signal)).playlists, 'playlist');
  const found = lists.find((list) => textIn(list.id) === id) ?? lists.find((list) => textIn(list.name) === working);
  return found ? textIn(found.id) : null;
}

async function present(server: SubsonicServer, ids: readonly string[], signal?: AbortSignal): Promise<string[]> {
  const known: string[] = [];
  for (const id of ids) {
    try {
      await server.call('getSong', { id }, signal);
      known.push(id);
    } catch (error) {
      if (!(error instanceof SubsonicError && error.code === CODES.notFound)) throw error;
    }
  }
  return known;
}
