import { AlbumMerger } from './album-merger.ts';
import { ArtistMerger } from './artist-merger.ts';
import { AUDIO_FEATURES } from './audio-features.ts';
import type { BatchColumns, CleanBatch } from './batch-columns.ts';
import { BatchEncoder } from './batch-encoder.ts';
import { addCounts, type Counts, count } from './cleaning.ts';
import { Dataset, type Lists, type Provenance } from './dataset.ts';
import { Growing, growingIds, growingInt32 } from './growing.ts';
import { Interner } from './interner.ts';
import { MeasureMerger } from './measure-merger.ts';
import { OwnerMerger } from './owner-merger.ts';
import { growingInt8, growingInt16, ListPool, TextPool } from './pools.ts';
import type { Batch } from './rows.ts';
import { type EarlierSongs, linkSongs } from './songs.ts';
import { Vocabulary } from './vocabulary.ts';

const FEATURES = AUDIO_FEATURES.length;
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
  private readonly year = growingInt16();
  private readonly popularity = growingInt16();
  private readonly explicit = growingInt8();
  private readonly durationMs = growingIds();
  private readonly features = new Growing((n) => new Float32Array(n).fill(Number.NaN));
  private readonly measures = new MeasureMerger();
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
    this.year.adopt(tracks.year);
    this.popularity.adopt(tracks.popularity);
    this.explicit.adopt(tracks.explicit);
    this.durationMs.adopt(tracks.durationMs);
    this.features.adopt(tracks.features);
    this.measures.adopt(tracks);
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

  /** Takes of a replaced part what its tracks are, and its owners' numbers without their entries: numbers behind them stay as they were. */
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
    this.reserveTracks(this.uris.size);
    for (let i = 0; i < tracks.length; i++) this.fill(tracks[i]!, columns, i, artists, genres);
    fillNumbers(this.year, tracks, columns.tracks.year);
    fillNumbers(this.popularity, tracks, columns.tracks.popularity);
    fillNumbers(this.explicit, tracks, columns.tracks.explicit);
    fillNumbers(this.durationMs, tracks, columns.tracks.durationMs);
    this.measures.add(tracks, columns.tracks.measures);
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
    this.addClean(this.encoder.finish());
    const tracks = this.uris.size;
    const names = this.texts.gather(this.name.data, tracks);
    const artists = this.artistLists.gather(this.artistsOf.data, tracks);
    const durationMs = this.durationMs.take();
    const { song, linked } = linkSongs(names, artists, durationMs, this.earlierSongs(artists, durationMs));
    count(this.cleaning, LINKED, linked);
    this.name.clear();
    this.artistsOf.clear();
    const genres = this.genreLists.gather(this.genresOf.data, tracks);
    this.genresOf.clear();
    this.features.extend(tracks * FEATURES);
    const { owners, byOwner, times } = this.owners.finish(tracks);
    return new Dataset({
      tracks: {
        count: tracks,
        vocabulary: this.uris.finishVocabulary(),
        names,
        artists,
        album: this.album.take(),
        year: this.year.take(),
        popularity: this.popularity.take(),
        explicit: this.explicit.take(),
        durationMs,
        features: this.features.take(),
        genres,
        song,
        ...this.measures.finish(tracks),
      },
      artists: this.artists.finish(),
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

  private reserveTracks(tracks: number): void {
    const columns = [
      this.name,
      this.artistsOf,
      this.genresOf,
      this.album,
      this.year,
      this.popularity,
      this.explicit,
      this.durationMs,
    ];
    for (const column of columns) column.extend(tracks);
  }

  /** Takes from row i of the batch the texts and lists that are not yet known of the track. */
  private fill(track: number, columns: BatchColumns, i: number, artists: Int32Array, genres: Int32Array): void {
    const from = columns.tracks;
    if (this.name.data[track] === 0 && !from.name.isEmpty(i)) this.name.data[track] = this.texts.put(from.name, i);
    const firstArtist = from.artists.ptr[i]!;
    const hasArtists = firstArtist < from.artists.ptr[i + 1]!;
    if (this.artistsOf.data[track] === 0 && hasArtists)
      this.artistsOf.data[track] = this.artistLists.put(from.artists, i, artists);
    if (this.album.data[track]! < 0 && from.album[i]! >= 0) {
      const main = hasArtists ? artists[from.artists.idx[firstArtist]!]! : -1;
      this.album.data[track] = this.albums.number(columns.albums, from.album[i]!, main);
    }
    if (this.genresOf.data[track] === 0 && from.genres.ptr[i]! < from.genres.ptr[i + 1]!)
      this.genresOf.data[track] = this.genreLists.put(from.genres, i, genres);
    if (from.features.length > 0) this.fillFeatures(track, from.features, i);
  }

  private fillFeatures(track: number, from: Float32Array, i: number): void {
    this.features.extend((track + 1) * FEATURES);
    const { data } = this.features;
    for (let f = 0; f < FEATURES; f++) {
      const at = track * FEATURES + f;
      if (Number.isNaN(data[at]!)) data[at] = from[i * FEATURES + f]!;
    }
  }
}

/** Takes the values (−1 = unknown) of tracks that have none yet. */
function fillNumbers<T extends Int8Array | Int16Array | Int32Array>(
  column: Growing<T>,
  tracks: Int32Array,
  from: T,
): void {
  const { data } = column;
  for (let i = 0; i < tracks.length; i++) {
    const value = from[i]!;
    if (value >= 0 && data[tracks[i]!]! < 0) data[tracks[i]!] = value;
  }
}
