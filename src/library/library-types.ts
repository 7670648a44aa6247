import type { FileHeader } from '../dataset/container.ts';
import type { Dataset, Provenance } from '../dataset/dataset.ts';
import type { Batch, Rejection, TrackRow } from '../dataset/rows.ts';
import type { OnProgress } from '../math/progress.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import type { Derived } from './file-names.ts';

export interface ImportOptions {
  readonly signal?: AbortSignal;
  /** Reading, by bytes of input, is most of the work; merging and writing take about the last fifth. */
  readonly onProgress?: OnProgress;
  /** The source's own options, e.g. { slices: '0-99' }. */
  readonly options?: Readonly<Record<string, string>>;
  /** Threads that read files; 0 reads in this thread. Default: up to 2, and 0 for small imports. */
  readonly workers?: number;
  /** Reads files of earlier imports again even when the file system says that they are as they were. */
  readonly verify?: boolean;
}

/** What an import did; counts are of the files of this import, those that were there already included. */
export interface ImportReport {
  source: string;
  /** Files read now, files that the library held already, and files of a folder or archive that are something else. */
  read: number;
  already: number;
  skipped: { file: string; reason: string }[];
  taken: Provenance['taken'];
  rejections: Rejection[];
  /** What cleaning changed, by rule. */
  cleaning: Record<string, number>;
  /** False when nothing new was found, so that the library is as it was. */
  changed: boolean;
  /** The library before and after. */
  before: LibraryCounts;
  library: LibraryCounts;
}

/** What was taken out of the library, and the library before and after. */
export interface ForgetReport {
  forgotten: { source: string; file: string }[];
  before: LibraryCounts;
  library: LibraryCounts;
}

/** The library before and after it was numbered anew. */
export interface CompactReport {
  changed: boolean;
  before: LibraryCounts;
  library: LibraryCounts;
}

/** What `append` took. */
export interface AppendReport {
  /** Rows taken; tracks and owners that the library knew already are among them. */
  added: Provenance['taken'];
  /** False when the very same rows were there already. */
  changed: boolean;
  /** Id of the state with them in it. */
  datasetId: string;
}

/** Sizes and how much of them is known: shares are 0–1. */
export interface LibraryCounts {
  tracks: number;
  artists: number;
  albums: number;
  genres: number;
  owners: number;
  entries: number;
  /** Tracks that are linked to an earlier track as the same song. */
  sameSong: number;
  tracksWithFeatures: number;
  tracksWithGenres: number;
  artistsWithGenres: number;
  /** Shares of the entries whose track has … */
  entriesWithFeatures: number;
  entriesWithGenres: number;
  entriesWithYear: number;
  entriesWithPopularity: number;
}

export interface SavedModel {
  id: string;
  bytes: number;
  /** Milliseconds since 1970 of the file. */
  savedAt: number;
}

export interface LibraryInfo {
  dir: string;
  /** The state's id; null while the library holds no data. */
  datasetId: string | null;
  catalogueId: string | null;
  counts: LibraryCounts;
  provenance: Provenance[];
  cleaning: Record<string, number>;
  models: SavedModel[];
  /** Tracks that queries named and the catalogue lacks; merged by `mergeWaiting`. */
  waiting: number;
  /** Files that a stopped import has read, and that wait for the same import to be run again. */
  unfinished: number;
}

/** Where batches that come from no file are from: a service, a generator. */
export interface Origin {
  id: string;
  title: string;
  licence: string;
  citation: string;
}

/**
 * The folder on disk that holds all of a person's data: what was imported, the dataset that was merged from it, the trained models and
 * the tracks that wait. Readers see one consistent state at any moment; writers exclude each other (LIBRARY_BUSY).
 */
export interface LibraryApi {
  readonly dir: string;
  /** Id of the current state, null when empty; read from disk, so it tells when another process changed the library. */
  datasetId(): Promise<string | null>;
  /** @throws SegueError LIBRARY_EMPTY, FILE_UNREADABLE, FORMAT_NEWER */
  dataset(): Promise<Dataset>;
  /**
   * Takes rows that come from no file as one named part of the library; the same name again replaces the part.
   * @throws SegueError LIBRARY_BUSY, CANCELLED
   */
  importBatches(
    origin: Origin,
    name: string,
    batches: Iterable<Batch> | AsyncIterable<Batch>,
    options?: ImportOptions,
  ): Promise<ImportReport>;
  /**
   * Adds rows behind everything that the library holds: cheap whatever its size, because only the rows and the manifest are written. They are part of the
   * next `dataset()`; the merged dataset takes them in later, in the background, when enough have come. The same rows under the same name change nothing.
   * New tracks of a known owner of kind `person` go behind those that it has; a playlist that is there already is left out.
   * @param name the file that `forget` takes them out by, e.g. `listener:42`; several calls may share it
   * @throws SegueError LIBRARY_BUSY while another process changes the library
   */
  append(rows: Batch, origin: Origin, name: string): Promise<AppendReport>;
  /** Resolves when no merging goes on in the background of this object. */
  settled(): Promise<void>;
  /** Remembers tracks that a query named and the catalogue lacks, or more that became known of one; exact repetitions are left out. Returns how many wait now. */
  addWaiting(tracks: readonly TrackRow[]): Promise<number>;
  waitingCount(): Promise<number>;
  waitingTracks(): Promise<TrackRow[]>;
  /** Merges waiting tracks into the dataset, behind all others. Returns how many were merged. */
  mergeWaiting(options?: ImportOptions): Promise<number>;
  /** Saves a model's bytes (`encodeArtifact`) under its id, atomically; the version that it replaces is kept until the next one. */
  saveModel(id: string, bytes: Uint8Array): Promise<void>;
  /** Checkpoints of a model's training, by a key of all that it depends on; those of the model under other keys are removed. */
  checkpoints(model: string, key: string): Promise<CheckpointFolder>;
  /**
   * The saved bytes, in shared memory, for `decodeArtifact`, or null when there is no such model.
   * @param byRows columns of indexes that are loaded as `RowsOnDemand`: where given, their rows and exact numbers that few queries need are left
   * to be read when they are asked for
   */
  loadModel(id: string, byRows?: ReadonlySet<string>): Promise<Uint8Array | null>;
  /** The header of the saved bytes alone; null when there is no such model, or its header is damaged or of another version. */
  modelHeader(id: string): Promise<FileHeader | null>;
  /** Whether a file was found right before, see `sumOf`. */
  isSound(key: string): Promise<boolean>;
  /** Remembers files that were found right. */
  keepSound(...keys: readonly string[]): Promise<void>;
  /** What was saved of this state, in shared memory; null when nothing was. */
  loadDerived(kind: Derived, datasetId: string): Promise<Uint8Array | null>;
  /**
   * Saves what was made of a state, atomically and in place of what was made of others, unless another state has replaced it; with the state it goes.
   * @returns whether it was saved
   */
  saveDerived(kind: Derived, datasetId: string, pieces: () => readonly Uint8Array[]): Promise<boolean>;
  listModels(): Promise<SavedModel[]>;
  removeModel(id: string): Promise<void>;
  info(): Promise<LibraryInfo>;
}
