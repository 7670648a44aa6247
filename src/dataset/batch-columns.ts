import { AUDIO_FEATURES } from './audio-features.ts';
import {
  type Counts,
  cleanDuration,
  cleanFeature,
  cleanFollowers,
  cleanPopularity,
  cleanYear,
  count,
} from './cleaning.ts';
import type { Lists, Provenance } from './dataset.ts';
import { MEASURE_TABLE_IDS, type MeasureTableId, widthOf } from './measure-tables.ts';
import { normaliseName } from './normalise.ts';
import type { ArtistRow, Batch, OwnerRow, TrackRow } from './rows.ts';
import { type StringColumn, StringColumnBuilder } from './strings.ts';

const FEATURES = AUDIO_FEATURES.length;

/**
 * A batch as cleaned columns: distinct tracks, and tables of the artists, albums and genres that they and the artist rows name by position.
 * Missing numbers are −1 or NaN. It stands on its own, so it is what an import stores and what a build merges.
 */
export interface BatchColumns {
  tracks: {
    uri: StringColumn;
    name: StringColumn;
    artists: Lists;
    album: Int32Array;
    year: Int16Array;
    popularity: Int16Array;
    explicit: Int8Array;
    durationMs: Int32Array;
    /** count × 12, or empty when no track has any. */
    features: Float32Array;
    genres: Lists;
    /** Of each table that a track has a row in: count × width, with rows of NaN for tracks without. */
    measures: { readonly [id in MeasureTableId]?: Float32Array };
  };
  /** Distinct artists; a URI may be empty. */
  named: { uri: StringColumn; name: StringColumn };
  /** Distinct albums; a URI may be empty. */
  albums: { uri: StringColumn; name: StringColumn };
  /** Normalised names. */
  genres: StringColumn;
  /** What artist rows say; `named` is a position in that table. */
  artists: { named: Int32Array; popularity: Int16Array; followers: Int32Array; genres: Lists };
  owners: {
    id: StringColumn;
    title: StringColumn;
    kind: Uint8Array;
    followers: Int32Array;
    modifiedAt: Float64Array;
    /** Positions of tracks, each at most once in an owner. */
    items: Lists;
    /** One per item, or empty when no owner brings any. */
    weights: Float32Array;
    times: Float64Array;
  };
}

export interface CleanBatch {
  columns: BatchColumns;
  cleaning: Counts;
  taken: Provenance['taken'];
}

/** Bytes of most ids and names, so that columns of them mostly need not grow. */
const TEXT_BYTES = 40;

/** Cleans a batch and turns it into columns. */
export function encodeBatch(batch: Batch): CleanBatch {
  const cleaning: Counts = {};
  for (const [rule, by] of Object.entries(batch.cleaning ?? {})) count(cleaning, rule, by);
  const names = new Names();
  const { tracks, positions } = encodeTracks(batch.tracks, names, cleaning);
  const artists = encodeArtists(batch.artists, names, cleaning);
  const owners = encodeOwners(batch.owners, positions, tracks.album.length, cleaning);
  return {
    columns: { tracks, artists, owners, ...names.finish() },
    cleaning,
    taken: {
      tracks: tracks.album.length,
      artists: batch.artists.length,
      owners: owners.kind.length,
      entries: owners.items.idx.length,
    },
  };
}

/** The distinct artists, albums and genres of a batch. */
class Names {
  private readonly artistOf = new Map<string, number>();
  private readonly artistUri = new StringColumnBuilder();
  private readonly artistName = new StringColumnBuilder();
  private readonly albumOf = new Map<string, number>();
  private readonly albumUri = new StringColumnBuilder();
  private readonly albumName = new StringColumnBuilder();
  private readonly genreOf = new Map<string, number>();
  private readonly genreName = new StringColumnBuilder();

  artist(name: string, uri: string | undefined): number {
    const key = uri ? uri : `\u0000${name}`;
    let position = this.artistOf.get(key);
    if (position === undefined) {
      position = this.artistOf.size;
      this.artistOf.set(key, position);
      this.artistUri.push(uri ?? '');
      this.artistName.push(name);
    }
    return position;
  }

  /** @param artist position of the main artist: albums without a URI are told apart by it */
  album(name: string, uri: string | undefined, artist: number): number {
    const key = uri ? uri : `${artist}\u0000${name}`;
    let position = this.albumOf.get(key);
    if (position === undefined) {
      position = this.albumOf.size;
      this.albumOf.set(key, position);
      this.albumUri.push(uri ?? '');
      this.albumName.push(name);
    }
    return position;
  }

  genres(names: readonly string[], into: ListsBuilder): void {
    for (const raw of names) {
      const name = normaliseName(raw);
      if (name === '') continue;
      let position = this.genreOf.get(name);
      if (position === undefined) {
        position = this.genreOf.size;
        this.genreOf.set(name, position);
        this.genreName.push(name);
      }
      into.add(position);
    }
  }

  finish(): Pick<BatchColumns, 'named' | 'albums' | 'genres'> {
    return {
      named: { uri: this.artistUri.finish(), name: this.artistName.finish() },
      albums: { uri: this.albumUri.finish(), name: this.albumName.finish() },
      genres: this.genreName.finish(),
    };
  }
}

/** A list of so many values is looked through; a longer one is looked up. */
const SHORT = 32;

class ListsBuilder {
  readonly ptr: number[] = [0];
  readonly idx: number[] = [];
  /** The values of the open list, once it is long: looking through it for each would take the square of its length. */
  private long: Set<number> | null = null;

  /** Adds a value to the open list, once. */
  add(value: number): void {
    const start = this.ptr.at(-1)!;
    if (this.long ? this.long.has(value) : this.idx.includes(value, start)) return;
    this.idx.push(value);
    if (this.long) this.long.add(value);
    else if (this.idx.length - start === SHORT) this.long = new Set(this.idx.slice(start));
  }

  close(): void {
    this.ptr.push(this.idx.length);
    this.long = null;
  }

  finish(): Lists {
    return { ptr: Int32Array.from(this.ptr), idx: Int32Array.from(this.idx) };
  }
}

/** Also returns the position of each row's track: rows of one URI are one track, on which the first that knows something counts. */
function encodeTracks(
  rows: readonly TrackRow[],
  names: Names,
  cleaning: Counts,
): { tracks: BatchColumns['tracks']; positions: Int32Array } {
  const { distinct, positions } = joinRows(rows, cleaning);
  const n = distinct.length;
  const uri = new StringColumnBuilder(n, n * TEXT_BYTES);
  const name = new StringColumnBuilder(n, n * TEXT_BYTES);
  const artists = new ListsBuilder();
  const genres = new ListsBuilder();
  const album = new Int32Array(n);
  const year = new Int16Array(n);
  const popularity = new Int16Array(n);
  const explicit = new Int8Array(n);
  const durationMs = new Int32Array(n);
  const anyFeatures = distinct.some((row) => row.features);
  const features = new Float32Array(anyFeatures ? n * FEATURES : 0).fill(Number.NaN);
  for (let i = 0; i < n; i++) {
    const row = distinct[i]!;
    uri.push(row.uri);
    name.push(row.name ?? '');
    const start = artists.idx.length;
    for (const artist of row.artists ?? []) {
      artists.add(names.artist(artist.name, artist.uri));
    }
    artists.close();
    album[i] = row.album ? names.album(row.album.name, row.album.uri, artists.idx[start] ?? -1) : -1;
    year[i] = cleanYear(row.year, cleaning);
    popularity[i] = cleanPopularity(row.popularity, cleaning);
    explicit[i] = row.explicit === undefined ? -1 : row.explicit ? 1 : 0;
    durationMs[i] = cleanDuration(row.durationMs, cleaning);
    if (row.features) {
      for (let f = 0; f < FEATURES; f++) {
        const value = row.features[AUDIO_FEATURES[f]!.id];
        if (value !== undefined) features[i * FEATURES + f] = cleanFeature(f, value, cleaning);
      }
    }
    if (row.genres) names.genres(row.genres, genres);
    genres.close();
  }
  return {
    tracks: {
      uri: uri.finish(),
      name: name.finish(),
      artists: artists.finish(),
      album,
      year,
      popularity,
      explicit,
      durationMs,
      features,
      genres: genres.finish(),
      measures: encodeMeasures(distinct),
    },
    positions,
  };
}

function encodeMeasures(rows: readonly TrackRow[]): BatchColumns['tracks']['measures'] {
  const out: { [id in MeasureTableId]?: Float32Array } = {};
  for (const id of MEASURE_TABLE_IDS) {
    if (!rows.some((row) => row[id])) continue;
    const width = widthOf(id);
    const values = new Float32Array(rows.length * width).fill(Number.NaN);
    rows.forEach((row, i) => {
      const numbers = row[id];
      if (numbers) values.set(numbers.slice(0, width), i * width);
    });
    out[id] = values;
  }
  return out;
}

function joinRows(rows: readonly TrackRow[], cleaning: Counts): { distinct: TrackRow[]; positions: Int32Array } {
  const distinct: TrackRow[] = [];
  const positions = new Int32Array(rows.length);
  const of = new Map<string, number>();
  // What is known of tracks that come several times, each with one growing list of genres: some tables give a row for each genre of a track.
  const joined = new Map<number, JoinedRow>();
  let repeats = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const known = of.get(row.uri);
    if (known === undefined) {
      positions[i] = distinct.length;
      of.set(row.uri, distinct.length);
      distinct.push(row);
      continue;
    }
    positions[i] = known;
    repeats++;
    let before = joined.get(known);
    if (!before) {
      before = new JoinedRow(distinct[known]!);
      joined.set(known, before);
    }
    before.add(row);
  }
  for (const [at, before] of joined) distinct[at] = before.finish();
  if (repeats > 0) count(cleaning, 'rows that repeat a track (same URI), merged', repeats);
  return { distinct, positions };
}

/** Rows of one track as one: what the first knows counts, later ones fill gaps; genres are all rows'. */
class JoinedRow {
  private readonly row: TrackRow;
  private readonly genres: string[];

  constructor(first: TrackRow) {
    this.row = { ...first, features: first.features && { ...first.features } };
    this.genres = [...(first.genres ?? [])];
  }

  add(next: TrackRow): void {
    for (const genre of next.genres ?? []) this.genres.push(genre);
    if (next.features) {
      this.row.features ??= {};
      fillGaps(this.row.features, next.features);
    }
    fillGaps(this.row, next);
  }

  finish(): TrackRow {
    return { ...this.row, genres: this.genres.length > 0 ? this.genres : undefined };
  }
}

/** Fields without a value get the other's. */
function fillGaps<T extends object>(row: T, other: T): void {
  for (const field in other) {
    const value = row[field];
    if (value === undefined || Number.isNaN(value)) row[field] = other[field];
  }
}

function encodeArtists(rows: readonly ArtistRow[], names: Names, cleaning: Counts): BatchColumns['artists'] {
  const genres = new ListsBuilder();
  const named = new Int32Array(rows.length);
  const popularity = new Int16Array(rows.length);
  const followers = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    named[i] = names.artist(row.name, row.uri);
    popularity[i] = cleanPopularity(row.popularity, cleaning);
    followers[i] = cleanFollowers(row.followers, cleaning);
    if (row.genres) names.genres(row.genres, genres);
    genres.close();
  }
  return { named, popularity, followers, genres: genres.finish() };
}

function encodeOwners(
  rows: readonly OwnerRow[],
  positions: Int32Array,
  tracks: number,
  cleaning: Counts,
): BatchColumns['owners'] {
  let most = 0;
  for (const row of rows) most += row.items.length;
  const idx = new Int32Array(most);
  const weights = rows.some((row) => row.weights) ? new Float32Array(most).fill(1) : null;
  const times = rows.some((row) => row.times) ? new Float64Array(most).fill(Number.NaN) : null;
  const kept: OwnerRow[] = [];
  const ptr: number[] = [0];
  const lastOwner = new Int32Array(tracks);
  let at = 0;
  for (let r = 0; r < rows.length; r++) {
    const { items, weights: rowWeights, times: rowTimes } = rows[r]!;
    const start = at;
    for (let i = 0; i < items.length; i++) {
      const track = positions[items[i]!]!;
      if (lastOwner[track] === r + 1) continue;
      lastOwner[track] = r + 1;
      idx[at] = track;
      if (weights && rowWeights) weights[at] = rowWeights[i]!;
      if (times && rowTimes) times[at] = rowTimes[i]!;
      at++;
    }
    count(cleaning, 'duplicate entries in a playlist, left out', items.length - (at - start));
    if (at === start) count(cleaning, 'empty playlists, left out');
    else {
      kept.push(rows[r]!);
      ptr.push(at);
    }
  }
  const id = new StringColumnBuilder();
  const title = new StringColumnBuilder();
  for (const row of kept) {
    id.push(row.id);
    title.push(row.title ?? '');
  }
  return {
    id: id.finish(),
    title: title.finish(),
    kind: Uint8Array.from(kept, (row) => (row.kind === 'person' ? 1 : 0)),
    followers: Int32Array.from(kept, (row) => cleanFollowers(row.followers, cleaning)),
    modifiedAt: Float64Array.from(kept, (row) => row.modifiedAt ?? Number.NaN),
    items: { ptr: Int32Array.from(ptr), idx: idx.slice(0, at) },
    weights: weights ? weights.slice(0, at) : new Float32Array(0),
    times: times ? times.slice(0, at) : new Float64Array(0),
  };
}
