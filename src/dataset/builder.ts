import type { Csr } from '../math/csr.ts';
import { AUDIO_FEATURES } from './audio-features.ts';
import { Dataset, type Lists, type Provenance } from './dataset.ts';
import { normaliseName } from './normalise.ts';
import type { ArtistRow, Batch, TrackRow } from './rows.ts';
import { linkSongs } from './songs.ts';
import { StringColumn } from './strings.ts';
import { Vocabulary } from './vocabulary.ts';

const FEATURES = AUDIO_FEATURES.length;

interface TrackDraft {
  uri: string;
  name: string;
  artists: number[];
  album: number;
  year: number;
  popularity: number;
  explicit: number;
  durationMs: number;
  genres: number[];
}

interface ArtistDraft {
  key: string;
  name: string;
  popularity: number;
  followers: number;
  genres: number[];
}

/**
 * Merges batches into one Dataset. Tracks are joined by URI, artists by URI, else by normalised name; where two sources
 * know the same thing the first one counts, so the order of `add` matters and nothing else does.
 * Numbers are given in order of first appearance.
 */
export class DatasetBuilder {
  private readonly tracks: TrackDraft[] = [];
  private readonly trackOf = new Map<string, number>();
  private features = new Float32Array(1024 * FEATURES).fill(Number.NaN);
  private readonly artists: ArtistDraft[] = [];
  private readonly artistOfUri = new Map<string, number>();
  private readonly artistOfName = new Map<string, number>();
  private readonly albums: { name: string; artist: number }[] = [];
  private readonly albumOf = new Map<string, number>();
  private readonly genres: string[] = [];
  private readonly genreOf = new Map<string, number>();
  private readonly ownerIds: string[] = [];
  private readonly ownerSeen = new Set<string>();
  private readonly titles: string[] = [];
  private readonly kind: number[] = [];
  private readonly followers: number[] = [];
  private readonly modifiedAt: number[] = [];
  private readonly ownerPtr: number[] = [0];
  private entries = new Int32Array(1 << 12);
  private weights: Float32Array | null = null;
  private times: Float64Array | null = null;
  private lastOwnerOfTrack = new Int32Array(0);
  private readonly cleaning: Record<string, number> = {};
  private readonly provenance: Provenance[] = [];

  add(batch: Batch): void {
    const numbers = new Int32Array(batch.tracks.length);
    for (let i = 0; i < numbers.length; i++) numbers[i] = this.addTrack(batch.tracks[i]!);
    for (const artist of batch.artists) this.addArtist(artist);
    for (const owner of batch.owners) this.addOwner(owner, numbers);
  }

  addProvenance(provenance: Provenance): void {
    this.provenance.push(provenance);
  }

  finish(): Dataset {
    const count = this.tracks.length;
    const tracks = this.tracks;
    const names = StringColumn.from(tracks.map((t) => t.name));
    const artists = lists(tracks.map((t) => t.artists));
    const durationMs = Int32Array.from(tracks, (t) => t.durationMs);
    const { song, linked } = linkSongs(names, artists, durationMs);
    if (linked > 0) this.cleaning['tracks linked as the same song'] = linked;
    const entries = this.ownerPtr.at(-1)!;
    const byOwner: Csr = {
      rows: this.ownerIds.length,
      columns: count,
      ptr: Int32Array.from(this.ownerPtr),
      idx: this.entries.slice(0, entries),
      values: this.weights ? this.weights.slice(0, entries) : null,
    };
    return new Dataset({
      tracks: {
        count,
        vocabulary: Vocabulary.from(tracks.map((t) => t.uri)),
        names,
        artists,
        album: Int32Array.from(tracks, (t) => t.album),
        year: Int16Array.from(tracks, (t) => t.year),
        popularity: Int16Array.from(tracks, (t) => t.popularity),
        explicit: Int8Array.from(tracks, (t) => t.explicit),
        durationMs,
        features: this.features.slice(0, count * FEATURES),
        genres: lists(tracks.map((t) => t.genres)),
        song,
      },
      artists: {
        count: this.artists.length,
        vocabulary: Vocabulary.from(this.artists.map((a) => a.key)),
        names: StringColumn.from(this.artists.map((a) => a.name)),
        popularity: Int16Array.from(this.artists, (a) => a.popularity),
        followers: Int32Array.from(this.artists, (a) => a.followers),
        genres: lists(this.artists.map((a) => a.genres)),
      },
      albums: {
        count: this.albums.length,
        names: StringColumn.from(this.albums.map((a) => a.name)),
        artist: Int32Array.from(this.albums, (a) => a.artist),
      },
      genres: Vocabulary.from(this.genres),
      owners: {
        count: this.ownerIds.length,
        vocabulary: Vocabulary.from(this.ownerIds),
        titles: StringColumn.from(this.titles),
        kind: Uint8Array.from(this.kind),
        followers: Int32Array.from(this.followers),
        modifiedAt: Float64Array.from(this.modifiedAt),
      },
      byOwner,
      times: this.times ? this.times.slice(0, entries) : null,
      provenance: this.provenance,
      cleaning: this.cleaning,
    });
  }

  private count(rule: string, by = 1): void {
    this.cleaning[rule] = (this.cleaning[rule] ?? 0) + by;
  }

  private addTrack(row: TrackRow): number {
    let number = this.trackOf.get(row.uri);
    if (number === undefined) {
      number = this.tracks.length;
      this.trackOf.set(row.uri, number);
      this.tracks.push({
        uri: row.uri,
        name: '',
        artists: [],
        album: -1,
        year: -1,
        popularity: -1,
        explicit: -1,
        durationMs: -1,
        genres: [],
      });
      if ((number + 1) * FEATURES > this.features.length) {
        const grown = new Float32Array(this.features.length * 2).fill(Number.NaN);
        grown.set(this.features);
        this.features = grown;
      }
    }
    const track = this.tracks[number]!;
    if (track.name === '' && row.name) track.name = row.name;
    if (track.artists.length === 0 && row.artists) track.artists = row.artists.map((a) => this.artist(a.name, a.uri));
    if (track.album < 0 && row.album) track.album = this.album(row.album, track.artists[0] ?? -1);
    if (track.year < 0 && row.year !== undefined) track.year = this.ranged(row.year, 1000, 2100, 'year out of range');
    if (track.popularity < 0 && row.popularity !== undefined)
      track.popularity = this.ranged(row.popularity, 0, 100, 'popularity out of range');
    if (track.explicit < 0 && row.explicit !== undefined) track.explicit = row.explicit ? 1 : 0;
    if (track.durationMs < 0 && row.durationMs !== undefined)
      track.durationMs = this.ranged(row.durationMs, 1, 2 ** 31 - 1, 'duration out of range');
    if (track.genres.length === 0 && row.genres) track.genres = this.genreNumbers(row.genres);
    if (row.features) this.addFeatures(number, row.features);
    return number;
  }

  private addFeatures(track: number, values: NonNullable<TrackRow['features']>): void {
    for (let f = 0; f < FEATURES; f++) {
      const { id, min, max } = AUDIO_FEATURES[f]!;
      const value = values[id];
      if (value === undefined || !Number.isNaN(this.features[track * FEATURES + f]!)) continue;
      if (value >= min && value <= max) this.features[track * FEATURES + f] = value;
      else this.count(Number.isNaN(value) ? `${id} missing` : `${id} out of range, kept as missing`);
    }
  }

  private addArtist(row: ArtistRow): void {
    const artist = this.artists[this.artist(row.name, row.uri)]!;
    if (artist.popularity < 0 && row.popularity !== undefined)
      artist.popularity = this.ranged(row.popularity, 0, 100, 'popularity out of range');
    if (artist.followers < 0 && row.followers !== undefined) artist.followers = row.followers;
    if (artist.genres.length === 0 && row.genres) artist.genres = this.genreNumbers(row.genres);
  }

  private addOwner(owner: Batch['owners'][number], numbers: Int32Array): void {
    if (this.ownerSeen.has(owner.id)) {
      this.count('owners seen before');
      return;
    }
    const number = this.ownerIds.length;
    const start = this.ownerPtr.at(-1)!;
    this.reserve(start + owner.items.length, owner);
    let at = start;
    for (let i = 0; i < owner.items.length; i++) {
      const track = numbers[owner.items[i]!]!;
      if (this.lastOwnerOfTrack[track] === number + 1) {
        this.count('duplicate entries in a playlist');
        continue;
      }
      this.lastOwnerOfTrack[track] = number + 1;
      this.entries[at] = track;
      if (this.weights) this.weights[at] = owner.weights ? owner.weights[i]! : 1;
      if (this.times) this.times[at] = owner.times ? owner.times[i]! : Number.NaN;
      at++;
    }
    if (at === start) {
      this.count('empty playlists');
      return;
    }
    this.ownerSeen.add(owner.id);
    this.ownerIds.push(owner.id);
    this.titles.push(owner.title ?? '');
    this.kind.push(owner.kind === 'person' ? 1 : 0);
    this.followers.push(owner.followers ?? -1);
    this.modifiedAt.push(owner.modifiedAt ?? Number.NaN);
    this.ownerPtr.push(at);
  }

  /** Makes room for the entries, and starts the weight and time columns when the first owner brings them. */
  private reserve(entries: number, owner: Batch['owners'][number]): void {
    if (entries > this.entries.length) {
      const capacity = Math.max(entries, this.entries.length * 2);
      this.entries = grow(this.entries, new Int32Array(capacity));
      if (this.weights) this.weights = grow(this.weights, new Float32Array(capacity).fill(1));
      if (this.times) this.times = grow(this.times, new Float64Array(capacity).fill(Number.NaN));
    }
    if (owner.weights && !this.weights) this.weights = new Float32Array(this.entries.length).fill(1);
    if (owner.times && !this.times) this.times = new Float64Array(this.entries.length).fill(Number.NaN);
    if (this.lastOwnerOfTrack.length < this.tracks.length) {
      this.lastOwnerOfTrack = grow(this.lastOwnerOfTrack, new Int32Array(this.tracks.length * 2));
    }
  }

  private artist(name: string, uri?: string): number {
    const key = normaliseName(name);
    if (uri) {
      const known = this.artistOfUri.get(uri);
      if (known !== undefined) return known;
      // A name seen before without a URI is this artist; with another URI it is a namesake.
      const namesake = this.artistOfName.get(key);
      if (namesake !== undefined && this.artists[namesake]!.key.startsWith('name:')) {
        this.artists[namesake]!.key = uri;
        this.artistOfUri.set(uri, namesake);
        return namesake;
      }
    } else {
      const known = this.artistOfName.get(key);
      if (known !== undefined) return known;
    }
    const number = this.artists.length;
    this.artists.push({ key: uri ?? `name:${key}`, name, popularity: -1, followers: -1, genres: [] });
    if (uri) this.artistOfUri.set(uri, number);
    if (!this.artistOfName.has(key)) this.artistOfName.set(key, number);
    return number;
  }

  private album(album: { uri?: string; name: string }, artist: number): number {
    const key = album.uri ?? `${artist}\u0000${normaliseName(album.name)}`;
    let number = this.albumOf.get(key);
    if (number === undefined) {
      number = this.albums.length;
      this.albumOf.set(key, number);
      this.albums.push({ name: album.name, artist });
    }
    return number;
  }

  private genreNumbers(names: readonly string[]): number[] {
    const numbers = new Set<number>();
    for (const raw of names) {
      const name = normaliseName(raw);
      if (name === '') continue;
      let number = this.genreOf.get(name);
      if (number === undefined) {
        number = this.genres.length;
        this.genreOf.set(name, number);
        this.genres.push(name);
      }
      numbers.add(number);
    }
    return [...numbers];
  }

  private ranged(value: number, min: number, max: number, rule: string): number {
    if (value >= min && value <= max) return Math.round(value);
    this.count(rule);
    return -1;
  }
}

function grow<T extends Int32Array | Float32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function lists(rows: readonly number[][]): Lists {
  const ptr = new Int32Array(rows.length + 1);
  for (let r = 0; r < rows.length; r++) ptr[r + 1] = ptr[r]! + rows[r]!.length;
  const idx = new Int32Array(ptr[rows.length]!);
  for (let r = 0; r < rows.length; r++) idx.set(rows[r]!, ptr[r]!);
  return { ptr, idx };
}
