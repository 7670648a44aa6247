import { SegueError } from '../../errors.ts';
import { recordOf, textIn } from '../answers.ts';
import type { ListToWrite, WrittenList } from '../contract.ts';
import { isAway } from '../network.ts';
import { allPlaylists, type PlaylistParts } from './read-playlists.ts';

/** URIs that a call takes. */
const CHUNK = 100;
const ATTEMPTS = 3;
/** Links back, which Spotify asks for wherever its data is shown. */
const SITE = 'https://open.spotify.com';
/** Tells our lists from the person's own of the same name. */
const MARK = 'Made with Segue.';

/**
 * Writes a list: replaces the one that was written before, looked for by id, then by name and mark, before one is made. The first call
 * replaces the content and may be repeated; when a later call gets no answer, the whole list is written again.
 */
export async function writePlaylist(
  parts: PlaylistParts,
  list: ListToWrite,
  uriOf: (position: number) => Promise<string | null>,
  signal?: AbortSignal,
): Promise<WrittenList> {
  const uris: string[] = [];
  const missing: number[] = [];
  for (let position = 0; position < list.songs.length; position++) {
    const uri = await uriOf(position);
    if (uri === null) missing.push(position);
    else uris.push(uri);
  }
  const id = (await present(parts, list, signal)) ?? (await create(parts, list, signal));
  for (let attempt = 1; ; attempt++) {
    try {
      await fill(parts, id, uris, signal);
      const part = `playlist/${encodeURIComponent(id)}`;
      return { id, written: uris.length, missing, page: `${SITE}/${part}`, frame: `${SITE}/embed/${part}` };
    } catch (error) {
      if (!isAway(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function fill({ client, learned }: PlaylistParts, id: string, uris: readonly string[], signal?: AbortSignal) {
  const path = (older: boolean): string => `/playlists/${encodeURIComponent(id)}/${older ? 'tracks' : 'items'}`;
  await learned.eitherAge('items', (older) => client.call('PUT', path(older), { uris: uris.slice(0, CHUNK) }, signal));
  for (let at = CHUNK; at < uris.length; at += CHUNK)
    await learned.eitherAge('items', (older) =>
      client.call('POST', path(older), { uris: uris.slice(at, at + CHUNK) }, signal),
    );
}

/** The list that is to be replaced. A list that was deleted on Spotify is only unfollowed: it is looked for among those that are followed. */
async function present({ client, me }: PlaylistParts, list: ListToWrite, signal?: AbortSignal): Promise<string | null> {
  let byName: string | null = null;
  for await (const there of allPlaylists(client, signal)) {
    const id = textIn(there.id);
    if (id === list.id) return id;
    const ours = textIn(recordOf(there.owner)?.id) === me && textIn(there.description).includes(MARK);
    if (ours && textIn(there.name) === list.name) byName ??= id;
  }
  return byName;
}

/** A creation without an answer may have happened: it is looked for before it is tried again. */
async function create(parts: PlaylistParts, list: ListToWrite, signal?: AbortSignal): Promise<string> {
  const { client, learned, me } = parts;
  const description = [list.comment?.replace(/\s+/g, ' ').slice(0, 250), MARK].filter(Boolean).join(' ');
  const body = { name: list.name, description, public: false };
  for (let attempt = 1; ; attempt++) {
    try {
      const made = await learned.eitherAge('create', (older) =>
        client.call('POST', older ? `/users/${encodeURIComponent(me)}/playlists` : '/me/playlists', body, signal),
      );
      const id = textIn(made.id);
      if (id !== '') return id;
    } catch (error) {
      if (!isAway(error) || attempt === ATTEMPTS) throw error;
    }
    const found = await present(parts, list, signal);
    if (found !== null) return found;
    if (attempt === ATTEMPTS)
      throw new SegueError('SERVICE_ANSWER', { got: 'Spotify created a playlist without returning its id' });
  }
}
