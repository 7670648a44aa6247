import { crc32 } from 'node:zlib';
import { type Csr, selectRows, transpose } from '../math/csr.ts';
import { AUDIO_FEATURES } from './audio-features.ts';
import type { LyricsTable } from './lyrics-table.ts';
import { type MeasureTable, type MeasureTables, mapTables } from './measure-tables.ts';
import type { Rejection } from './rows.ts';
import { StringColumn, StringColumnBuilder } from './strings.ts';
import { Vocabulary } from './vocabulary.ts';

/** Rows of small integers under each item, e.g. the artists of a track: item i has idx[ptr[i] … ptr[i+1]). */
export interface Lists {
  readonly ptr: Int32Array;
  readonly idx: Int32Array;
}

/** The catalogue, one row a track, as columns. Missing numbers are NaN or −1 as said, never 0. */
export interface TrackTable extends MeasureTables {
  /** What is kept of lyrics; absent when no track has any. */
  readonly lyrics?: LyricsTable;
  readonly count: number;
  /** External ids (URIs). */
  readonly vocabulary: Vocabulary;
  readonly names: StringColumn;
  /** Artist numbers; the first is the main one. */
  readonly artists: Lists;
  /** Album number, −1 when unknown. */
  readonly album: Int32Array;
  /** Release year, −1 when unknown. */
  readonly year: Int16Array;
  /** 0–100, −1 when unknown. */
  readonly popularity: Int16Array;
  /** 1, 0, or −1 when unknown. */
  readonly explicit: Int8Array;
  /** Milliseconds, −1 when unknown. */
  readonly durationMs: Int32Array;
  /** count × 12, row by row in the order of AUDIO_FEATURES; NaN when missing. Empty when no track has any. */
  readonly features: Float32Array;
  /** Genre numbers of the track itself, without those of its artists. */
  readonly genres: Lists;
  /** The lowest track number of the same song (same artist and title, duration within 2 s); the track itself if there is no other. */
  readonly song: Int32Array;
}

export interface ArtistTable {
  readonly count: number;
  /** The URI if known, otherwise `name:<normalised name>`. */
  readonly vocabulary: Vocabulary;
  readonly names: StringColumn;
  /** 0–100, −1 when unknown. */
  readonly popularity: Int16Array;
  /** −1 when unknown. */
  readonly followers: Int32Array;
  readonly genres: Lists;
}

export interface AlbumTable {
  readonly count: number;
  /** The key by which later imports find an album: its URI, otherwise the main artist's number and the normalised name; null in datasets of version 1. */
  readonly keys: StringColumn | null;
  readonly names: StringColumn;
  /** Number of the album's main artist, −1 when unknown. */
  readonly artist: Int32Array;
}

/** Playlists and persons: "a set of tracks that belong together". */
export interface OwnerTable {
  readonly count: number;
  readonly vocabulary: Vocabulary;
  /** Playlist titles; empty without one. */
  readonly titles: StringColumn;
  /** 0 = playlist, 1 = person */
  readonly kind: Uint8Array;
  /** −1 when unknown. */
  readonly followers: Int32Array;
  /** Seconds since 1970, NaN when unknown. */
  readonly modifiedAt: Float64Array;
}

/** Where rows came from, and what became of them. */
export interface Provenance {
  source: string;
  licence: string;
  citation: string;
  files: { name: string; sha256: string; bytes: number }[];
  /** Counts of rows taken: tracks, artists, owners, entries. */
  taken: { tracks: number; artists: number; owners: number; entries: number };
  rejections: Rejection[];
}

export interface DatasetParts {
  tracks: TrackTable;
  artists: ArtistTable;
  albums: AlbumTable;
  /** Genre names, lower case. */
  genres: Vocabulary;
  owners: OwnerTable;
  /** owners × tracks in the owner's order, each track at most once; values = weights (counts, ratings) or null. */
  byOwner: Csr;
  /** One per entry of byOwner: seconds since 1970, NaN when unknown; null when no entry has a time. */
  times: Float64Array | null;
  provenance: Provenance[];
  /** Counts of what cleaning changed, by rule. */
  cleaning: Record<string, number>;
}

/**
 * Everything that models learn from and queries are answered with. Immutable; views on other owners share the catalogue,
 * so a track has the same number in train, validation and test.
 */
export class Dataset implements DatasetParts {
  readonly tracks: TrackTable;
  readonly artists: ArtistTable;
  readonly albums: AlbumTable;
  readonly genres: Vocabulary;
  readonly owners: OwnerTable;
  readonly byOwner: Csr;
  readonly times: Float64Array | null;
  readonly provenance: Provenance[];
  readonly cleaning: Record<string, number>;
  private transposed: Csr | null;
  private identity: string | null;
  private entries: number | null;
  private readonly earlier = new Map<number, Dataset>();

  /** @param byTrack the transposed interactions, where they are known already @param catalogueId likewise @param entriesChecksum likewise */
  constructor(
    parts: DatasetParts,
    byTrack: Csr | null = null,
    catalogueId: string | null = null,
    entriesChecksum: number | null = null,
  ) {
    this.transposed = byTrack;
    this.identity = catalogueId;
    this.entries = entriesChecksum;
    this.tracks = parts.tracks;
    this.artists = parts.artists;
    this.albums = parts.albums;
    this.genres = parts.genres;
    this.owners = parts.owners;
    this.byOwner = parts.byOwner;
    this.times = parts.times;
    this.provenance = parts.provenance;
    this.cleaning = parts.cleaning;
  }

  /** tracks × owners (the inverted index), owners ascending in each row; built on first use. */
  get byTrack(): Csr {
    return (this.transposed ??= transpose(this.byOwner));
  }

  /** Number of owners that hold the track. */
  ownersOf(track: number): number {
    return this.byTrack.ptr[track + 1]! - this.byTrack.ptr[track]!;
  }

  /** Fingerprint of the catalogue's ids: what a trained model is tied to. */
  get catalogueId(): string {
    return (this.identity ??= this.tracks.vocabulary.fingerprint());
  }

  /** CRC-32 of the owners' tracks: their offsets, then the tracks. */
  get entriesChecksum(): number {
    const crc = (a: Int32Array, before: number): number =>
      crc32(new Uint8Array(a.buffer, a.byteOffset, a.byteLength), before);
    return (this.entries ??= crc(this.byOwner.idx, crc(this.byOwner.ptr, 0)));
  }

  /** The main artist of a track, −1 when unknown. */
  mainArtist(track: number): number {
    const { ptr, idx } = this.tracks.artists;
    return ptr[track + 1]! > ptr[track]! ? idx[ptr[track]!]! : -1;
  }

  /** Whether a genre of the track or of one of its artists is known. */
  hasGenres(track: number): boolean {
    const { genres, artists } = this.tracks;
    if (genres.ptr[track + 1]! > genres.ptr[track]!) return true;
    const { ptr } = this.artists.genres;
    for (let e = artists.ptr[track]!; e < artists.ptr[track + 1]!; e++) {
      const artist = artists.idx[e]!;
      if (ptr[artist + 1]! > ptr[artist]!) return true;
    }
    return false;
  }

  /** Whether any audio feature of the track is known. */
  hasFeatures(track: number): boolean {
    const { features } = this.tracks;
    if (features.length === 0) return false;
    const end = (track + 1) * AUDIO_FEATURES.length;
    for (let f = track * AUDIO_FEATURES.length; f < end; f++) if (!Number.isNaN(features[f]!)) return true;
    return false;
  }

  /** An audio feature of a track by its place in AUDIO_FEATURES; NaN when missing. */
  feature(track: number, feature: number): number {
    return this.tracks.features[track * AUDIO_FEATURES.length + feature] ?? Number.NaN;
  }

  /** The tracks of an owner in order: a view. */
  tracksOf(owner: number): Int32Array {
    return this.byOwner.idx.subarray(this.byOwner.ptr[owner]!, this.byOwner.ptr[owner + 1]!);
  }

  /** Indexes in byOwner.idx of an owner's tracks in the order in which they were added or played: by time if every entry has one, otherwise by position. */
  entriesInOrder(owner: number): Int32Array {
    const { byOwner, times } = this;
    const from = byOwner.ptr[owner]!;
    const entries = Int32Array.from({ length: byOwner.ptr[owner + 1]! - from }, (_, i) => from + i);
    if (times && entries.every((e) => !Number.isNaN(times[e]!))) entries.sort((a, b) => times[a]! - times[b]! || a - b);
    return entries;
  }

  /** The same catalogue with only these owners, in the order given; owner numbers become 0 … owners.length − 1. */
  withOwners(owners: Int32Array): Dataset {
    let times: Float64Array | null = null;
    const byOwner = selectRows(this.byOwner, owners);
    if (this.times) {
      times = new Float64Array(byOwner.idx.length);
      for (let i = 0; i < owners.length; i++) {
        const from = this.byOwner.ptr[owners[i]!]!;
        times.set(this.times.subarray(from, this.byOwner.ptr[owners[i]! + 1]!), byOwner.ptr[i]!);
      }
    }
    return this.withInteractions(byOwner, selectOwners(this.owners, owners), times);
  }

  /**
   * The same library when its catalogue held only its first `count` tracks: a view, kept, so that several who ask share it. Owners stay, with
   * their entries of these tracks.
   */
  firstTracks(count: number): Dataset {
    if (count >= this.tracks.count) return this;
    let view = this.earlier.get(count);
    if (!view) {
      view = this.cut(count);
      this.earlier.set(count, view);
    }
    return view;
  }

  private cut(count: number): Dataset {
    const { tracks, byOwner, times } = this;
    const texts = ({ heap, offsets }: StringColumn): StringColumn =>
      new StringColumn(heap.subarray(0, offsets[count]!), offsets.subarray(0, count + 1));
    const lists = ({ ptr, idx }: Lists): Lists => ({
      ptr: ptr.subarray(0, count + 1),
      idx: idx.subarray(0, ptr[count]!),
    });
    let kept = 0;
    for (let e = 0; e < byOwner.idx.length; e++) if (byOwner.idx[e]! < count) kept++;
    const entries: Csr = {
      rows: byOwner.rows,
      columns: count,
      ptr: new Int32Array(byOwner.rows + 1),
      idx: new Int32Array(kept),
      values: byOwner.values && new Float32Array(kept),
    };
    const keptTimes = times && new Float64Array(kept);
    let at = 0;
    for (let o = 0; o < byOwner.rows; o++) {
      for (let e = byOwner.ptr[o]!; e < byOwner.ptr[o + 1]!; e++) {
        if (byOwner.idx[e]! >= count) continue;
        entries.idx[at] = byOwner.idx[e]!;
        if (entries.values) entries.values[at] = byOwner.values![e]!;
        if (keptTimes) keptTimes[at] = times[e]!;
        at++;
      }
      entries.ptr[o + 1] = at;
    }
    return new Dataset({
      ...this,
      tracks: {
        count,
        vocabulary: new Vocabulary(texts(tracks.vocabulary.ids)),
        names: texts(tracks.names),
        artists: lists(tracks.artists),
        album: tracks.album.subarray(0, count),
        year: tracks.year.subarray(0, count),
        popularity: tracks.popularity.subarray(0, count),
        explicit: tracks.explicit.subarray(0, count),
        durationMs: tracks.durationMs.subarray(0, count),
        features: tracks.features.subarray(0, count * AUDIO_FEATURES.length),
        genres: lists(tracks.genres),
        song: tracks.song.subarray(0, count),
        ...mapTables<MeasureTable, MeasureTable>(tracks, (table) => ({ ...table, row: table.row.subarray(0, count) })),
        ...(tracks.lyrics && { lyrics: { ...tracks.lyrics, row: tracks.lyrics.row.subarray(0, count) } }),
      },
      byOwner: entries,
      times: keptTimes,
    });
  }

  /** The same catalogue with other interactions (a split, a fold, new playlists). */
  withInteractions(byOwner: Csr, owners: OwnerTable = this.owners, times: Float64Array | null = null): Dataset {
    return new Dataset({
      tracks: this.tracks,
      artists: this.artists,
      albums: this.albums,
      genres: this.genres,
      owners,
      byOwner,
      times,
      provenance: this.provenance,
      cleaning: this.cleaning,
    });
  }
}

function selectOwners(table: OwnerTable, rows: Int32Array): OwnerTable {
  const ids = new StringColumnBuilder();
  const titles = new StringColumnBuilder();
  const kind = new Uint8Array(rows.length);
  const followers = new Int32Array(rows.length);
  const modifiedAt = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    ids.pushBytes(table.vocabulary.ids.bytes(row));
    titles.pushBytes(table.titles.bytes(row));
    kind[i] = table.kind[row]!;
    followers[i] = table.followers[row]!;
    modifiedAt[i] = table.modifiedAt[row]!;
  }
  return {
    count: rows.length,
    vocabulary: new Vocabulary(ids.finish()),
    titles: titles.finish(),
    kind,
    followers,
    modifiedAt,
  };
}
