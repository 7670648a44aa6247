import { isUtf8 } from 'node:buffer';
import type { CleanBatch } from '../dataset/batch-columns.ts';
import { addCounts } from '../dataset/cleaning.ts';
import { growingInt32 } from '../dataset/growing.ts';
import { JsonBytes, Unexpected } from './json-bytes.ts';
import { OwnerColumns, Place, TrackColumns } from './mpd-slice-columns.ts';

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
