import { workerData } from 'node:worker_threads';
import { openShared, type SharedDataset } from '../../dataset/shared-dataset.ts';
import type { TaskContext } from '../../math/task-protocol.ts';
import { serveTasks } from '../../math/task-worker.ts';
import { modelById } from '../../models/registry.ts';
import { protocolById } from '../registry.ts';
import { type Answers, type Candidate, Execution, foldsOf, type Plan } from './execution.ts';

/** Start data of a worker thread. */
export interface WorkerSetup {
  readonly dataset: SharedDataset;
  readonly protocol: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly depth: number;
  readonly perArtist?: Plan['perArtist'];
}

/** One of the candidates on one of the folds. */
export interface Target {
  readonly name: string;
  readonly model: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly fold: number;
}

const setup = workerData as WorkerSetup;
const plan: Plan = { ...setup, protocol: protocolById(setup.protocol) };
const execution = new Execution(plan, foldsOf(plan, openShared(setup.dataset)));
const candidateOf = ({ name, model, config }: Target): Candidate => ({ name, model: modelById(model), config });

const tasks = {
  async fit(target: Target, { onProgress }: TaskContext): Promise<{ artifact: Uint8Array; seconds: number }> {
    const start = performance.now();
    const bytes = await execution.fit(candidateOf(target), target.fold, { onProgress });
    const artifact = new Uint8Array(new SharedArrayBuffer(bytes.length));
    artifact.set(bytes);
    return { artifact, seconds: (performance.now() - start) / 1000 };
  },

  answer({ target, artifact, from, to }: { target: Target; artifact: Uint8Array; from: number; to: number }): Answers {
    const candidate = candidateOf(target);
    execution.load(candidate, target.fold, artifact);
    return execution.answer(candidate, target.fold, from, to);
  },

  forget(target: Target): void {
    execution.forget(candidateOf(target), target.fold);
  },
};
export type EvaluationTasks = typeof tasks;
serveTasks(tasks);
