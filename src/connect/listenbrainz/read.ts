import { numberOf, recordOf, recordsIn, textIn, timeOf } from '../answers.ts';
import type { Page } from '../contract.ts';
import { readInPieces } from '../read-in-pieces.ts';
import type { NamedSong, RemoteItem } from '../records.ts';
import { walkBack } from '../walk-back.ts';
import { type ListenBrainzClient, mbidIn, PLAYLIST_EXTENSION } from './client.ts';

/** Listens a request, as many as the service hands out. */
const LISTENS = 1000;
const FEEDBACK = 100;
const LISTS = 100;

/** The song of a listen or a feedback; null when it has no name. */
export function namedIn(metadata: unknown, mbid = ''): NamedSong | null {
  const track = recordOf(metadata);
  const more = recordOf(track?.additional_info);
  const title = textIn(track?.track_name).trim();
  if (title === '') return null;
  const album = textIn(track?.release_name);
  const recording = mbidIn(recordOf(track?.mbid_mapping)?.recording_mbid) || mbidIn(more?.recording_mbid) || mbid;
  const seconds = numberOf(more?.duration);
  const durationMs = numberOf(more?.duration_ms) ?? (seconds === undefined ? undefined : seconds * 1000);
  const isrc = textIn(more?.isrc);
  return {
    title,
    artist: textIn(track?.artist_name).trim(),
    ...(album !== '' && { album }),
    ...(recording !== '' && { mbid: recording }),
    ...(isrc !== '' && { isrc }),
    ...(durationMs !== undefined && durationMs > 0 && { durationMs }),
  };
}

/** Plays, newest first, back to the latest known one. */
export function readListens(
  client: ListenBrainzClient,
  from: string | null,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  return walkBack(async (before) => {
    const bound: Record<string, number> = before === null ? {} : { max_ts: before };
    const payload = recordOf((await client.get(client.mine('/listens'), { count: LISTENS, ...bound }, signal)).payload);
    const plays = recordsIn(payload?.listens).flatMap((listen) => {
      const at = numberOf(listen.listened_at) ?? 0;
      return at > 0 ? [{ at, item: playOf(listen, at) }] : [];
    });
    const first = numberOf(payload?.oldest_listen_ts);
    const last = first !== undefined && plays.some(({ at }) => at <= first);
    return { plays, last, total: null };
  }, from);
}

function playOf(listen: Readonly<Record<string, unknown>>, at: number): RemoteItem | null {
  const song = namedIn(listen.track_metadata);
  if (!song) return null;
  const id = textIn(listen.recording_msid) || `${song.artist} ${song.title}`;
  return { kind: 'play', play: { id, at, song } };
}

/** Loved and hated recordings. */
export function readFeedback(
  client: ListenBrainzClient,
  from: string | null,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  const path = `/1/feedback/user/${encodeURIComponent(client.user)}/get-feedback`;
  return readInPieces(async (offset) => {
    const answer = await client.get(path, { count: FEEDBACK, offset, metadata: 'true' }, signal);
    const entries = recordsIn(answer.feedback);
    return { items: entries.flatMap(opinionOf), count: entries.length, total: numberOf(answer.total_count) ?? 0 };
  }, from);
}

function opinionOf(entry: Readonly<Record<string, unknown>>): RemoteItem[] {
  const score = numberOf(entry.score);
  const mbid = mbidIn(entry.recording_mbid);
  const songId = mbid || textIn(entry.recording_msid);
  const song = namedIn(entry.track_metadata, mbid);
  if (songId === '' || (score !== 1 && score !== -1)) return [];
  const at = numberOf(entry.created);
  return [{ kind: 'like', songId, ...(song && { song }), liked: score === 1, ...(at !== undefined && { at }) }];
}

export interface ListSummary {
  readonly id: string;
  readonly name: string;
  readonly comment: string;
  readonly changed: string;
}

/** The person's own playlists without their songs. */
export async function* ownPlaylists(client: ListenBrainzClient, signal?: AbortSignal): AsyncGenerator<ListSummary> {
  for (let offset = 0; ; ) {
    const answer = await client.get(client.mine('/playlists'), { count: LISTS, offset }, signal);
    const lists = recordsIn(answer.playlists).map((entry) => recordOf(entry.playlist) ?? {});
    for (const list of lists) {
      const extension = recordOf(recordOf(list.extension)?.[PLAYLIST_EXTENSION]);
      const id = mbidIn(list.identifier);
      if (id !== '')
        yield {
          id,
          name: textIn(list.title),
          comment: textIn(list.annotation),
          changed: textIn(extension?.last_modified_at) || textIn(list.date),
        };
    }
    offset += lists.length;
    if (lists.length === 0 || offset >= (numberOf(answer.playlist_count) ?? 0)) return;
  }
}

/** Recording ids and names of a playlist, in order. */
export async function playlistTracks(
  client: ListenBrainzClient,
  id: string,
  signal?: AbortSignal,
): Promise<NamedSong[]> {
  const answer = await client.get(`/1/playlist/${id}`, {}, signal);
  return recordsIn(recordOf(answer.playlist)?.track).map((track) => ({
    title: textIn(track.title),
    artist: textIn(track.creator),
    ...(textIn(track.album) !== '' && { album: textIn(track.album) }),
    ...(mbidIn(track.identifier) !== '' && { mbid: mbidIn(track.identifier) }),
  }));
}

/** Playlists that are new or have changed, a page each. @param from JSON of when each known list had last changed */
export async function* readPlaylists(
  client: ListenBrainzClient,
  from: string | null,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  const known: Record<string, string> = from ? (JSON.parse(from) as Record<string, string>) : {};
  const lists: ListSummary[] = [];
  for await (const list of ownPlaylists(client, signal)) lists.push(list);
  let done = 0;
  for (const list of lists) {
    done++;
    if (list.changed !== '' && known[list.id] === list.changed) continue;
    const songs = (await playlistTracks(client, list.id, signal)).filter((song) => song.title !== '');
    known[list.id] = list.changed;
    const changedAt = timeOf(list.changed);
    const playlist = {
      id: list.id,
      name: list.name,
      ...(list.comment !== '' && { comment: list.comment }),
      ...(changedAt !== undefined && { changedAt: Math.floor(changedAt / 1000) }),
      songIds: [],
      songs,
    };
    yield { items: [{ kind: 'playlist', playlist }], cursor: JSON.stringify(known), done, total: lists.length };
  }
  const there = new Set(lists.map(({ id }) => id));
  const left = Object.fromEntries(Object.entries(known).filter(([id]) => there.has(id)));
  yield { items: [], cursor: JSON.stringify(left), done, total: lists.length, complete: true };
}
