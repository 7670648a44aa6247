import type { Dataset } from '../../dataset/dataset.ts';
import { shareDataset } from '../../dataset/shared-dataset.ts';
import { throwIfCancelled } from '../../errors.ts';
import type { Progress } from '../../math/progress.ts';
import { share, TaskThread, withThreads } from '../../math/task-thread.ts';
import { resumable } from '../checkpoints.ts';
import type { FitContext } from '../model.ts';
import { baseModelsStage, type SavedBaseModels } from './base-models.ts';
import type { HybridConfig } from './config.ts';
import type { FoldTask } from './fold.ts';
import { type FoldRows, foldStage } from './fold-rows.ts';
import type { FoldTasks, FoldWorkerSetup } from './fold-worker.ts';

/**
 * Runs the folds and trains the base models on worker threads, one core each, over one shared copy of the dataset. Ends all threads when the signal
 * aborts or a task fails. @throws SegueError CANCELLED
 */
export async function performOnThreads(
  dataset: Dataset,
  config: HybridConfig,
  folds: readonly FoldTask[],
  baseSeed: number,
  threads: number,
  context: Pick<FitContext, 'signal' | 'onProgress' | 'checkpoints'>,
): Promise<{ rows: FoldRows[]; baseModels: SavedBaseModels }> {
  const what = 'Training of the model "hybrid"';
  throwIfCancelled(context.signal, what);
  const workerData: FoldWorkerSetup = { dataset: shareDataset(dataset), config };
  const parts = folds.length + 1;
  const fractions = new Float64Array(parts);
  const report = (part: number, { fraction, note }: Progress): void => {
    fractions[part] = fraction;
    const sum = fractions.reduce((total, own) => total + own, 0);
    const done = fractions.reduce((count, own) => count + (own === 1 ? 1 : 0), 0);
    context.onProgress?.({ fraction: sum / parts, note: `${note}, ${done} of ${parts} parts done` });
  };
  const file = new URL('fold-worker.ts', import.meta.url);
  const lanes = Array.from(
    { length: Math.min(threads, parts) },
    () => new TaskThread<FoldTasks>(file, workerData, what),
  );
  const rows: FoldRows[] = [];
  let baseModels: SavedBaseModels | null = null;
  await withThreads(lanes, context.signal, () =>
    share(lanes, parts, async (thread, part) => {
      const onProgress = (progress: Progress): void => report(part, progress);
      if (part < folds.length) {
        const answered = await resumable(context.checkpoints, `fold ${part}`, foldStage, async () => ({
          rows: await thread.run('fold', folds[part]!, onProgress),
          sampler: [],
        }));
        rows[part] = answered.rows;
      } else
        baseModels = await resumable(context.checkpoints, 'base models', baseModelsStage, () =>
          thread.run('baseModels', baseSeed, onProgress),
        );
      report(part, { fraction: 1, note: 'running training queries' });
    }),
  );
  return { rows, baseModels: baseModels! };
}
