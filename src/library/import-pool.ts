import type { BatchColumns } from '../dataset/batch-columns.ts';
import { SegueError, throwIfCancelled } from '../errors.ts';
import { share, TaskThread, withThreads } from '../math/task-thread.ts';
import type { ImportedFile } from './import-file.ts';
import type { ImportSetup, ImportTasks } from './import-worker.ts';

/** What became of each file: its segment, or why it could not be read. */
export type FileResult = ImportedFile | SegueError;

export interface PoolOptions {
  readonly signal?: AbortSignal;
  /** Called with each batch of a file of several, before it is done; may give the numbers of the batch's tracks. Only files that are read here. */
  readonly onBatch?: (number: number, columns: BatchColumns) => Int32Array | null;
  /** Called when a file is done; with its only batch where that is in memory. */
  readonly onFile: (number: number, result: FileResult, columns: BatchColumns | null) => void;
  /** Whether the others go on after this failure. */
  readonly tolerate: (number: number, error: SegueError) => boolean;
}

/** One file is always waiting for a thread, so that it need not wait for this one. */
const AHEAD = 2;

/** Reads the files on several threads; they are done in any order. The source must be in the registry. */
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
