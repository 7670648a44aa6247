import type { Dataset } from '../../dataset/dataset.ts';
import { shareDataset } from '../../dataset/shared-dataset.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { TaskThread, withThreads } from '../../math/task-thread.ts';
import type { FitContext } from '../model.ts';
import type { HybridConfig } from './config.ts';
import type { FoldWorkerReply, FoldWorkerSetup, FoldWorkerTask } from './fold-worker.ts';

/** What the tasks came to, in their order. */
export type FoldResult = Extract<FoldWorkerReply, { kind: 'rows' | 'views' }>;

/**
 * Performs the tasks on worker threads over one shared copy of the dataset, each on one core; the first ones are begun first.
 * When the signal aborts or a task fails, all threads are ended. @throws SegueError CANCELLED
 */
export async function performOnThreads(
  dataset: Dataset,
  config: HybridConfig,
  tasks: readonly FoldWorkerTask[],
  threads: number,
  context: Pick<FitContext, 'signal' | 'onProgress'>,
): Promise<FoldResult[]> {
  const what = 'Training of the model "hybrid"';
  throwIfCancelled(context.signal, what);
  const workerData: FoldWorkerSetup = { dataset: shareDataset(dataset), config };
  const fractions = new Float64Array(tasks.length);
  const results: FoldResult[] = [];
  let next = 0;
  const report = (task: number, fraction: number, note: string): void => {
    fractions[task] = fraction;
    const done = fractions.reduce((sum, part) => sum + part, 0) / tasks.length;
    context.onProgress?.(done, `${note}, ${results.filter(Boolean).length} of ${tasks.length} parts done`);
  };
  const file = new URL('fold-worker.ts', import.meta.url);
  const lanes = Array.from(
    { length: Math.min(threads, tasks.length) },
    () => new TaskThread<FoldWorkerTask, FoldWorkerReply>(file, workerData, what),
  );
  const work = async (thread: (typeof lanes)[number]): Promise<void> => {
    while (next < tasks.length) {
      const task = next++;
      results[task] = await thread.run(tasks[task]!, (reply) => {
        if (reply.kind === 'failed') throw new SegueError(reply.code, { got: reply.message });
        if (reply.kind !== 'progress') return reply;
        report(task, reply.fraction, reply.note);
        return undefined;
      });
      report(task, 1, 'asking questions');
    }
  };
  return withThreads(lanes, context.signal, async () => {
    await Promise.all(lanes.map(work));
    return results;
  });
}
