import { SegueError } from '../../errors.ts';
import { textIn } from '../answers.ts';
import type { ListToWrite, WrittenList } from '../contract.ts';
import { missingSongs } from '../missing-songs.ts';
import { isAway } from '../network.ts';
import { playlistSongs, playlistsOf } from './read.ts';
import type { JellyfinServer } from './server.ts';

const ATTEMPTS = 3;
/**
 * Writes a list: replaces the one with its id, else makes it. It is made empty under a name that tells it is ours, and filled and named by one
 * replacement that may be repeated: a creation whose answer was lost is found again instead of being made twice.
 */
export async function writePlaylist(
  server: JellyfinServer,
  list: ListToWrite,
  signal?: AbortSignal,
): Promise<WrittenList> {
  const working = `Segue: ${list.name} (unfinished)`;
  const id = await existing(server, list.id, working, signal);
  const target = id ?? (await create(server, working, signal));
  list.made?.(target);
  const ids = list.songs.flatMap((song) => song.id ?? []);
  await server.call(`/Playlists/${encodeURIComponent(target)}`, 'The list', {
    method: 'POST',
    body: { Name: list.name, Ids: ids },
    repeatable: true,
    signal,
  });
  const there = (await playlistSongs(server, target, signal)).map((song) => song.id);
  const missing = missingSongs(list, there);
  return { id: target, written: list.songs.length - missing.length, missing };
}

async function existing(
  server: JellyfinServer,
  id: string | undefined,
  working: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const lists = await playlistsOf(server, signal);
  return (lists.find((list) => list.id === id) ?? lists.find((list) => list.name === working))?.id ?? null;
}

async function create(server: JellyfinServer, name: string, signal?: AbortSignal): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      const body = { Name: name, Ids: [], UserId: server.user, MediaType: 'Audio' };
      const id = textIn((await server.call('/Playlists', 'The list', { method: 'POST', body, signal })).Id);
      if (id !== '') return id;
    } catch (error) {
      if (!isAway(error) || attempt === ATTEMPTS) throw error;
    }
    const found = await existing(server, undefined, name, signal);
    if (found !== null) return found;
    if (attempt === ATTEMPTS)
      throw new SegueError('SERVICE_ANSWER', { got: `${server.origin} created a playlist without returning its id` });
  }
}
