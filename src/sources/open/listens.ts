import { Growing, growingInt32 } from '../../dataset/growing.ts';
import { Interner } from '../../dataset/interner.ts';
import { type Batch, emptyBatch, type TrackRow } from '../../dataset/rows.ts';
import { type StringColumn, StringColumnBuilder } from '../../dataset/strings.ts';
import { rowsByGroup } from '../../math/csr.ts';
import { creditedArtists, mbidsOf, releaseUri } from '../music-ids.ts';

/** One play of an open data set. */
export interface Listen {
  readonly user: string;
  /** Seconds since 1970. */
  readonly at: number;
  readonly uri: string;
  readonly title: string;
  readonly artist: string;
  /** MBIDs of the artists, comma-separated; '' when unknown. */
  readonly artistMbids: string;
  readonly album: string;
  readonly releaseMbid: string;
}

export interface SessionRules {
  /** Seconds without a play after which a new session starts. */
  readonly gap: number;
  /** Sessions of fewer different songs are left out. */
  readonly least: number;
}

const ENTRIES_AT_ONCE = 200_000;

/**
 * Plays of one file in columns: 12 bytes a play, and the text of each user and song once. Memory is that of the file's distinct songs, whatever the
 * order of its rows.
 */
export class ListenTable {
  private readonly users = new Interner();
  private readonly songs = new Interner();
  private readonly facts = {
    title: new StringColumnBuilder(),
    artist: new StringColumnBuilder(),
    artistMbids: new StringColumnBuilder(),
    album: new StringColumnBuilder(),
    releaseMbid: new StringColumnBuilder(),
  };
  private readonly user = growingInt32();
  private readonly song = growingInt32();
  private readonly at = new Growing((n) => new Uint32Array(n));

  get length(): number {
    return this.at.length;
  }

  add(listen: Listen): void {
    const before = this.songs.size;
    const song = this.songs.addText(listen.uri);
    if (song === before) {
      const { title, artist, artistMbids, album, releaseMbid } = this.facts;
      title.push(listen.title);
      artist.push(listen.artist);
      artistMbids.push(listen.artistMbids);
      album.push(listen.album);
      releaseMbid.push(listen.releaseMbid);
    }
    this.user.push(this.users.addText(listen.user));
    this.song.push(song);
    this.at.push(listen.at);
  }

  /** Sessions as playlists, by user and time; ids are `<prefix>:<user>:<first second>`. Sessions that are too short are counted. */
  *sessions(prefix: string, { gap, least }: SessionRules): Generator<Batch> {
    const writer = new BatchWriter(this.column());
    for (const { id, rows } of this.histories()) {
      for (let from = 0; from < rows.length; ) {
        let to = from + 1;
        while (to < rows.length && this.at.data[rows[to]!]! - this.at.data[rows[to - 1]!]! <= gap) to++;
        const session = rows.subarray(from, to);
        from = to;
        const { items, times } = this.firstPlays(session);
        if (items.length < least) writer.leaveOut('sessions of too few different songs');
        else {
          const first = times[0]!;
          writer.add({ id: `${prefix}:${id}:${first}`, kind: 'playlist', modifiedAt: times.at(-1)! }, items, times);
          if (writer.entries >= ENTRIES_AT_ONCE) yield writer.take();
        }
      }
    }
    yield writer.take();
  }

  /** Users as owners whose weights are counts of plays; ids are `<prefix>:<user>`. */
  *people(prefix: string): Generator<Batch> {
    const writer = new BatchWriter(this.column());
    for (const { id, rows } of this.histories()) {
      const { items, times, counts } = this.firstPlays(rows);
      writer.add({ id: `${prefix}:${id}`, kind: 'person', weights: counts }, items, times);
      if (writer.entries >= ENTRIES_AT_ONCE) yield writer.take();
    }
    yield writer.take();
  }

  /** Each user's rows by time, users in order of first appearance. */
  private *histories(): Generator<{ id: string; rows: Int32Array }> {
    const ids = this.users.finish();
    const { ptr, rows } = rowsByGroup(this.user.data.subarray(0, this.length), ids.length);
    const at = this.at.data;
    for (let u = 0; u < ids.length; u++) {
      const mine = rows.subarray(ptr[u]!, ptr[u + 1]!).sort((a, b) => at[a]! - at[b]! || a - b);
      yield { id: ids.get(u), rows: mine };
    }
  }

  /** Songs at their first play, and how often each was played. */
  private firstPlays(rows: Int32Array): { items: number[]; times: number[]; counts: number[] } {
    const place = new Map<number, number>();
    const times: number[] = [];
    const counts: number[] = [];
    for (const row of rows) {
      const song = this.song.data[row]!;
      const at = place.get(song);
      if (at !== undefined) counts[at]!++;
      else {
        place.set(song, times.length);
        times.push(this.at.data[row]!);
        counts.push(1);
      }
    }
    return { items: [...place.keys()], times, counts };
  }

  private column(): SongColumns {
    const { title, artist, artistMbids, album, releaseMbid } = this.facts;
    return {
      uri: this.songs.finish(),
      title: title.finish(),
      artist: artist.finish(),
      artistMbids: artistMbids.finish(),
      album: album.finish(),
      releaseMbid: releaseMbid.finish(),
    };
  }
}

type SongColumns = Readonly<Record<'uri' | 'title' | 'artist' | 'artistMbids' | 'album' | 'releaseMbid', StringColumn>>;

/** Owners over songs of the columns; a song's text is in each batch that needs it, once. */
class BatchWriter {
  entries = 0;
  private batch = emptyBatch();
  private readonly position = new Map<number, number>();
  private readonly songs: SongColumns;
  private leftOut: Record<string, number> = {};

  constructor(songs: SongColumns) {
    this.songs = songs;
  }

  add(
    owner: { id: string; kind: 'playlist' | 'person'; modifiedAt?: number; weights?: number[] },
    songs: readonly number[],
    times: number[],
  ): void {
    this.batch.owners.push({ ...owner, items: songs.map((song) => this.placeOf(song)), times });
    this.entries += songs.length;
  }

  leaveOut(rule: string): void {
    this.leftOut[rule] = (this.leftOut[rule] ?? 0) + 1;
  }

  take(): Batch {
    const batch = Object.keys(this.leftOut).length > 0 ? { ...this.batch, cleaning: this.leftOut } : this.batch;
    this.batch = emptyBatch();
    this.leftOut = {};
    this.position.clear();
    this.entries = 0;
    return batch;
  }

  private placeOf(song: number): number {
    let place = this.position.get(song);
    if (place === undefined) {
      place = this.batch.tracks.length;
      this.position.set(song, place);
      this.batch.tracks.push(this.row(song));
    }
    return place;
  }

  private row(song: number): TrackRow {
    const { uri, title, artist, artistMbids, album, releaseMbid } = this.songs;
    const release = releaseMbid.get(song);
    return {
      uri: uri.get(song),
      name: title.get(song),
      artists: creditedArtists(artist.get(song), mbidsOf(artistMbids.get(song))),
      ...(!album.isEmpty(song) && {
        album: { ...(release !== '' && { uri: releaseUri(release) }), name: album.get(song) },
      }),
    };
  }
}
