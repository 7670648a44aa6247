import { Worker } from 'node:worker_threads';
import type { BatchColumns } from '../dataset/batch-columns.ts';
import { type ErrorCode, SegueError, throwIfCancelled } from '../errors.ts';
import type { ImportedFile } from './import-file.ts';

export interface ImportSetup {
  segments: string;
  source: string;
  options: Readonly<Record<string, string>>;
}

export interface ImportJob {
  number: number;
  file: string;
}

interface Answer {
  number: number;
  imported?: ImportedFile;
  failure?: { code: ErrorCode; got: string; expected?: string; remedy?: string };
}

/** What became of each file: its segment, or why it could not be read. */
export type FileResult = ImportedFile | SegueError;

export interface PoolOptions {
  readonly signal?: AbortSignal;
  /** Called when a file is done; with its only batch where that is in memory. */
  readonly onFile?: (number: number, result: FileResult, columns: BatchColumns | null) => void;
  /** Whether the others go on after this failure. */
  readonly tolerate: (number: number, error: SegueError) => boolean;
}

/** Reads the files on several threads; results are in the order of the files. The source must be in the registry. */
export async function importOnThreads(
  setup: ImportSetup,
  files: readonly string[],
  threads: number,
  { signal, onFile, tolerate }: PoolOptions,
): Promise<FileResult[]> {
  throwIfCancelled(signal, 'The import');
  const results: FileResult[] = new Array(files.length);
  const workers: Worker[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      let next = 0;
      let done = 0;
      const stop = (): void => reject(cancelled());
      signal?.addEventListener('abort', stop, { once: true });
      for (let t = 0; t < Math.min(threads, files.length); t++) {
        const worker = new Worker(new URL('./import-worker.ts', import.meta.url), { workerData: setup });
        workers.push(worker);
        const give = (): void => {
          if (next < files.length) worker.postMessage({ number: next, file: files[next++]! } satisfies ImportJob);
        };
        worker.on('error', reject);
        worker.on('exit', (code) => reject(ended(code)));
        worker.on('message', ({ number, imported, failure }: Answer) => {
          const result = imported ?? new SegueError(failure!.code, failure!);
          if (result instanceof SegueError && !tolerate(number, result)) return reject(result);
          results[number] = result;
          give();
          onFile?.(number, result, null);
          if (++done === files.length) resolve();
        });
        // One file is always waiting for the thread, so that it need not wait for this one.
        give();
        give();
      }
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

/** Harmless where the import is over: the promise is settled by then. */
const ended = (code: number): SegueError =>
  new SegueError('INTERNAL', { got: `A thread of the import ended by itself with exit code ${code}` });

function cancelled(): SegueError {
  return new SegueError('CANCELLED', { got: 'The import was stopped', remedy: 'Run the same command again to resume' });
}
