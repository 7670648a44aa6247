import { setImmediate as turn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Dataset } from '../../dataset/dataset.ts';
import { shareDataset } from '../../dataset/shared-dataset.ts';
import { SegueError, throwIfCancelled } from '../../errors.ts';
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
  private readonly worker: Worker;
  private onProgress: FitProgress = () => {};
  private settle: { resolve: (reply: WorkerReply) => void; reject: (error: Error) => void } | null = null;
  private failure: Error | null = null;

  constructor(setup: WorkerSetup) {
    this.worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: setup });
    this.worker.on('message', (reply: WorkerReply) => this.receive(reply));
    this.worker.on('error', (error: unknown) => this.fail(error instanceof Error ? error : new Error(String(error))));
  }

  ready(): Promise<WorkerReply> {
    return this.expect();
  }

  async fit(
    candidate: Candidate,
    fold: number,
    onProgress: FitProgress,
  ): Promise<{ artifact: Uint8Array; seconds: number }> {
    this.onProgress = onProgress;
    const reply = await this.send({ kind: 'fit', ...target(candidate, fold) });
    if (reply.kind !== 'fitted') throw unexpected(reply);
    return reply;
  }

  async answer(candidate: Candidate, fold: number, artifact: Uint8Array, from: number, to: number): Promise<Answers> {
    const reply = await this.send({ kind: 'answer', ...target(candidate, fold), artifact, from, to });
    if (reply.kind !== 'answered') throw unexpected(reply);
    return reply.answers;
  }

  async forget(candidate: Candidate, fold: number): Promise<void> {
    await this.send({ kind: 'forget', ...target(candidate, fold) });
  }

  async close(): Promise<void> {
    this.settle?.reject(new SegueError('CANCELLED', { got: 'The evaluation was stopped' }));
    await this.worker.terminate();
  }

  private expect(): Promise<WorkerReply> {
    return new Promise((resolve, reject) => {
      if (this.failure) reject(this.failure);
      else this.settle = { resolve, reject };
    });
  }

  private send(task: WorkerTask): Promise<WorkerReply> {
    this.worker.postMessage(task);
    return this.expect();
  }

  private receive(reply: WorkerReply): void {
    if (reply.kind === 'progress') {
      this.onProgress(reply.fraction, reply.note);
      return;
    }
    const settle = this.settle;
    this.settle = null;
    if (reply.kind === 'failed') settle?.reject(new SegueError(reply.code, { got: reply.message }));
    else settle?.resolve(reply);
  }

  private fail(error: Error): void {
    this.failure = new SegueError('INTERNAL', {
      got: `A thread of the evaluation broke: ${error.message}`,
      cause: error,
    });
    this.settle?.reject(this.failure);
    this.settle = null;
  }
}

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
