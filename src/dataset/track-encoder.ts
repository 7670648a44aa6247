import { AUDIO_FEATURES } from './audio-features.ts';
import type { BatchColumns } from './batch-columns.ts';
import type { BatchNames } from './batch-names.ts';
import { type Counts, cleanDuration, cleanFeature, cleanPopularity, cleanYear, count } from './cleaning.ts';
import { Growing, growingIds, growingInt32 } from './growing.ts';
import { Interner } from './interner.ts';
import { ListsBuilder } from './lists-builder.ts';
import { LyricsPool, type LyricsRows } from './lyrics-table.ts';
import { MEASURE_TABLE_IDS, type MeasureTableId, widthOf } from './measure-tables.ts';
import { growingInt8, TextPool } from './pools.ts';
import { RawNumbers } from './raw-numbers.ts';
import type { NameLists, TrackColumns, TrackRow } from './rows.ts';
import { StringColumn } from './strings.ts';

const FEATURES = AUDIO_FEATURES.length;
const NUMBERS = ['year', 'popularity', 'durationMs'] as const;
const CLEAN = { year: cleanYear, popularity: cleanPopularity, durationMs: cleanDuration };

export interface ExpectedTracks {
  readonly tracks: number;
  readonly bytes: number;
}

/** Whether these rows are nothing but ids, no two of one URI. */
function areDistinctIds({ uri: _uri, distinct, features, ...others }: TrackColumns): boolean {
  return (
    distinct === true &&
    Object.keys(features).length === 0 &&
    Object.values(others).every((column) => column === undefined)
  );
}

/** Tracks of which nothing is known but their ids. */
function bareTracks(uri: StringColumn): BatchColumns['tracks'] {
  const n = uri.length;
  const lists = (): BatchColumns['tracks']['genres'] => ({ ptr: new Int32Array(n + 1), idx: new Int32Array(0) });
  return {
    uri,
    name: new StringColumn(new Uint8Array(0), new Uint32Array(n + 1)),
    artists: lists(),
    album: new Int32Array(n).fill(-1),
    year: new Int16Array(n).fill(-1),
    popularity: new Int16Array(n).fill(-1),
    explicit: new Int8Array(n).fill(-1),
    durationMs: new Int32Array(n).fill(-1),
    features: new Float32Array(0),
    genres: lists(),
    measures: {},
  };
}

/**
 * Track rows as columns, taken row by row so that no row need be kept: rows of one URI are one track, of which the first that knows something
 * counts, and the genres of all are joined. What is said is cleaned at the end, when it is known.
 */
export class TrackEncoder {
  private readonly names: BatchNames;
  private readonly uris: Interner;
  private readonly texts = new TextPool();
  /** One per track: a text of the pool, 0 without. */
  private readonly name = growingInt32();
  private readonly artists: ListsBuilder;
  private readonly genres: ListsBuilder;
  /** Lists that later rows of a track have brought or made longer. */
  private readonly laterArtists = new Map<number, Set<number>>();
  private readonly laterGenres = new Map<number, Set<number>>();
  private readonly album = growingIds();
  private readonly explicit = growingInt8();
  private readonly numbers: Readonly<Record<(typeof NUMBERS)[number], RawNumbers>>;
  private readonly features: RawNumbers;
  private readonly measures = new Map<MeasureTableId, Growing<Float32Array>>();
  private readonly measured = new Map<MeasureTableId, Set<number>>();
  private lyrics: LyricsPool | null = null;
  /** By track its number in the pool, 0 without. */
  private readonly lyricsOf = growingInt32(0);
  /** All rows so far if they consist of distinct ids only, which need not be looked up. */
  private ids: StringColumn | null = null;
  private repeats = 0;
  private disordered = false;

  /** @param expected number of tracks, and bytes of their URIs, so that columns need not grow much */
  constructor(names: BatchNames, { tracks: expected, bytes }: ExpectedTracks) {
    this.names = names;
    this.uris = new Interner(Math.max(expected, 1 << 7), Math.max(bytes, 1 << 12));
    const numbers = (): RawNumbers => new RawNumbers(expected);
    this.numbers = { year: numbers(), popularity: numbers(), durationMs: numbers() };
    this.features = new RawNumbers(expected * FEATURES);
    this.artists = new ListsBuilder(expected);
    this.genres = new ListsBuilder(expected);
    this.reserve(expected);
  }

  get count(): number {
    return this.ids ? this.ids.length : this.uris.size;
  }

  /** @returns the place of each row's track */
  add(rows: readonly TrackRow[]): Int32Array {
    if (rows.length > 0) this.takeIds();
    this.reserve(this.count + rows.length);
    const places = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const before = this.count;
      const track = this.uris.addText(row.uri);
      places[i] = track;
      if (track === before) this.first(track, row.artists, row.album, row.genres);
      else this.join(track, row.artists, row.album, row.genres);
      this.fill(track, row);
    }
    return places;
  }

  /** The same of rows as columns. */
  addColumns(columns: TrackColumns): Int32Array {
    if (this.count === 0 && areDistinctIds(columns)) {
      this.ids = columns.uri;
      return Int32Array.from({ length: columns.uri.length }, (_, i) => i);
    }
    this.takeIds();
    return this.joinColumns(columns);
  }

  private joinColumns({
    uri,
    name,
    artists,
    album,
    genres,
    explicit,
    features,
    lyrics,
    distinct: _,
    ...numbers
  }: TrackColumns): Int32Array {
    const rows = uri.length;
    this.reserve(this.count + rows);
    let next = this.count;
    const places = this.uris.addAll(uri);
    if (this.count === next + rows) this.firstOfAll(next, rows, artists, album, genres);
    else
      for (let i = 0; i < rows; i++) {
        if (places[i] === next) this.firstAt(i, next++, artists, album, genres);
        else this.joinAt(i, places[i]!, artists, album, genres);
      }
    if (name)
      for (let i = 0; i < rows; i++)
        if (this.name.data[places[i]!] === 0 && !name.isEmpty(i)) this.name.data[places[i]!] = this.texts.put(name, i);
    if (explicit)
      for (let i = 0; i < rows; i++)
        if (this.explicit.data[places[i]!]! < 0) this.explicit.data[places[i]!] = explicit[i]!;
    for (const id of NUMBERS) {
      const values = numbers[id];
      if (values) for (let i = 0; i < rows; i++) this.numbers[id].put(places[i]!, values[i]!);
    }
    for (let f = 0; f < FEATURES; f++) {
      const values = features[AUDIO_FEATURES[f]!.id];
      if (values) for (let i = 0; i < rows; i++) this.features.put(places[i]! * FEATURES + f, values[i]!);
    }
    if (lyrics) this.addLyrics(lyrics, places);
    return places;
  }

  /** Whether the numbers of names are in another order than the tracks that use them. */
  get isDisordered(): boolean {
    return this.disordered;
  }

  finish(cleaning: Counts): BatchColumns['tracks'] {
    const n = this.count;
    if (this.ids) return bareTracks(this.ids);
    if (this.repeats > 0) count(cleaning, 'rows that repeat a track (same URI), merged', this.repeats);
    const year = this.cleanNumbers('year', new Int16Array(n), cleaning);
    const popularity = this.cleanNumbers('popularity', new Int16Array(n), cleaning);
    const durationMs = this.cleanNumbers('durationMs', new Int32Array(n), cleaning);
    const features = new Float32Array(this.features.isEmpty ? 0 : n * FEATURES).fill(Number.NaN);
    for (let i = 0; i < features.length; i++) {
      const value = this.features.get(i);
      if (value !== undefined) features[i] = cleanFeature(i % FEATURES, value, cleaning);
    }
    return {
      uri: this.uris.finish(),
      name: this.texts.gather(this.name.data, n),
      artists: this.artists.finish(this.laterArtists),
      album: this.album.data.subarray(0, n),
      year,
      popularity,
      explicit: this.explicit.data.subarray(0, n),
      durationMs,
      features,
      genres: this.genres.finish(this.laterGenres),
      measures: Object.fromEntries(
        MEASURE_TABLE_IDS.flatMap((id) => {
          const values = this.measures.get(id);
          if (!values) return [];
          values.extend(n * widthOf(id));
          return [[id, values.finish()]];
        }),
      ),
      ...(this.lyrics && { lyrics: this.gatherLyrics(this.lyrics, n) }),
    };
  }

  /** More rows come: the ids are looked up after all. */
  private takeIds(): void {
    const { ids } = this;
    this.ids = null;
    if (ids) this.joinColumns({ uri: ids, features: {} });
  }

  private reserve(tracks: number): void {
    this.name.reserve(tracks);
    this.album.reserve(tracks);
    this.explicit.reserve(tracks);
  }

  private cleanNumbers<T extends Int16Array | Int32Array>(id: (typeof NUMBERS)[number], into: T, cleaning: Counts): T {
    const numbers = this.numbers[id];
    if (numbers.isEmpty) return into.fill(-1) as T;
    for (let i = 0; i < into.length; i++) into[i] = CLEAN[id](numbers.get(i), cleaning);
    return into;
  }

  private first(
    track: number,
    artists: TrackRow['artists'],
    album: TrackRow['album'],
    genres: TrackRow['genres'],
  ): void {
    if (artists) for (const artist of artists) this.artists.add(this.names.artist(artist.name, artist.uri));
    this.artists.close();
    if (genres) for (const genre of genres) addGenre(this.names.genre(genre), this.genres);
    this.genres.close();
    if (album) this.album.data[track] = this.names.album(album.name, album.uri, this.artists.first(track));
  }

  /** The same of row i of columns. */
  private firstAt(i: number, track: number, artists?: NameLists, album?: StringColumn, genres?: NameLists): void {
    if (artists)
      for (let k = artists.ptr[i]!; k < artists.ptr[i + 1]!; k++)
        this.artists.add(this.names.artistAt(artists.names, k));
    this.artists.close();
    if (genres)
      for (let k = genres.ptr[i]!; k < genres.ptr[i + 1]!; k++)
        addGenre(this.names.genreAt(genres.names, k), this.genres);
    this.genres.close();
    if (album && !album.isEmpty(i)) this.album.data[track] = this.names.albumAt(album, i, this.artists.first(track));
  }

  /** The same of all rows of columns, each of another track: their names are looked up together. @param first number of the first row's track */
  private firstOfAll(first: number, rows: number, artists?: NameLists, album?: StringColumn, genres?: NameLists): void {
    const artistNumbers = artists && this.names.artistsOf(artists.names);
    const genreNumbers = genres && this.names.genresOf(genres.names);
    for (let i = 0; i < rows; i++) {
      if (artists) for (let k = artists.ptr[i]!; k < artists.ptr[i + 1]!; k++) this.artists.add(artistNumbers![k]!);
      this.artists.close();
      if (genres) for (let k = genres.ptr[i]!; k < genres.ptr[i + 1]!; k++) addGenre(genreNumbers![k]!, this.genres);
      this.genres.close();
    }
    if (!album) return;
    const mainArtist = (i: number): number => this.artists.first(first + i);
    if (isFull(album)) this.album.data.set(this.names.albumsOf(album, mainArtist), first);
    else
      for (let i = 0; i < rows; i++)
        if (!album.isEmpty(i)) this.album.data[first + i] = this.names.albumAt(album, i, mainArtist(i));
  }

  private join(
    track: number,
    artists: TrackRow['artists'],
    album: TrackRow['album'],
    genres: TrackRow['genres'],
  ): void {
    this.repeats++;
    if (artists && artists.length > 0 && this.mainArtist(track) < 0)
      this.setArtists(
        track,
        artists.map(({ name, uri }) => this.names.artist(name, uri)),
      );
    if (album && this.album.data[track]! < 0)
      this.setAlbum(track, this.names.album(album.name, album.uri, this.mainArtist(track)));
    if (genres && genres.length > 0) {
      const all = this.allGenres(track);
      for (const genre of genres) addGenre(this.names.genre(genre), all);
    }
  }

  /** The same of row i of columns. */
  private joinAt(i: number, track: number, artists?: NameLists, album?: StringColumn, genres?: NameLists): void {
    this.repeats++;
    if (artists && artists.ptr[i]! < artists.ptr[i + 1]! && this.mainArtist(track) < 0) {
      const numbers: number[] = [];
      for (let k = artists.ptr[i]!; k < artists.ptr[i + 1]!; k++) numbers.push(this.names.artistAt(artists.names, k));
      this.setArtists(track, numbers);
    }
    if (album && !album.isEmpty(i) && this.album.data[track]! < 0)
      this.setAlbum(track, this.names.albumAt(album, i, this.mainArtist(track)));
    if (genres && genres.ptr[i]! < genres.ptr[i + 1]!) {
      const all = this.allGenres(track);
      for (let k = genres.ptr[i]!; k < genres.ptr[i + 1]!; k++) addGenre(this.names.genreAt(genres.names, k), all);
    }
  }

  private setArtists(track: number, numbers: readonly number[]): void {
    this.laterArtists.set(track, new Set(numbers));
    const known = this.album.data[track]!;
    if (known >= 0) this.album.data[track] = this.names.albumOf(known, numbers[0]!);
    this.disordered = true;
  }

  private setAlbum(track: number, album: number): void {
    this.album.data[track] = album;
    this.disordered = true;
  }

  /** The genres of a track that get more of them. */
  private allGenres(track: number): Set<number> {
    let all = this.laterGenres.get(track);
    if (!all) this.laterGenres.set(track, (all = new Set(this.genres.list(track))));
    this.disordered = true;
    return all;
  }

  private mainArtist(track: number): number {
    for (const later of this.laterArtists.get(track) ?? []) return later;
    return this.artists.first(track);
  }

  /** What the row says that none before it has said. */
  private fill(track: number, row: TrackRow): void {
    if (row.name !== undefined && this.name.data[track] === 0) this.name.data[track] = this.texts.putText(row.name);
    if (row.explicit !== undefined && this.explicit.data[track]! < 0) this.explicit.data[track] = row.explicit ? 1 : 0;
    this.numbers.year.put(track, row.year);
    this.numbers.popularity.put(track, row.popularity);
    this.numbers.durationMs.put(track, row.durationMs);
    const { features } = row;
    if (features)
      for (let f = 0; f < FEATURES; f++) this.features.put(track * FEATURES + f, features[AUDIO_FEATURES[f]!.id]);
    for (let m = 0; m < MEASURE_TABLE_IDS.length; m++) {
      const id = MEASURE_TABLE_IDS[m]!;
      const values = row[id];
      if (values) this.measure(id, track, values);
    }
  }

  private addLyrics(rows: LyricsRows, places: Int32Array): void {
    this.lyrics ??= new LyricsPool();
    this.lyricsOf.extend(this.count);
    const { data } = this.lyricsOf;
    for (let i = 0; i < places.length; i++)
      if (rows.ptr[i]! < rows.ptr[i + 1]! && data[places[i]!] === 0) data[places[i]!] = this.lyrics.put(rows, i);
  }

  private gatherLyrics(pool: LyricsPool, tracks: number): LyricsRows {
    this.lyricsOf.extend(tracks);
    return pool.gather(this.lyricsOf.data, tracks);
  }

  private measure(id: MeasureTableId, track: number, values: readonly number[]): void {
    let measured = this.measured.get(id);
    if (!measured) {
      this.measured.set(id, (measured = new Set()));
      this.measures.set(id, new Growing((n) => new Float32Array(n).fill(Number.NaN), 0));
    }
    if (measured.has(track)) return;
    measured.add(track);
    const width = widthOf(id);
    const column = this.measures.get(id)!;
    column.extend((track + 1) * width);
    column.data.set(values.slice(0, width), track * width);
  }
}

/** Whether no text of a column is empty. */
function isFull({ offsets }: StringColumn): boolean {
  for (let i = 1; i < offsets.length; i++) if (offsets[i] === offsets[i - 1]) return false;
  return true;
}

function addGenre(genre: number, to: { add(genre: number): unknown }): void {
  if (genre >= 0) to.add(genre);
}
