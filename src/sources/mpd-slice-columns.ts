import type { BatchColumns } from '../dataset/batch-columns.ts';
import { addCounts, type Counts, cleanDuration, cleanFollowers, count } from '../dataset/cleaning.ts';
import { Growing, growingIds, growingInt32 } from '../dataset/growing.ts';
import { Interner } from '../dataset/interner.ts';
import { StringColumnBuilder } from '../dataset/strings.ts';
import type { JsonBytes } from './json-bytes.ts';

/** Where a text stands in the bytes; empty when there is none. */
export class Place {
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

/** Tracks, artists and albums of one slice, as columns that grow. */
export class TrackColumns {
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

/** Playlists of one slice, as columns that grow. */
export class OwnerColumns {
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
