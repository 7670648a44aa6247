import { TaskThread, withThreads } from '../math/task-thread.ts';
import type { FoldTasks } from './fold-worker.ts';
import { readManifest } from './manifest.ts';
import { fold } from './merge.ts';
import { openState } from './state.ts';

/** Merges the increments of a library into its dataset. Requires the lock. @throws SegueError FILE_UNREADABLE */
export async function foldIncrements(dir: string): Promise<void> {
  const manifest = await readManifest(dir);
  if (manifest.base === null || manifest.merged === manifest.segments.length) return;
  await fold(dir, manifest, await openState(dir, manifest, null));
}

/** As `foldIncrements`, in a separate thread, so that queries go on being answered. */
export async function foldInBackground(dir: string): Promise<void> {
  const file = new URL('fold-worker.ts', import.meta.url);
  const thread = new TaskThread<FoldTasks>(file, null, 'Merging the increments');
  await withThreads([thread], undefined, () => thread.run('fold', dir));
}
