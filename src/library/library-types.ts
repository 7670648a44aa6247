import type { FileHeader } from '../dataset/container.ts';
import type { Dataset, Provenance } from '../dataset/dataset.ts';
import type { Batch, Rejection, TrackRow } from '../dataset/rows.ts';
import type { OnProgress } from '../math/progress.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import type { Derived } from './file-names.ts';

export interface ImportOptions {
  readonly signal?: AbortSignal;
  /** Most of the work is reading, measured by bytes of input; merging and writing take about the last fifth. */
  readonly onProgress?: OnProgress;
  /** The source's own options, e.g. { slices: '0-99' }. */
  readonly options?: Readonly<Record<string, string>>;
  /** Threads that read files; 0 reads in this thread. Default: up to 2, and 0 for small imports. */
  readonly workers?: number;
  /** Reads files of earlier imports again even if the file system says that they are unchanged. */
  readonly verify?: boolean;
}

/** Result of an import; counts refer to the files of this import, including those imported before. */
export interface ImportReport {
  source: string;
  /** Number of files read now, of files that the library already had, and of other files in a folder or archive. */
  read: number;
  already: number;
  skipped: { file: string; reason: string }[];
  taken: Provenance['taken'];
  rejections: Rejection[];
  /** What cleaning changed, by rule. */
  cleaning: Record<string, number>;
  /** False when there was nothing new, so that the library is unchanged. */
  changed: boolean;
  /** The library before and after. */
  before: LibraryCounts;
  library: LibraryCounts;
}

/** What was removed from the library, and the library before and after. */
export interface ForgetReport {
  forgotten: { source: string; file: string }[];
  before: LibraryCounts;
  library: LibraryCounts;
}

/** The library before and after renumbering. */
export interface CompactReport {
  changed: boolean;
  before: LibraryCounts;
  library: LibraryCounts;
}

/** Result of `append`. */
export interface AppendReport {
  /** Rows accepted, including tracks and owners that the library already had. */
  added: Provenance['taken'];
  /** False when exactly the same rows were there already. */
  changed: boolean;
  /** Id of the state that includes them. */
  datasetId: string;
}

/** Sizes, and how much of them is known: shares are 0–1. */
export interface LibraryCounts {
  tracks: number;
  artists: number;
  albums: number;
  genres: number;
  owners: number;
  entries: number;
  /** Tracks linked to an earlier track as the same song. */
  sameSong: number;
  tracksWithFeatures: number;
  tracksWithGenres: number;
  artistsWithGenres: number;
  /** Shares of the entries whose track has the named data. */
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
  /** Tracks named in queries that the catalogue lacks; merged by `mergeWaiting`. */
  waiting: number;
  /** Files already read by a stopped import; they are used when the same import is run again. */
  unfinished: number;
}

/** Origin of batches that do not come from a file: a service, a generator. */
export interface Origin {
  id: string;
  title: string;
  licence: string;
  citation: string;
}

/**
 * The folder on disk with all of a person's data: what was imported, the dataset merged from it, the trained models and the waiting tracks. Readers
 * always see one consistent state; writers exclude each other (LIBRARY_BUSY).
 */
export interface LibraryApi {
  readonly dir: string;
  /** Id of the current state, null when empty; read from disk, so it reveals changes by other processes. */
  datasetId(): Promise<string | null>;
  /** @throws SegueError LIBRARY_EMPTY, FILE_UNREADABLE, FORMAT_NEWER */
  dataset(): Promise<Dataset>;
  /**
   * Imports rows that do not come from a file as a named part of the library; importing the same name again replaces the part.
   * @throws SegueError LIBRARY_BUSY, CANCELLED
   */
  importBatches(
    origin: Origin,
    name: string,
    batches: Iterable<Batch> | AsyncIterable<Batch>,
    options?: ImportOptions,
  ): Promise<ImportReport>;
  /**
   * Appends rows to the library at a cost independent of its size, since only the rows and the manifest are written. They are part of the next
   * `dataset()`; they are merged into the dataset later, in the background, when enough have accumulated. Appending the same rows under the same name
   * changes nothing. New tracks of a known owner of kind `person` are added after its existing ones; a playlist that exists already is ignored.
   * @param name file name by which `forget` can remove them, e.g. `listener:42`; several calls may share it
   * @throws SegueError LIBRARY_BUSY while another process changes the library
   */
  append(rows: Batch, origin: Origin, name: string): Promise<AppendReport>;
  /** Resolves when this object has no merge running in the background. */
  settled(): Promise<void>;
  /** Keeps tracks that a query named and the catalogue lacks, or further data on one; ignores exact repetitions. Returns the number now waiting. */
  addWaiting(tracks: readonly TrackRow[]): Promise<number>;
  waitingCount(): Promise<number>;
  waitingTracks(): Promise<TrackRow[]>;
  /** Merges waiting tracks into the dataset, after all others. Returns how many were merged. */
  mergeWaiting(options?: ImportOptions): Promise<number>;
  /** Saves a model's bytes (`encodeArtifact`) under its id, atomically; the replaced version is kept until the next save. */
  saveModel(id: string, bytes: Uint8Array): Promise<void>;
  /** Checkpoints of a model's training, by a key of everything that it depends on; removes the model's checkpoints under other keys. */
  checkpoints(model: string, key: string): Promise<CheckpointFolder>;
  /**
   * The saved bytes, in shared memory, for `decodeArtifact`; null when there is no such model.
   * @param byRows columns of indexes loaded as `RowsOnDemand`. If given, their rows, and exact numbers that few queries need, are read only on
   * request
   */
  loadModel(id: string, byRows?: ReadonlySet<string>): Promise<Uint8Array | null>;
  /** Only the header of the saved bytes; null when there is no such model, or its header is damaged or of another version. */
  modelHeader(id: string): Promise<FileHeader | null>;
  /** Whether a file has been verified before; see `sumOf`. */
  isSound(key: string): Promise<boolean>;
  /** Records files that have been verified. */
  keepSound(...keys: readonly string[]): Promise<void>;
  /** The data derived from this state, in shared memory; null when none was saved. */
  loadDerived(kind: Derived, datasetId: string): Promise<Uint8Array | null>;
  /**
   * Saves data derived from a state, atomically and replacing that of others, unless another state has replaced it; it is removed together with the
   * state.
   * @returns whether it was saved
   */
  saveDerived(kind: Derived, datasetId: string, pieces: () => readonly Uint8Array[]): Promise<boolean>;
  listModels(): Promise<SavedModel[]>;
  removeModel(id: string): Promise<void>;
  info(): Promise<LibraryInfo>;
}
