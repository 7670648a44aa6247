import { workerData } from 'node:worker_threads';
import { openShared, type SharedDataset } from '../../dataset/shared-dataset.ts';
import { setThreads } from '../../math/pool.ts';
import { Rng } from '../../math/rng.ts';
import type { TaskContext } from '../../math/task-protocol.ts';
import { serveTasks } from '../../math/task-worker.ts';
import { fitBaseModels, type SavedBaseModels, saveBaseModels } from './base-models.ts';
import { type HybridCatalogue, hybridCatalogue } from './catalogue.ts';
import type { HybridConfig } from './config.ts';
import { coldAttributes } from './content-inputs.ts';
import { answerFold, type FoldTask } from './fold.ts';
import type { FoldRows } from './fold-rows.ts';

export interface FoldWorkerSetup {
  readonly dataset: SharedDataset;
  readonly config: HybridConfig;
}

// One thread each: as many of these workers run as there are cores.
setThreads(1);
const { dataset: shared, config } = workerData as FoldWorkerSetup;
const dataset = openShared(shared);
let catalogue: HybridCatalogue | null = null;

const tasks = {
  async fold(task: FoldTask, { onProgress, move }: TaskContext): Promise<FoldRows> {
    catalogue ??= hybridCatalogue(dataset);
    const rows = await answerFold(dataset, catalogue, config, task, { onProgress });
    const { judged, titled } = rows;
    move(
      ...[rows, judged, titled].flatMap(({ features, labels, groups }) => [
        features.buffer,
        labels.buffer,
        groups.buffer,
      ]),
    );
    return rows;
  },

  /** Trains the finished model's base models on all owners. */
  async baseModels(seed: number, { onProgress }: TaskContext): Promise<SavedBaseModels> {
    return saveBaseModels(await fitBaseModels(dataset, { rng: new Rng(seed), onProgress }, coldAttributes(dataset)));
  },
};
export type FoldTasks = typeof tasks;
serveTasks(tasks);
