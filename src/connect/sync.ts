import { SegueError, throwIfCancelled } from '../errors.ts';
import { playId } from '../listeners/keys.ts';
import { Pace } from '../listeners/pace.ts';
import type { ListenerRepository } from '../listeners/repository.ts';
import type { SongRef } from '../listeners/songs.ts';
import { turn, turnIsSpent } from '../turn/turn.ts';
import { type Connection, READABLE, type Readable } from './contract.ts';
import { matchSongs, matchThese, type SongMatcher, SURE } from './matching.ts';
import type { NamedSong, RemoteItem, RemoteSong } from './records.ts';
import type { HeldSongs } from './songs.ts';
import type { ConnectionRecord, ConnectionStore } from './store.ts';
import { storedList, storedSong } from './stored-refs.ts';
import { type SyncProgress, syncProgress } from './sync-progress.ts';

/** The part of a listener's store that a sync writes to. */
export type SyncTarget = Pick<ListenerRepository, 'plays' | 'opinions' | 'lists' | 'songs'>;

/** What a sync brought. */
export interface SyncReport {
  readonly songs: number;
  /** Of these, found in the catalogue. */
  readonly matched: number;
  /** Songs that went away there since the last sync. */
  readonly gone: number;
  readonly likes: number;
  readonly playlists: number;
  readonly plays: number;
}

export interface SyncParts {
  readonly record: ConnectionRecord;
  readonly connection: Connection;
  readonly store: ConnectionStore;
  readonly held: HeldSongs;
  readonly target: SyncTarget;
  readonly matcher: SongMatcher;
  readonly now: () => number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SyncProgress) => void;
}

/** Plays of one song this close together are one play that two ways brought. */
const SAME_PLAY_MS = 10 * 60_000;
/** Songs whose plays and ratings are stored at a time. */
const BATCH = 1000;
/** Songs that are stored between two rests. */
const TAKEN_IN = 100;
/** Ratings that say as much as a heart, and as its opposite; those between say neither. */
const LOVED = 4;
const DISLIKED = 1;

/**
 * Reads everything of a connection that is new, part by part. Each page is stored before its cursor, and storing twice changes nothing:
 * a sync that dies anywhere goes on after the last page.
 */
export async function syncConnection(parts: SyncParts): Promise<SyncReport> {
  const { record, connection, store, held } = parts;
  const counts = { likes: 0, playlists: 0, plays: 0, gone: 0 };
  const sync = new PartSync(parts, counts);
  for (const part of READABLE) {
    if (connection.abilities[part].able) await sync.read(part);
    if (part !== 'songs') continue;
    parts.onProgress?.(syncProgress('matching', 0, null));
    const { moved } = await matchSongs(store, held, record.id, parts.matcher);
    if (moved.length > 0)
      await parts.target.songs.settle(
        record.listener,
        moved.map(({ from, to, song }) => ({
          from,
          to: { song: to, title: song.title, artists: song.artists.map((a) => a.name), album: song.album ?? null },
        })),
      );
    await sync.keepPending();
  }
  await new Pace().rest();
  const after = held.count(record.id);
  await new Pace().rest();
  return { songs: after.songs, matched: after.matched, ...counts };
}

class PartSync {
  private readonly parts: SyncParts;
  private readonly counts: { likes: number; playlists: number; plays: number; gone: number };

  constructor(parts: SyncParts, counts: PartSync['counts']) {
    this.parts = parts;
    this.counts = counts;
  }

  async read(part: Readable): Promise<void> {
    const { record, connection, store, held, signal, onProgress } = this.parts;
    const before = store.progress(record.id, part);
    const pass = before === null ? 1 : before.complete ? before.pass + 1 : before.pass;
    for await (const page of connection.read(part, before?.cursor ?? null, signal)) {
      // Reading the page has taken a turn as long as storing it does.
      await turn();
      // Another process may have disconnected: what it deleted does not come back.
      store.get(record.id);
      const songs = page.items.flatMap((item) => (item.kind === 'song' ? [item.song] : []));
      if (part !== 'songs' && songs.length > 0) await this.matchNow(songs, pass);
      const items = await this.recognised(page.items.filter((item) => this.isNamed(item, pass)));
      await this.keep(items);
      if (part === 'songs') await this.takeIn(songs, pass);
      const complete = (page.complete ?? false) || (page.unchanged ?? false);
      store.together(
        () => {
          this.remember(items, pass);
          if (page.complete && part === 'songs') this.counts.gone += held.settle(record.id, pass);
          const { cursor, done, total } = page;
          store.keepProgress(record.id, part, { cursor, done, total, complete, pass });
        },
        // What is lost is read once more.
        { flush: complete },
      );
      if (page.complete && part === 'likes') await this.unlike(pass);
      onProgress?.(syncProgress(part, page.done, page.total));
      throwIfCancelled(signal, 'The sync');
    }
  }

  /** Stores the songs of a page before the cursor, so that songs met again after a stop are unchanged. */
  private async takeIn(songs: readonly RemoteSong[], pass: number): Promise<void> {
    const { record, store, held } = this.parts;
    for (let from = 0; from < songs.length; from += TAKEN_IN) {
      if (turnIsSpent()) await turn();
      // Another process may have disconnected in the meantime.
      store.get(record.id);
      store.together(() => held.add(record.id, songs.slice(from, from + TAKEN_IN), pass), { flush: false });
    }
    if (turnIsSpent()) await turn();
  }

  /** Matches songs that arrive together with plays or likes before these are stored under their names. */
  private async matchNow(songs: readonly RemoteSong[], pass: number): Promise<void> {
    const { record, store, held, matcher } = this.parts;
    await this.takeIn(songs, pass);
    const ids = new Set(songs.map(({ id }) => id));
    await matchThese(
      store,
      held,
      record.id,
      matcher,
      [...ids].flatMap((id) => held.get(record.id, id) ?? []),
    );
  }

  /** Plays, likes and lists of services that hold no songs name them: each name gets the catalogue id of the song, where the catalogue is sure. */
  private async recognised(items: readonly RemoteItem[]): Promise<readonly RemoteItem[]> {
    const { record, held, matcher } = this.parts;
    const open: NamedSong[] = [];
    const name = (song: NamedSong | undefined, songId?: string): NamedSong | undefined => {
      if (!song || song.uri !== undefined || (songId !== undefined && held.get(record.id, songId))) return song;
      const copy = { ...song };
      open.push(copy);
      return copy;
    };
    const copies = items.map((item): RemoteItem => {
      if (item.kind === 'play')
        return { ...item, play: { ...item.play, song: name(item.play.song, item.play.songId)! } };
      if (item.kind === 'like') return { ...item, song: name(item.song, item.songId) };
      if (item.kind !== 'playlist' || item.playlist.songIds.length > 0) return item;
      return { ...item, playlist: { ...item.playlist, songs: item.playlist.songs?.map((song) => name(song)!) } };
    });
    if (open.length === 0) return items;
    const matches = await matcher.match(open);
    open.forEach((song, i) => {
      const match = matches[i];
      if (match && match.confidence >= SURE) song.uri = match.uri;
    });
    return copies;
  }

  private refOf(songId: string | undefined, named?: NamedSong): SongRef {
    return storedSong(this.parts.record, this.parts.held, songId, named);
  }

  /** Whether the song of an item is known. A like of a song that the service no longer has adds nothing, but earlier likes of it stay. */
  private isNamed(item: RemoteItem, pass: number): boolean {
    const { record, store, held, connection } = this.parts;
    if (item.kind !== 'like' || item.song || connection.abilities.songs.able || held.get(record.id, item.songId))
      return true;
    store.run('UPDATE loved SET pass = ? WHERE connection = ? AND song = ?', pass, record.id, item.songId);
    return false;
  }

  /** Ratings and last plays come with the songs, whose catalogue ids are known only after matching: they wait in the store until then. */
  private remember(items: readonly RemoteItem[], pass: number): void {
    const { record, store } = this.parts;
    for (const item of items) {
      if (item.kind === 'like')
        store.run(
          'INSERT OR REPLACE INTO loved (connection, song, pass, ref, disliked) VALUES (?, ?, ?, ?, ?)',
          record.id,
          item.songId,
          pass,
          this.refOf(item.songId, item.song).song,
          item.liked ? 0 : 1,
        );
      if (item.kind === 'rating')
        store.run(
          `INSERT INTO rated (connection, song, rating, kept) VALUES (?, ?, ?, 0)
           ON CONFLICT (connection, song) DO UPDATE SET kept = CASE WHEN rating = excluded.rating THEN kept ELSE 0 END, rating = excluded.rating`,
          record.id,
          item.songId,
          item.rating,
        );
    }
  }

  /** Ratings that are new or have changed, as opinions of now: those seen before do not undo a later change of mind here. */
  async keepPending(): Promise<void> {
    const { record, store, target, now } = this.parts;
    const rows = store.statement('SELECT song, rating FROM rated WHERE connection = ? AND kept = 0').all(record.id);
    const pace = new Pace();
    for (let from = 0; from < rows.length; from += BATCH) {
      const opinions = rows.slice(from, from + BATCH).flatMap((row) => {
        const rating = Number(row.rating);
        const kind = rating >= LOVED ? ('like' as const) : rating <= DISLIKED ? ('dislike' as const) : null;
        return kind ? [{ ...this.refOf(String(row.song)), kind, at: now(), source: record.service }] : [];
      });
      if (opinions.length > 0) await target.opinions.set(record.listener, opinions);
      if (pace.due) await pace.rest();
    }
    store.run('UPDATE rated SET kept = 1 WHERE connection = ?', record.id);
    await this.keepLastPlays();
  }

  /** For services that only report when a song was last played, each such time is one play; over time, these become a history. */
  private async keepLastPlays(): Promise<void> {
    const { record, store, target } = this.parts;
    const page = store.statement(
      `SELECT id, played, ifnull(json_extract(facts, '$.lastPlayedAt'), 0) AS at FROM song
       WHERE connection = ? AND id > ? ORDER BY id LIMIT ?`,
    );
    const pace = new Pace();
    for (let last = '', more = true; more; ) {
      const rows = page.all(record.id, last, BATCH).map(({ id, at, played }) => {
        return { id: String(id), at: Number(at), played: Number(played) };
      });
      more = rows.length === BATCH;
      last = rows.at(-1)?.id ?? last;
      const changed = rows.filter(({ at, played }) => at !== played);
      const plays = changed.flatMap(({ id, at, played }) => {
        if (at <= played) return [];
        const play = { id: playId(`${record.id}:${id}`, at * 1000), at: at * 1000, source: record.service };
        return [{ ...this.refOf(id), ...play }];
      });
      if (plays.length > 0)
        this.counts.plays += (await target.plays.add(record.listener, plays, { sameWithinMs: SAME_PLAY_MS })).added;
      store.together(() => {
        for (const { id, at } of changed)
          store.run('UPDATE song SET played = ? WHERE connection = ? AND id = ?', at, record.id, id);
      });
      if (pace.due) await pace.rest();
    }
  }

  private async keep(items: readonly RemoteItem[]): Promise<void> {
    const { record, target, now, store, held } = this.parts;
    const { listener, service } = record;
    const likes = items.flatMap((item) =>
      item.kind === 'like' && (item.at !== undefined || !this.known(item))
        ? [
            {
              ...this.refOf(item.songId, item.song),
              kind: item.liked ? ('like' as const) : ('dislike' as const),
              at: item.at === undefined ? now() : item.at * 1000,
              source: service,
            },
          ]
        : [],
    );
    if (likes.length > 0) this.counts.likes += await target.opinions.set(listener, likes);
    const plays = items.flatMap((item) => {
      if (item.kind !== 'play') return [];
      const { id, at, songId, song, listenedMs } = item.play;
      return [
        {
          ...this.refOf(songId, song),
          id: playId(`${service}:${id}`, at * 1000),
          at: at * 1000,
          msPlayed: listenedMs ?? null,
          source: service,
        },
      ];
    });
    if (plays.length > 0)
      this.counts.plays += (await target.plays.add(listener, plays, { sameWithinMs: SAME_PLAY_MS })).added;
    for (const item of items) {
      if (item.kind !== 'playlist') continue;
      // A list of ours that was written there is no new list.
      if (store.isWritten(record.id, item.playlist.id)) continue;
      await target.lists.save(listener, storedList(record, held, item.playlist));
      this.counts.playlists++;
    }
  }

  /** A like without a time is as old as the first reading that met it: read again, it does not undo a change of mind here. */
  private known({ songId, liked }: { songId: string; liked: boolean }): boolean {
    const { record, store } = this.parts;
    const row = store.statement('SELECT disliked FROM loved WHERE connection = ? AND song = ?').get(record.id, songId);
    return row !== undefined && (row.disliked === 1) !== liked;
  }

  /** What is loved there no more. A song that the server lost takes no love with it: that is the server's loss, not a change of mind. */
  private async unlike(pass: number): Promise<void> {
    const { record, store, held, target } = this.parts;
    const rows = store.statement('SELECT song, ref FROM loved WHERE connection = ? AND pass < ?').all(record.id, pass);
    const lost = rows.flatMap((row) => {
      const id = String(row.song);
      const song = held.get(record.id, id);
      if (!song) return row.ref === null ? [] : [{ id, song: String(row.ref) }];
      return song.gone ? [] : [{ id, song: this.refOf(id).song }];
    });
    if (lost.length === 0) return;
    await target.opinions.clear(
      record.listener,
      lost.map(({ song }) => song),
    );
    for (const { id } of lost) store.run('DELETE FROM loved WHERE connection = ? AND song = ?', record.id, id);
  }
}

/** A failed sync in one sentence for the list of connections; defects are no sentence. */
export const problemOf = (error: unknown): string =>
  error instanceof SegueError ? error.message : 'Internal error during the sync.';
