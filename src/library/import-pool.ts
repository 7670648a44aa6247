import type { BatchColumns } from '../dataset/batch-columns.ts';
import { SegueError, throwIfCancelled } from '../errors.ts';
import { share, TaskThread, withThreads } from '../math/task-thread.ts';
import type { ImportedFile } from './import-file.ts';
import type { ImportSetup, ImportTasks } from './import-worker.ts';

/** Result for a file: its segment, or why it could not be read. */
export type FileResult = ImportedFile | SegueError;

export interface PoolOptions {
  readonly signal?: AbortSignal;
  /**
   * Called with each batch of a multi-batch file before the file is done; may return the numbers of the batch's tracks. Only for files that are read
   * in this thread.
   */
  readonly onBatch?: (number: number, columns: BatchColumns) => Int32Array | null;
  /** Called when a file is done, with its only batch if it is in memory. */
  readonly onFile: (number: number, result: FileResult, columns: BatchColumns | null) => void;
  /** Whether to continue with the other files after this failure. */
  readonly tolerate: (number: number, error: SegueError) => boolean;
}

/** One file is always queued for each thread, so that it need not wait for this one. */
const AHEAD = 2;

/** Reads the files on several threads; they complete in any order. The source must be in the registry. */
export async function importOnThreads(
  setup: ImportSetup,
  files: readonly string[],
  threads: number,
  { signal, onFile, tolerate }: PoolOptions,
): Promise<void> {
  const what = 'The import';
  throwIfCancelled(signal, what);
  const file = new URL('import-worker.ts', import.meta.url);
  const lanes = Array.from(
    { length: Math.min(threads, files.length) },
    () => new TaskThread<ImportTasks>(file, setup, what),
  );
  const read = async (thread: TaskThread<ImportTasks>, number: number): Promise<void> => {
    const result = await thread.run('read', files[number]!).catch((error: unknown) => {
      if (error instanceof SegueError && tolerate(number, error)) return error;
      throw error;
    });
    onFile(number, result, null);
  };
  await withThreads(lanes, signal, () => share(lanes, files.length, read, AHEAD));
}
