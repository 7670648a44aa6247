import { isUtf8 } from 'node:buffer';
import type { BatchColumns, CleanBatch } from '../dataset/batch-columns.ts';
import { addCounts, type Counts, cleanDuration, cleanFollowers, count } from '../dataset/cleaning.ts';
import { Growing, growingIds, growingInt32 } from '../dataset/growing.ts';
import { Interner } from '../dataset/interner.ts';
import { StringColumnBuilder } from '../dataset/strings.ts';
import { JsonBytes, Unexpected } from './json-bytes.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const KEY = {
  playlists: ascii('playlists'),
  name: ascii('name'),
  pid: ascii('pid'),
  modifiedAt: ascii('modified_at'),
  followers: ascii('num_followers'),
  tracks: ascii('tracks'),
};
/** The members of an entry, in the order of the data set. */
const ENTRY_KEYS = [
  'pos',
  'artist_name',
  'track_uri',
  'artist_uri',
  'track_name',
  'album_uri',
  'duration_ms',
  'album_name',
].map(ascii);

/**
 * Reads a slice of the Million Playlist Dataset straight into columns, to the same result as `encodeBatch` of its rows. An entry whose
 * track the slice named before costs the look-up of its URI and nothing else.
 * @returns null when the slice has anything unusual (bad rows, entries out of order, texts that are numbers, no JSON at all): then the
 * slower way through objects tells what it is
 */
export function scanSlice(bytes: Uint8Array): CleanBatch | null {
  if (!isUtf8(bytes)) return null;
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  try {
    return new SliceReader(new JsonBytes(bytes, marked ? 3 : 0)).read();
  } catch (error) {
    if (error instanceof Unexpected) return null;
    throw error;
  }
}

/** Where a text stands in the bytes; empty when there is none. */
class Place {
  from = 0;
  to = 0;
  escaped = false;

  get empty(): boolean {
    return this.from === this.to;
  }

  clear(): void {
    this.from = this.to = 0;
    this.escaped = false;
  }
}

class SliceReader {
  private readonly json: JsonBytes;
  private readonly tracks: TrackColumns;
  private readonly owners = new OwnerColumns();
  /** The entry that is being read. */
  private readonly uri = new Place();
  private readonly trackName = new Place();
  private readonly artistName = new Place();
  private readonly artistUri = new Place();
  private readonly albumName = new Place();
  private readonly albumUri = new Place();
  private duration = Number.NaN;
  private pos = Number.NaN;
  /** The playlist that is being read. */
  private readonly items = growingInt32();
  private title = '';
  private pid = Number.NaN;
  private followers = Number.NaN;
  private modifiedAt = Number.NaN;
  private hasTracks = false;
  private lastPos = Number.NEGATIVE_INFINITY;
  private allHavePos = true;
  private outOfOrder = false;

  constructor(json: JsonBytes) {
    this.json = json;
    // A slice of 33 MB holds some 34,000 distinct tracks.
    this.tracks = new TrackColumns(Math.max(128, json.bytes.length >> 10));
  }

  read(): CleanBatch {
    let found = false;
    this.json.object(() => {
      if (!this.json.is(KEY.playlists)) this.json.skip();
      else if (found) throw new Unexpected();
      else {
        found = true;
        this.json.array(this.playlist);
      }
    });
    this.json.end();
    if (!found) throw new Unexpected();
    const { columns, cleaning } = this.tracks.finish();
    const owners = this.owners.finish();
    addCounts(cleaning, owners.cleaning);
    const taken = {
      tracks: columns.tracks.album.length,
      artists: 0,
      owners: owners.columns.kind.length,
      entries: owners.columns.items.idx.length,
    };
    return { columns: { ...columns, owners: owners.columns }, cleaning, taken };
  }

  private readonly playlist = (): void => {
    this.title = '';
    this.pid = this.followers = this.modifiedAt = Number.NaN;
    this.hasTracks = this.outOfOrder = false;
    this.allHavePos = true;
    this.lastPos = Number.NEGATIVE_INFINITY;
    this.items.length = 0;
    this.json.object(this.playlistMember);
    if (!this.hasTracks || !Number.isInteger(this.pid) || (this.allHavePos && this.outOfOrder)) throw new Unexpected();
    this.owners.add(`mpd:${this.pid}`, this.title, this.followers, this.modifiedAt, this.items, this.tracks.count);
  };

  private readonly playlistMember = (): void => {
    const { json } = this;
    if (json.is(KEY.tracks)) {
      if (this.hasTracks) throw new Unexpected();
      this.hasTracks = true;
      json.array(this.entry);
    } else if (json.is(KEY.name)) {
      if (json.isText()) {
        json.text();
        this.title = json.value();
      } else this.nothing();
    } else if (json.is(KEY.pid)) this.pid = json.numberOrNaN();
    else if (json.is(KEY.followers)) this.followers = json.numberOrNaN();
    else if (json.is(KEY.modifiedAt)) this.modifiedAt = json.numberOrNaN();
    else json.skip();
  };

  private readonly entry = (): void => {
    this.uri.clear();
    this.trackName.clear();
    this.artistName.clear();
    this.artistUri.clear();
    this.albumName.clear();
    this.albumUri.clear();
    this.duration = this.pos = Number.NaN;
    this.json.record(ENTRY_KEYS, this.entryMembers);
    if (this.uri.empty || this.uri.escaped) throw new Unexpected();
    if (Number.isNaN(this.pos)) this.allHavePos = false;
    else if (this.pos < this.lastPos) this.outOfOrder = true;
    else this.lastPos = this.pos;
    const { tracks, json } = this;
    const before = tracks.count;
    const track = tracks.uris.add(json.bytes, this.uri.from, this.uri.to);
    if (track === before) {
      const artist = this.artistName.empty ? -1 : tracks.artist(json, this.artistName, this.artistUri);
      const album = this.albumName.empty ? -1 : tracks.album(json, this.albumName, this.albumUri, artist);
      tracks.add(json, this.trackName, artist, album, this.duration);
    }
    this.items.push(track);
  };

  /** What is read behind each of ENTRY_KEYS. */
  private readonly entryMembers = [
    (): void => {
      this.pos = this.json.numberOrNaN();
    },
    (): void => this.place(this.artistName),
    (): void => this.place(this.uri),
    (): void => this.place(this.artistUri),
    (): void => this.place(this.trackName),
    (): void => this.place(this.albumUri),
    (): void => {
      this.duration = this.json.numberOrNaN();
    },
    (): void => this.place(this.albumName),
  ];

  private place(place: Place): void {
    const { json } = this;
    place.clear();
    if (json.isText()) {
      json.text();
      place.from = json.from;
      place.to = json.to;
      place.escaped = json.escaped;
    } else this.nothing();
  }

  /** A null where a text is looked for; anything else is unusual. */
  private nothing(): void {
    if (this.json.peek() !== 0x6e) throw new Unexpected();
    this.json.skip();
  }
}

/** Distinct texts of one kind that have numbers of a common count. */
class Numbered {
  private readonly texts = new Interner();
  private readonly positions = growingInt32();

  /** The position of the text; `next` is given to one not seen before. */
  position(json: JsonBytes, place: Place, next: number): number {
    const before = this.texts.size;
    const text = place.escaped
      ? this.texts.addText(valueAt(json, place))
      : this.texts.add(json.bytes, place.from, place.to);
    if (text === before) this.positions.push(next);
    return this.positions.data[text]!;
  }
}

function valueAt(json: JsonBytes, { from, to, escaped }: Place): string {
  json.from = from;
  json.to = to;
  json.escaped = escaped;
  return json.value();
}

function pushText(column: StringColumnBuilder, json: JsonBytes, place: Place): void {
  if (place.escaped) column.push(valueAt(json, place));
  else column.pushRange(json.bytes, place.from, place.to);
}

class TrackColumns {
  readonly uris: Interner;
  private readonly name = new StringColumnBuilder();
  private readonly artistPtr = growingInt32();
  private readonly artistIdx = growingInt32();
  private readonly albumOf = growingIds();
  private readonly durationMs = growingIds();
  private readonly artistsByUri = new Numbered();
  private readonly artistsByName = new Numbered();
  private readonly artistUri = new StringColumnBuilder();
  private readonly artistName = new StringColumnBuilder();
  private readonly albumsByUri = new Numbered();
  private readonly albumsByName = new Map<string, number>();
  private readonly albumUri = new StringColumnBuilder();
  private readonly albumName = new StringColumnBuilder();
  private readonly cleaning: Counts = {};

  constructor(expected: number) {
    this.uris = new Interner(expected);
    this.artistPtr.push(0);
  }

  get count(): number {
    return this.uris.size;
  }

  artist(json: JsonBytes, name: Place, uri: Place): number {
    const next = this.artistName.length;
    const position = uri.empty
      ? this.artistsByName.position(json, name, next)
      : this.artistsByUri.position(json, uri, next);
    if (position === next) {
      pushText(this.artistUri, json, uri);
      pushText(this.artistName, json, name);
    }
    return position;
  }

  album(json: JsonBytes, name: Place, uri: Place, artist: number): number {
    const next = this.albumName.length;
    let position = next;
    if (!uri.empty) position = this.albumsByUri.position(json, uri, next);
    else {
      const key = `${artist}\u0000${valueAt(json, name)}`;
      position = this.albumsByName.get(key) ?? next;
      this.albumsByName.set(key, position);
    }
    if (position === next) {
      pushText(this.albumUri, json, uri);
      pushText(this.albumName, json, name);
    }
    return position;
  }

  /** The track whose URI was added last. */
  add(json: JsonBytes, name: Place, artist: number, album: number, duration: number): void {
    pushText(this.name, json, name);
    if (artist >= 0) this.artistIdx.push(artist);
    this.artistPtr.push(this.artistIdx.length);
    this.albumOf.push(album);
    this.durationMs.push(cleanDuration(Number.isNaN(duration) ? undefined : duration, this.cleaning));
  }

  finish(): { columns: Omit<BatchColumns, 'owners'>; cleaning: Counts } {
    const n = this.count;
    const none = { ptr: new Int32Array(n + 1), idx: new Int32Array(0) };
    return {
      columns: {
        tracks: {
          uri: this.uris.finish(),
          name: this.name.finish(),
          artists: { ptr: this.artistPtr.finish(), idx: this.artistIdx.finish() },
          album: this.albumOf.finish(),
          year: new Int16Array(n).fill(-1),
          popularity: new Int16Array(n).fill(-1),
          explicit: new Int8Array(n).fill(-1),
          durationMs: this.durationMs.finish(),
          features: new Float32Array(0),
          genres: none,
        },
        named: { uri: this.artistUri.finish(), name: this.artistName.finish() },
        albums: { uri: this.albumUri.finish(), name: this.albumName.finish() },
        genres: new StringColumnBuilder().finish(),
        artists: {
          named: new Int32Array(0),
          popularity: new Int16Array(0),
          followers: new Int32Array(0),
          genres: { ptr: new Int32Array(1), idx: new Int32Array(0) },
        },
      },
      cleaning: this.cleaning,
    };
  }
}

class OwnerColumns {
  private readonly id = new StringColumnBuilder();
  private readonly title = new StringColumnBuilder();
  private readonly followers = growingIds();
  private readonly modifiedAt = new Growing((n) => new Float64Array(n));
  private readonly ptr = growingInt32();
  private readonly idx = growingInt32();
  private readonly lastOwner = growingInt32();
  private playlists = 0;
  private readonly cleaning: Counts = {};
  private readonly followersCleaning: Counts = {};

  constructor() {
    this.ptr.push(0);
  }

  add(
    id: string,
    title: string,
    followers: number,
    modifiedAt: number,
    items: Growing<Int32Array>,
    tracks: number,
  ): void {
    this.lastOwner.extend(tracks);
    const mark = ++this.playlists;
    const start = this.idx.length;
    for (let i = 0; i < items.length; i++) {
      const track = items.data[i]!;
      if (this.lastOwner.data[track] === mark) continue;
      this.lastOwner.data[track] = mark;
      this.idx.push(track);
    }
    const kept = this.idx.length - start;
    count(this.cleaning, 'duplicate entries in a playlist, left out', items.length - kept);
    if (kept === 0) {
      count(this.cleaning, 'empty playlists, left out');
      return;
    }
    this.id.push(id);
    this.title.push(title);
    this.followers.push(cleanFollowers(Number.isNaN(followers) ? undefined : followers, this.followersCleaning));
    this.modifiedAt.push(modifiedAt);
    this.ptr.push(this.idx.length);
  }

  finish(): { columns: BatchColumns['owners']; cleaning: Counts } {
    addCounts(this.cleaning, this.followersCleaning);
    return {
      columns: {
        id: this.id.finish(),
        title: this.title.finish(),
        kind: new Uint8Array(this.followers.length),
        followers: this.followers.finish(),
        modifiedAt: this.modifiedAt.finish(),
        items: { ptr: this.ptr.finish(), idx: this.idx.finish() },
        weights: new Float32Array(0),
        times: new Float64Array(0),
      },
      cleaning: this.cleaning,
    };
  }
}
