import { setImmediate as turn } from 'node:timers/promises';
import type { Dataset } from '../../dataset/dataset.ts';
import { shareDataset } from '../../dataset/shared-dataset.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import { TaskThread } from '../../math/task-thread.ts';
import type { Fold } from '../protocol.ts';
import { type Answers, type Candidate, Execution, type Plan } from './execution.ts';
import type { WorkerReply, WorkerSetup, WorkerTask } from './worker-protocol.ts';

type FitProgress = (fraction: number, note: string) => void;

/** One thread that fits and asks models, one task at a time. */
export interface Lane {
  fit(candidate: Candidate, fold: number, onProgress: FitProgress): Promise<{ artifact: Uint8Array; seconds: number }>;
  answer(candidate: Candidate, fold: number, artifact: Uint8Array, from: number, to: number): Promise<Answers>;
  forget(candidate: Candidate, fold: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * The calling thread as a lane; the only one that takes models which are in no registry. Between tasks the event loop turns, so that Ctrl-C is heard.
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
    async close() {},
  };
}

class WorkerLane implements Lane {
  private readonly thread: TaskThread<WorkerTask, WorkerReply>;

  constructor(setup: WorkerSetup) {
    this.thread = new TaskThread(new URL('worker.ts', import.meta.url), setup, 'The evaluation');
  }

  ready(): Promise<WorkerReply> {
    return this.thread.expect(resultOf());
  }

  async fit(
    candidate: Candidate,
    fold: number,
    onProgress: FitProgress,
  ): Promise<{ artifact: Uint8Array; seconds: number }> {
    const reply = await this.thread.run({ kind: 'fit', ...target(candidate, fold) }, resultOf(onProgress));
    if (reply.kind !== 'fitted') throw unexpected(reply);
    return reply;
  }

  async answer(candidate: Candidate, fold: number, artifact: Uint8Array, from: number, to: number): Promise<Answers> {
    const task: WorkerTask = { kind: 'answer', ...target(candidate, fold), artifact, from, to };
    const reply = await this.thread.run(task, resultOf());
    if (reply.kind !== 'answered') throw unexpected(reply);
    return reply.answers;
  }

  async forget(candidate: Candidate, fold: number): Promise<void> {
    await this.thread.run({ kind: 'forget', ...target(candidate, fold) }, resultOf());
  }

  close(): Promise<void> {
    return this.thread.end();
  }
}

const resultOf =
  (onProgress: FitProgress = () => {}) =>
  (reply: WorkerReply): WorkerReply | undefined => {
    if (reply.kind === 'failed') throw new SegueError(reply.code, { got: reply.message });
    if (reply.kind !== 'progress') return reply;
    onProgress(reply.fraction, reply.note);
    return undefined;
  };

const target = ({ name, model, config }: Candidate, fold: number) => ({ name, model: model.id, config, fold });
const unexpected = (reply: WorkerReply): SegueError =>
  new SegueError('INTERNAL', { got: `A thread of the evaluation answered "${reply.kind}"` });

/**
 * Opens `threads` worker threads over one shared copy of the dataset; each makes the folds for itself, which costs less than passing them.
 * When the signal aborts, the threads are ended at once.
 */
export async function openLanes(plan: Plan, dataset: Dataset, threads: number, signal?: AbortSignal): Promise<Lane[]> {
  throwIfCancelled(signal, 'The evaluation');
  const setup: WorkerSetup = {
    dataset: shareDataset(dataset),
    protocol: plan.protocol.id,
    options: plan.options,
    seed: plan.seed,
    depth: plan.depth,
  };
  const lanes = Array.from({ length: threads }, () => new WorkerLane(setup));
  signal?.addEventListener('abort', () => void Promise.all(lanes.map((lane) => lane.close())), { once: true });
  try {
    await Promise.all(lanes.map((lane) => lane.ready()));
  } catch (error) {
    await Promise.all(lanes.map((lane) => lane.close()));
    throw error;
  }
  return lanes;
}
