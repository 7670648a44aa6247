import { AlbumMerger } from './album-merger.ts';
import { ArtistMerger } from './artist-merger.ts';
import type { BatchColumns, CleanBatch } from './batch-columns.ts';
import { BatchEncoder } from './batch-encoder.ts';
import { addCounts, type Counts, count } from './cleaning.ts';
import { Dataset, type Lists, type Provenance } from './dataset.ts';
import { FeatureRows } from './feature-rows.ts';
import { type Growing, growingIds, growingInt32 } from './growing.ts';
import { Interner } from './interner.ts';
import { LyricsMerger } from './lyrics-merger.ts';
import { MeasureMerger } from './measure-merger.ts';
import { OwnerMerger } from './owner-merger.ts';
import { growingInt8, growingInt16, ListPool, TextPool } from './pools.ts';
import type { Batch } from './rows.ts';
import { type EarlierSongs, linkSongs } from './songs.ts';
import { runSteps, type Steps } from './steps.ts';
import type { StringColumn } from './strings.ts';
import { Vocabulary } from './vocabulary.ts';

const NUMBERS = ['year', 'popularity', 'explicit', 'durationMs'] as const;
const LINKED = 'tracks linked as the same song';

/**
 * Merges batches into one Dataset. Tracks are joined by URI, artists by URI, else by normalised name; where two batches
 * know the same thing the first one counts, so the order of `add` matters and nothing else does.
 * Numbers are given in order of first appearance. Memory: the distinct tracks, artists and albums, and 4 bytes an entry
 * (8 while the column grows), whatever the number of batches.
 */
export class DatasetBuilder {
  private readonly encoder = new BatchEncoder();
  private uris = new Interner();
  private readonly texts = new TextPool();
  private readonly artistLists = new ListPool();
  private readonly genreLists = new ListPool();
  /** One per track. */
  private readonly name = growingInt32();
  private readonly artistsOf = growingInt32();
  private readonly genresOf = growingInt32();
  private readonly album = growingIds();
  private readonly numbers = {
    year: growingInt16(),
    popularity: growingInt16(),
    explicit: growingInt8(),
    durationMs: growingIds(),
  };
  private readonly features = new FeatureRows();
  private readonly measures = new MeasureMerger();
  private readonly lyrics = new LyricsMerger();
  private readonly artists = new ArtistMerger();
  private readonly albums = new AlbumMerger();
  private genres = new Interner();
  private readonly cleaning: Counts = {};
  private readonly owners = new OwnerMerger(this.cleaning);
  private readonly provenance: Provenance[] = [];
  private base: Dataset | null = null;

  /**
   * A builder that goes on from a dataset: what follows is merged as if the dataset's own batches had come first, so everything in it keeps
   * its number. Provenance starts empty. @param dataset with `albums.keys`
   */
  static from(dataset: Dataset): DatasetBuilder {
    const builder = new DatasetBuilder();
    builder.adopt(dataset);
    return builder;
  }

  private adopt(dataset: Dataset): void {
    const { tracks, cleaning } = dataset;
    this.base = dataset;
    this.uris = Interner.of(tracks.vocabulary.ids);
    this.name.adopt(this.texts.adopt(tracks.names));
    this.artistsOf.adopt(this.artistLists.adopt(tracks.artists));
    this.genresOf.adopt(this.genreLists.adopt(tracks.genres));
    this.album.adopt(tracks.album);
    for (const id of NUMBERS) this.numbers[id].adopt(tracks[id]);
    this.features.adopt(tracks.features);
    this.measures.adopt(tracks);
    this.lyrics.adopt(tracks.lyrics);
    this.artists.adopt(dataset.artists);
    this.albums.adopt(dataset.albums);
    this.genres = Interner.of(dataset.genres.ids);
    this.owners.adopt(dataset);
    const { [LINKED]: _counted, ...others } = cleaning;
    addCounts(this.cleaning, others);
  }

  add(batch: Batch): void {
    this.addClean(this.encoder.add(batch));
  }

  private addClean(clean: CleanBatch | null): void {
    if (!clean) return;
    this.addColumns(clean.columns);
    this.addCleaning(clean.cleaning);
  }

  /** Takes the tracks of a replaced part, and its owners' numbers without their entries, so that later numbers do not change. */
  addReplaced(columns: BatchColumns): void {
    this.addCatalogue(columns);
    this.owners.reserve(columns.owners);
  }

  /** Returns the numbers of the batch's tracks. */
  addColumns(columns: BatchColumns): Int32Array {
    const tracks = this.addCatalogue(columns);
    this.owners.add(columns.owners, tracks);
    return tracks;
  }

  private addCatalogue(columns: BatchColumns): Int32Array {
    const artists = this.artists.numbers(columns.named);
    const genres = this.genres.addAll(columns.genres);
    const tracks = this.uris.addAll(columns.tracks.uri);
    if (!areBare(columns.tracks))
      for (let i = 0; i < tracks.length; i++) this.fill(tracks[i]!, columns, i, artists, genres);
    this.fillNames(tracks, columns.tracks.name);
    this.features.fill(tracks, columns.tracks.features);
    this.fillAlbums(tracks, columns, artists);
    for (const id of NUMBERS) this.fillNumbers(id, tracks, columns.tracks[id]);
    this.measures.add(tracks, columns.tracks.measures);
    this.lyrics.add(tracks, columns.tracks.lyrics);
    this.artists.addRows(columns.artists, artists, genres);
    return tracks;
  }

  addCleaning(cleaning: Counts): void {
    addCounts(this.cleaning, cleaning);
  }

  addProvenance(provenance: Provenance): void {
    this.provenance.push(provenance);
  }

  /** The dataset; the builder is empty then. */
  finish(): Dataset {
    return runSteps(this.finishing());
  }

  /** The same in steps. */
  *finishing(): Steps<Dataset> {
    this.addClean(this.encoder.finish());
    const tracks = this.uris.size;
    const { year, popularity, explicit, durationMs: durations } = this.numbers;
    for (const column of [this.name, this.artistsOf, this.genresOf, this.album, year, popularity, explicit, durations])
      column.extend(tracks);
    const names = this.texts.gather(this.name.data, tracks);
    const artists = this.artistLists.gather(this.artistsOf.data, tracks);
    const durationMs = durations.take();
    yield;
    const { song, linked } = yield* linkSongs(names, artists, durationMs, this.earlierSongs(artists, durationMs));
    count(this.cleaning, LINKED, linked);
    this.name.discard();
    this.artistsOf.discard();
    const genres = this.genreLists.gather(this.genresOf.data, tracks);
    this.genresOf.discard();
    yield;
    const { owners, byOwner, times } = this.owners.finish(tracks);
    yield;
    const lyrics = this.lyrics.finish(tracks);
    const vocabulary = this.uris.finishVocabulary();
    yield;
    const artistTable = this.artists.finish();
    yield;
    return new Dataset({
      tracks: {
        count: tracks,
        vocabulary,
        names,
        artists,
        album: this.album.take(),
        year: year.take(),
        popularity: popularity.take(),
        explicit: explicit.take(),
        durationMs,
        features: this.features.take(tracks),
        genres,
        song,
        ...this.measures.finish(tracks),
        ...(lyrics && { lyrics }),
      },
      artists: artistTable,
      albums: this.albums.finish(),
      genres: new Vocabulary(this.genres.finish()),
      owners,
      byOwner,
      times,
      provenance: this.provenance,
      cleaning: Object.fromEntries(Object.entries(this.cleaning).sort(([a], [b]) => (a < b ? -1 : 1))),
    });
  }

  /** The base's links, and the main artists of tracks that are new or of which a name, artist or duration became known. */
  private earlierSongs(artists: Lists, durationMs: Int32Array): EarlierSongs | undefined {
    if (!this.base) return undefined;
    const { count: known, song, names, artists: before, durationMs: durations } = this.base.tracks;
    const changed = new Set<number>();
    for (let t = 0; t < this.uris.size; t++) {
      if (artists.ptr[t] === artists.ptr[t + 1]) continue;
      const same =
        t < known &&
        names.isEmpty(t) === (this.name.data[t] === 0) &&
        before.ptr[t + 1]! > before.ptr[t]! &&
        durations[t] === durationMs[t];
      if (!same) changed.add(artists.idx[artists.ptr[t]!]!);
    }
    return { song, artists: changed };
  }

  /** Takes from row i of the batch what is not yet known of the track. Columns grow with their contents, so empty ones take neither time nor memory. */
  private fill(track: number, columns: BatchColumns, i: number, artists: Int32Array, genres: Int32Array): void {
    const from = columns.tracks;
    if (from.artists.ptr[i]! < from.artists.ptr[i + 1]! && this.lacks(this.artistsOf, track))
      this.artistsOf.data[track] = this.artistLists.put(from.artists, i, artists);
    if (from.genres.ptr[i]! < from.genres.ptr[i + 1]! && this.lacks(this.genresOf, track))
      this.genresOf.data[track] = this.genreLists.put(from.genres, i, genres);
  }

  /** Takes the names of tracks that have none yet; those of tracks in a row are copied together. */
  private fillNames(tracks: Int32Array, names: StringColumn): void {
    if (names.offsets[names.length] === names.offsets[0]) return;
    this.name.extend(this.uris.size);
    const { data } = this.name;
    const isNew = (i: number): boolean => !names.isEmpty(i) && data[tracks[i]!] === 0;
    for (let i = 0; i < tracks.length; ) {
      let end = i;
      while (end < tracks.length && isNew(end)) end++;
      if (end > i) {
        const first = this.texts.putRun(names, i, end) - i;
        for (; i < end; i++) data[tracks[i]!] = first + i;
      } else i++;
    }
  }

  /** Takes the albums of tracks that have none yet. */
  private fillAlbums(tracks: Int32Array, { tracks: from, albums }: BatchColumns, artists: Int32Array): void {
    if (isEmpty(from.album)) return;
    this.album.extend(this.uris.size);
    const { data } = this.album;
    const rows = new Int32Array(tracks.length);
    const named = new Int32Array(tracks.length);
    const mainArtists = new Int32Array(tracks.length);
    let count = 0;
    for (let i = 0; i < tracks.length; i++) {
      if (from.album[i]! < 0 || data[tracks[i]!]! >= 0) continue;
      const artist = from.artists.ptr[i]!;
      rows[count] = i;
      named[count] = from.album[i]!;
      mainArtists[count++] = artist < from.artists.ptr[i + 1]! ? artists[from.artists.idx[artist]!]! : -1;
    }
    const numbers = this.albums.numbers(albums, named.subarray(0, count), mainArtists);
    for (let k = 0; k < count; k++) data[tracks[rows[k]!]!] = numbers[k]!;
  }

  /** Whether a column has nothing of the track; it has a place for it then. */
  private lacks(column: Growing<Int32Array>, track: number): boolean {
    if (track >= column.length) column.extend(this.uris.size);
    return column.data[track] === 0;
  }

  /** Takes the values (−1 = unknown) of tracks that have none yet. */
  private fillNumbers(
    id: (typeof NUMBERS)[number],
    tracks: Int32Array,
    from: Int8Array | Int16Array | Int32Array,
  ): void {
    if (isEmpty(from)) return;
    const column = this.numbers[id];
    column.extend(this.uris.size);
    const { data } = column;
    for (let i = 0; i < tracks.length; i++) {
      const value = from[i]!;
      if (value >= 0 && data[tracks[i]!]! < 0) data[tracks[i]!] = value;
    }
  }
}

/** Whether no value of a column is known. */
function isEmpty(column: Int8Array | Int16Array | Int32Array): boolean {
  for (let i = 0; i < column.length; i++) if (column[i]! >= 0) return false;
  return true;
}

/** Whether tracks have no names, artists, albums, genres and features, as those of interactions. */
const areBare = ({ name, artists, album, genres, features }: BatchColumns['tracks']): boolean =>
  name.offsets[name.length] === name.offsets[0] &&
  artists.idx.length + genres.idx.length + features.length === 0 &&
  isEmpty(album);
