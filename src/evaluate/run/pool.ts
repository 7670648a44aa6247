import { setImmediate as turn } from 'node:timers/promises';
import type { Dataset } from '../../dataset/dataset.ts';
import { shareDataset } from '../../dataset/shared-dataset.ts';
import { throwIfCancelled } from '../../errors.ts';
import type { OnProgress } from '../../math/progress.ts';
import { TaskThread } from '../../math/task-thread.ts';
import type { Fold } from '../protocol.ts';
import { type Answers, type Candidate, Execution, type Plan } from './execution.ts';
import type { EvaluationTasks, Target, WorkerSetup } from './worker.ts';

/** One thread that fits and queries models, one task at a time. */
export interface Lane {
  fit(candidate: Candidate, fold: number, onProgress: OnProgress): Promise<{ artifact: Uint8Array; seconds: number }>;
  answer(candidate: Candidate, fold: number, artifact: Uint8Array, from: number, to: number): Promise<Answers>;
  forget(candidate: Candidate, fold: number): Promise<void>;
  end(): Promise<void>;
}

/**
 * The calling thread as a lane; the only one that accepts unregistered models. It yields to the event loop between tasks, so that Ctrl-C is handled.
 */
export function localLane(plan: Plan, folds: Fold[], signal?: AbortSignal): Lane {
  const execution = new Execution(plan, folds);
  return {
    async fit(candidate, fold, onProgress) {
      await turn();
      throwIfCancelled(signal, 'The evaluation');
      const start = performance.now();
      const artifact = await execution.fit(candidate, fold, { signal, onProgress });
      return { artifact, seconds: (performance.now() - start) / 1000 };
    },
    async answer(candidate, fold, artifact, from, to) {
      await turn();
      throwIfCancelled(signal, 'The evaluation');
      execution.load(candidate, fold, artifact);
      return execution.answer(candidate, fold, from, to, signal);
    },
    async forget(candidate, fold) {
      execution.forget(candidate, fold);
    },
    async end() {},
  };
}

class WorkerLane implements Lane {
  private readonly thread: TaskThread<EvaluationTasks>;

  constructor(setup: WorkerSetup) {
    this.thread = new TaskThread(new URL('worker.ts', import.meta.url), setup, 'The evaluation');
  }

  fit(candidate: Candidate, fold: number, onProgress: OnProgress): Promise<{ artifact: Uint8Array; seconds: number }> {
    return this.thread.run('fit', targetOf(candidate, fold), onProgress);
  }

  answer(candidate: Candidate, fold: number, artifact: Uint8Array, from: number, to: number): Promise<Answers> {
    return this.thread.run('answer', { target: targetOf(candidate, fold), artifact, from, to });
  }

  forget(candidate: Candidate, fold: number): Promise<void> {
    return this.thread.run('forget', targetOf(candidate, fold));
  }

  end(): Promise<void> {
    return this.thread.end();
  }
}

const targetOf = ({ name, model, config }: Candidate, fold: number): Target => ({
  name,
  model: model.id,
  config,
  fold,
});

/** Opens `threads` worker threads over one shared copy of the dataset. Each computes the folds itself, which costs less than passing them. */
export function openLanes(plan: Plan, dataset: Dataset, threads: number): Lane[] {
  const setup: WorkerSetup = {
    dataset: shareDataset(dataset),
    protocol: plan.protocol.id,
    options: plan.options,
    seed: plan.seed,
    depth: plan.depth,
    perArtist: plan.perArtist,
  };
  return Array.from({ length: threads }, () => new WorkerLane(setup));
}
