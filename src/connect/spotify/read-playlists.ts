import { SegueError } from '../../errors.ts';
import { type Answer, numberOf, recordOf, recordsIn, textIn } from '../answers.ts';
import type { Page } from '../contract.ts';
import type { NamedSong, RemoteItem } from '../records.ts';
import type { SpotifyClient } from './client.ts';
import type { Learned } from './learned.ts';
import { PAGE } from './read-saved.ts';
import { SpotifyForbidden } from './refusals.ts';
import { entryTrack, namedTrack } from './tracks.ts';

interface Cursor {
  /** The state of each list when it was last read, by id. */
  known: Record<string, string>;
  /** A long list that is being read. */
  open?: { id: string; state: string; offset: number; songs: [string, NamedSong][] };
}

export interface PlaylistParts {
  readonly client: SpotifyClient;
  /** The account's own id. */
  readonly me: string;
  readonly learned: Learned;
}

const PERIODS = { short_term: 'last four weeks', medium_term: 'last six months', long_term: 'last few years' } as const;

/** All lists that the account follows or owns, as Spotify describes them. */
export async function* allPlaylists(client: SpotifyClient, signal?: AbortSignal): AsyncGenerator<Answer> {
  for (let offset = 0; ; ) {
    const answer = await client.get('/me/playlists', { limit: PAGE, offset }, signal);
    const length = Array.isArray(answer.items) ? answer.items.length : 0;
    yield* recordsIn(answer.items);
    offset += length;
    if (length === 0 || offset >= (numberOf(answer.total) ?? 0)) return;
  }
}

/** Lists of one's own that are new or have changed, and the top songs of three periods. */
export async function* readPlaylists(
  { client, me, learned }: PlaylistParts,
  from: string | null,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  let { known, open } = from === null ? ({ known: {} } as Cursor) : (JSON.parse(from) as Cursor);
  const lists: Answer[] = [];
  const ids = new Set<string>();
  for await (const list of allPlaylists(client, signal)) {
    const id = textIn(list.id);
    const own = textIn(recordOf(list.owner)?.id) === me || list.collaborative === true;
    if (id === '' || !own || ids.has(id)) continue;
    ids.add(id);
    lists.push(list);
  }
  const total = lists.length + Object.keys(PERIODS).length;
  let done = 0;
  for (const list of lists) {
    const id = textIn(list.id);
    const state = textIn(list.snapshot_id);
    done++;
    if (state !== '' && known[id] === state) continue;
    let at: NonNullable<Cursor['open']> =
      open?.id === id && open.state === state ? open : { id, state, offset: 0, songs: [] };
    for (let more = true; more; ) {
      const read = await entriesOf(client, learned, id, at.offset, signal);
      const songs = (read?.entries ?? []).flatMap((entry) => entryTrack(entry) ?? []);
      at = {
        ...at,
        offset: at.offset + (read?.length ?? 0),
        songs: [...at.songs, ...songs.map((song): [string, NamedSong] => [song.id, namedTrack(song)])],
      };
      more = read !== null && read.length > 0 && at.offset < read.total;
      const items: RemoteItem[] = songs.map((song) => ({ kind: 'song', song }));
      if (!more) {
        known = { ...known, [id]: state };
        open = undefined;
        if (read) items.push(playlistItem(id, textIn(list.name), textIn(list.description), at.songs));
      }
      const cursor: Cursor = more ? { known, open: at } : { known };
      yield { items, cursor: JSON.stringify(cursor), done: more ? done - 1 : done, total };
    }
  }
  known = Object.fromEntries(Object.entries(known).filter(([id]) => ids.has(id)));
  const items = await topSongs(client, learned, signal);
  yield { items, cursor: JSON.stringify({ known } satisfies Cursor), done: total, total, complete: true };
}

const playlistItem = (id: string, name: string, comment: string, songs: [string, NamedSong][]): RemoteItem => ({
  kind: 'playlist',
  playlist: {
    id,
    name,
    ...(comment !== '' && { comment }),
    songIds: songs.map(([song]) => song),
    songs: songs.map(([, named]) => named),
  },
});

/** A page of a list's entries; null for a list that is gone or not the person's to read. Older applications know them as `tracks`. */
async function entriesOf(
  client: SpotifyClient,
  learned: Learned,
  id: string,
  offset: number,
  signal?: AbortSignal,
): Promise<{ entries: Answer[]; length: number; total: number } | null> {
  const path = (older: boolean): string => `/playlists/${encodeURIComponent(id)}/${older ? 'tracks' : 'items'}`;
  const page = { limit: PAGE, offset };
  try {
    const answer = await learned.eitherAge('items', (older) => client.get(path(older), page, signal));
    const length = Array.isArray(answer.items) ? answer.items.length : 0;
    return { entries: recordsIn(answer.items), length, total: numberOf(answer.total) ?? offset + length };
  } catch (error) {
    if (error instanceof SpotifyForbidden && error.kind === 'not-yours') return null;
    if (error instanceof SegueError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

async function topSongs(client: SpotifyClient, learned: Learned, signal?: AbortSignal): Promise<RemoteItem[]> {
  const items: RemoteItem[] = [];
  for (const [period, words] of Object.entries(PERIODS)) {
    const answer = await learned.unlessRefused('top', () =>
      client.get('/me/top/tracks', { limit: PAGE, time_range: period }, signal),
    );
    const songs = recordsIn(answer?.items).flatMap((track) => entryTrack({ track }) ?? []);
    if (songs.length === 0) continue;
    items.push(...songs.map((song): RemoteItem => ({ kind: 'song', song })));
    const named = songs.map((song): [string, NamedSong] => [song.id, namedTrack(song)]);
    items.push(playlistItem(`top-${period}`, `Top songs of the ${words}`, '', named));
  }
  return items;
}
