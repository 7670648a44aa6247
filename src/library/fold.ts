import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { readManifest } from './manifest.ts';
import { fold } from './merge.ts';
import { openState } from './state.ts';

/** Merges the increments of a library into its dataset. Only while holding the lock. @throws SegueError FILE_UNREADABLE */
export async function foldIncrements(dir: string): Promise<void> {
  const manifest = await readManifest(dir);
  if (manifest.base === null || manifest.merged === manifest.segments.length) return;
  await fold(dir, manifest, openState(dir, manifest, null));
}

/** The same on a thread of its own, so that answers go on. */
export async function foldInBackground(dir: string): Promise<void> {
  const worker = new Worker(new URL('./fold-worker.ts', import.meta.url), { workerData: dir });
  const [code] = (await once(worker, 'exit')) as [number];
  if (code !== 0) throw new Error(`The merging thread ended with code ${code}`);
}
