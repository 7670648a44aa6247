import { Worker } from 'node:worker_threads';
import type { Dataset } from '../../dataset/dataset.ts';
import { shareDataset } from '../../dataset/shared-dataset.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
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
  const workers: Worker[] = [];
  const cancelled = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new SegueError('CANCELLED', { got: `${what} was stopped` }));
    context.signal?.addEventListener('abort', stop, { once: true });
  });
  const work = async (): Promise<void> => {
    // Flags of the main thread such as --test are not for workers.
    const worker = new Worker(new URL('fold-worker.ts', import.meta.url), { workerData, execArgv: [] });
    workers.push(worker);
    while (next < tasks.length) {
      const task = next++;
      results[task] = await perform(worker, tasks[task]!, (fraction, note) => report(task, fraction, note));
      report(task, 1, 'asking questions');
    }
  };
  try {
    const lanes = Array.from({ length: Math.min(threads, tasks.length) }, work);
    await Promise.race([Promise.all(lanes), cancelled]);
    return results;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function perform(
  worker: Worker,
  task: FoldWorkerTask,
  onProgress: (fraction: number, note: string) => void,
): Promise<FoldResult> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', receive);
      worker.off('error', broken);
      act();
    };
    const receive = (reply: FoldWorkerReply): void => {
      if (reply.kind === 'progress') onProgress(reply.fraction, reply.note);
      else if (reply.kind === 'failed') settle(() => reject(new SegueError(reply.code, { got: reply.message })));
      else settle(() => resolve(reply));
    };
    const broken = (cause: unknown): void => {
      const got = `A thread of the training broke: ${cause instanceof Error ? cause.message : String(cause)}`;
      settle(() => reject(new SegueError('INTERNAL', { got, cause })));
    };
    worker.on('message', receive);
    worker.on('error', broken);
    worker.postMessage(task);
  });
}
