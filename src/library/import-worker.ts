import { parentPort, workerData } from 'node:worker_threads';
import { SegueError } from '../errors.ts';
import { sourceById } from '../sources/registry.ts';
import { importFile } from './import-file.ts';
import type { ImportJob, ImportSetup } from './import-pool.ts';

// A thread of an import: takes one file at a time, answers with its segment or the error.
const { segments, source: id, options } = workerData as ImportSetup;
const source = sourceById(id);
const port = parentPort!;

let last: Promise<void> = Promise.resolve();
port.on('message', (job: ImportJob) => {
  last = last.then(() => work(job));
});

async function work({ number, file }: ImportJob): Promise<void> {
  try {
    port.postMessage({ number, imported: await importFile(segments, source, file, options) });
  } catch (error) {
    // A copy over the thread's border would lose the error's class, so its parts are sent.
    if (error instanceof SegueError) {
      const { code, got, expected, remedy } = error;
      port.postMessage({ number, failure: { code, got, expected, remedy } });
    } else port.postMessage({ number, failure: { code: 'INTERNAL', got: String((error as Error).stack) } });
  }
}
