import type { CleanBatch } from '../dataset/batch-columns.ts';
import type { Batch } from '../dataset/rows.ts';

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Bytes of input read so far and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Source-specific choices, e.g. { slices: '0-99' } or { user: 'userID', item: 'artistID' }. */
  readonly options?: Readonly<Record<string, string>>;
  /** For sources that only complete known tracks: whether the library has the track with this URI. */
  readonly known?: (uri: string) => boolean;
}

/**
 * One origin of data. `read` yields batches and filters nothing: malformed rows become rejections with cause, count and place;
 * only a file that cannot be read at all throws.
 */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
  /** What files it expects, for help and messages. */
  readonly expects: string;
  /** Options it understands: name → meaning. */
  readonly options: Readonly<Record<string, string>>;
  /** Those of the options that only choose files; the others change what a file gives, so the same file is read again for others. */
  readonly selects?: readonly string[];
  /** For tables far larger than a library: whether only the rows of tracks that it knows are taken; `read` then gets `known`. */
  completes?(options: Readonly<Record<string, string>>): boolean;
  /** The files behind the given paths (directories expanded), in a stable order. @throws SegueError FILE_UNREADABLE */
  files(paths: readonly string[], options?: Readonly<Record<string, string>>): Promise<string[]>;
  /** Reads one file. Idempotence and resumption are per file. */
  read(file: string, options?: ReadOptions): AsyncIterable<Batch>;
  /** A faster way to the whole of what `read` gives for a file of these (unpacked) bytes, cleaned; null when it needs `read`. */
  readClean?(bytes: Uint8Array): CleanBatch | null;
  /** For origins without files, such as a generator: replaces the hash and size of a file's bytes. */
  identify?(file: string, options?: Readonly<Record<string, string>>): Promise<{ sha256: string; bytes: number }>;
}
