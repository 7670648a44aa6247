import { parentPort, workerData } from 'node:worker_threads';
import { openShared, type SharedDataset } from '../../dataset/shared-dataset.ts';
import { type ErrorCode, SegueError } from '../../errors.ts';
import { setThreads } from '../../math/pool.ts';
import { Rng } from '../../math/rng.ts';
import { fitViews, type SavedViews, saveViews } from './base-models.ts';
import { type HybridCatalogue, hybridCatalogue } from './catalogue.ts';
import type { HybridConfig } from './config.ts';
import { answerFold, type FoldRows, type FoldTask } from './fold.ts';

export interface FoldWorkerSetup {
  readonly dataset: SharedDataset;
  readonly config: HybridConfig;
}

/** One fold's questions, or the views of the finished model, trained on everyone. */
export type FoldWorkerTask =
  | { readonly kind: 'fold'; readonly fold: FoldTask }
  | { readonly kind: 'views'; readonly seed: number };

export type FoldWorkerReply =
  | { readonly kind: 'progress'; readonly fraction: number; readonly note: string }
  | { readonly kind: 'rows'; readonly rows: FoldRows }
  | { readonly kind: 'views'; readonly views: SavedViews }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };

// As many of these run as there are cores.
setThreads(1);
const port = parentPort!;
const { dataset: shared, config } = workerData as FoldWorkerSetup;
const dataset = openShared(shared);
let catalogue: HybridCatalogue | null = null;
const reply = (message: FoldWorkerReply, transfer: ArrayBufferLike[] = []): void =>
  port.postMessage(message, transfer as ArrayBuffer[]);
const onProgress = (fraction: number, note: string): void => reply({ kind: 'progress', fraction, note });

async function perform(task: FoldWorkerTask): Promise<void> {
  if (task.kind === 'views') {
    const views = saveViews(await fitViews(dataset, { rng: new Rng(task.seed), onProgress }));
    reply({ kind: 'views', views });
    return;
  }
  catalogue ??= hybridCatalogue(dataset);
  const rows = await answerFold(dataset, catalogue, config, task.fold, { onProgress });
  reply({ kind: 'rows', rows }, [rows.features.buffer, rows.labels.buffer, rows.groups.buffer]);
}

port.on('message', (task: FoldWorkerTask) => {
  perform(task).catch((error: unknown) => {
    const code = error instanceof SegueError ? error.code : 'INTERNAL';
    reply({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  });
});
