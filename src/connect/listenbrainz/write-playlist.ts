import { SegueError } from '../../errors.ts';
import { textIn } from '../answers.ts';
import type { ListToWrite, WrittenList } from '../contract.ts';
import { isAway } from '../network.ts';
import { type ListenBrainzClient, mbidIn, PLAYLIST_EXTENSION, RECORDING } from './client.ts';
import { ownPlaylists, playlistTracks } from './read.ts';

/** Recordings that a request may add or remove. */
const CHUNK = 100;
const ATTEMPTS = 3;
const SITE = 'https://listenbrainz.org/playlist/';
/** Tells our lists from the person's own of the same name. */
const MARK = 'Made with Segue.';

const tracksOf = (mbids: readonly string[]) => mbids.map((mbid) => ({ identifier: [RECORDING + mbid] }));

/**
 * Writes a list: replaces the one with its id, else the one with its name and mark, and only then makes one. The new songs are appended
 * before the old ones go, so that the list is never empty; a change whose answer was lost is looked up, and what is left is done.
 * @param recordings MusicBrainz ids of the list's songs by their places; null for one that has none
 */
export async function writePlaylist(
  client: ListenBrainzClient,
  list: ListToWrite,
  recordings: readonly (string | null)[],
  signal?: AbortSignal,
): Promise<WrittenList> {
  const wanted = recordings.filter((mbid) => mbid !== null);
  const missing = recordings.flatMap((mbid, place) => (mbid === null ? [place] : []));
  const comment = [list.comment?.trim(), MARK].filter(Boolean).join(' ');
  for (let attempt = 1; ; attempt++) {
    try {
      const there = await present(client, list, signal);
      const id = there?.id ?? (await create(client, list.name, comment, wanted.slice(0, CHUNK), signal));
      if (there && (there.name !== list.name || there.comment !== comment))
        await client.post(`/1/playlist/edit/${id}`, { playlist: headOf(list.name, comment) }, signal);
      await replace(client, id, wanted, signal);
      return { id, written: wanted.length, missing, page: SITE + id };
    } catch (error) {
      if (!isAway(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

const headOf = (title: string, annotation: string) => ({
  title,
  annotation,
  extension: { [PLAYLIST_EXTENSION]: { public: false } },
});

async function create(
  client: ListenBrainzClient,
  title: string,
  comment: string,
  mbids: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  const made = await client.post(
    '/1/playlist/create',
    { playlist: { ...headOf(title, comment), track: tracksOf(mbids) } },
    signal,
  );
  const id = mbidIn(textIn(made.playlist_mbid));
  if (id === '')
    throw new SegueError('SERVICE_ANSWER', { got: 'ListenBrainz created a playlist without returning its id' });
  return id;
}

async function present(client: ListenBrainzClient, list: ListToWrite, signal?: AbortSignal) {
  let byName = null;
  for await (const there of ownPlaylists(client, signal)) {
    if (there.id === list.id) return there;
    if (there.name === list.name && there.comment.includes(MARK)) byName ??= there;
  }
  return byName;
}

async function replace(
  client: ListenBrainzClient,
  id: string,
  wanted: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const before = (await playlistTracks(client, id, signal)).map(({ mbid }) => mbid ?? '');
  const same = before.length <= wanted.length && before.every((mbid, i) => mbid === wanted[i]);
  for (let at = same ? before.length : 0; at < wanted.length; at += CHUNK)
    await client.post(
      `/1/playlist/${id}/item/add`,
      { playlist: { track: tracksOf(wanted.slice(at, at + CHUNK)) } },
      signal,
    );
  if (same) return;
  for (let left = before.length; left > 0; left -= CHUNK)
    await client.post(`/1/playlist/${id}/item/delete`, { index: 0, count: Math.min(left, CHUNK) }, signal);
}
