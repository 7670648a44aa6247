import { SegueError, throwIfCancelled } from '../../errors.ts';
import type { Progress } from '../../math/progress.ts';
import { withThreads } from '../../math/task-thread.ts';
import type { Answers, Candidate } from './execution.ts';
import type { Lane } from './pool.ts';

/** One model on one fold. */
export interface Job {
  readonly candidate: Candidate;
  readonly fold: number;
  /** Number of cases. */
  readonly cases: number;
}

export interface JobResult {
  readonly answers: Answers;
  readonly fitSeconds: number;
}

export interface ScheduleEvents {
  /** Called when a job completes, in any order. */
  done(job: Job, result: JobResult): Promise<void>;
  /** Called when a job fails; the others continue. */
  failed(job: Job, error: SegueError): void;
  /** @param progress of the job's training or answering */
  progress(job: Job, stage: 'fit' | 'answer', progress: Progress): void;
}

/** Cases per task: few enough that threads finish together, many enough that messages cost next to nothing. */
const CHUNK = 250;

interface Running {
  readonly job: Job;
  artifact: Uint8Array | null;
  fitSeconds: number;
  readonly parts: (Answers | null)[];
  next: number;
  finished: number;
  failed: boolean;
}

/**
 * Distributes jobs over lanes. A free lane first takes pending cases of a model that is already fitted, so that models are released early; otherwise
 * it fits the next model. Several lanes may thus answer for a model that one of them fitted. The result does not depend on the assignment.
 */
export async function runJobs(
  jobs: readonly Job[],
  lanes: readonly Lane[],
  events: ScheduleEvents,
  signal?: AbortSignal,
): Promise<void> {
  const waiting = [...jobs];
  const running: Running[] = [];
  let wake: (() => void)[] = [];
  const changed = (): void => {
    const all = wake;
    wake = [];
    for (const resolve of all) resolve();
  };

  const fail = (run: Running, error: unknown): void => {
    if (signal?.aborted || (error instanceof SegueError && error.code === 'CANCELLED')) throw error;
    if (run.failed) return;
    run.failed = true;
    running.splice(running.indexOf(run), 1);
    events.failed(run.job, asSegueError(error));
  };

  const fit = async (lane: Lane, job: Job): Promise<void> => {
    const parts = new Array<Answers | null>(Math.ceil(job.cases / CHUNK)).fill(null);
    const run: Running = { job, artifact: null, fitSeconds: 0, parts, next: 0, finished: 0, failed: false };
    running.push(run);
    try {
      const { artifact, seconds } = await lane.fit(job.candidate, job.fold, (progress) =>
        events.progress(job, 'fit', progress),
      );
      run.artifact = artifact;
      run.fitSeconds = seconds;
      events.progress(job, 'fit', { fraction: 1, note: 'fitted' });
    } catch (error) {
      fail(run, error);
    }
    if (!run.failed && parts.length === 0) await complete(run);
  };

  const answer = async (lane: Lane, run: Running): Promise<void> => {
    const part = run.next++;
    const { candidate, fold, cases } = run.job;
    try {
      const from = part * CHUNK;
      run.parts[part] = await lane.answer(candidate, fold, run.artifact!, from, Math.min(from + CHUNK, cases));
      run.finished++;
      events.progress(run.job, 'answer', { fraction: run.finished / run.parts.length, note: 'answering' });
    } catch (error) {
      fail(run, error);
    }
    if (!run.failed && run.finished === run.parts.length) await complete(run);
  };

  const complete = async (run: Running): Promise<void> => {
    running.splice(running.indexOf(run), 1);
    await events.done(run.job, { answers: joinAnswers(run.parts as Answers[]), fitSeconds: run.fitSeconds });
  };

  const work = async (lane: Lane): Promise<void> => {
    const held = new Map<Running, Job>();
    for (;;) {
      throwIfCancelled(signal, 'The evaluation');
      for (const [run, job] of held) {
        if (running.includes(run)) continue;
        held.delete(run);
        await lane.forget(job.candidate, job.fold);
      }
      const ready = running.find((run) => run.artifact !== null && run.next < run.parts.length);
      if (ready) {
        held.set(ready, ready.job);
        await answer(lane, ready);
      } else if (waiting.length > 0) {
        const job = waiting.shift()!;
        await fit(lane, job);
        const own = running.find((run) => run.job === job);
        if (own) held.set(own, job);
      } else if (running.length > 0) {
        await new Promise<void>((resolve) => wake.push(resolve));
        continue;
      } else {
        changed();
        return;
      }
      changed();
    }
  };
  await withThreads(lanes, signal, () => Promise.all(lanes.map(work)));
}

function joinAnswers(parts: readonly Answers[]): Answers {
  const cases = parts.reduce((sum, part) => sum + part.tookMs.length, 0);
  const ptr = new Int32Array(cases + 1);
  const tookMs = new Float32Array(cases);
  const tracks = new Int32Array(parts.reduce((sum, part) => sum + part.tracks.length, 0));
  const predicted = new Float32Array(parts.reduce((sum, part) => sum + part.predicted.length, 0));
  let at = 0;
  let entry = 0;
  for (const part of parts) {
    for (let i = 1; i < part.ptr.length; i++) ptr[at + i] = entry + part.ptr[i]!;
    tookMs.set(part.tookMs, at);
    if (part.tracks.length > 0) tracks.set(part.tracks, entry);
    if (part.predicted.length > 0) predicted.set(part.predicted, entry);
    at += part.tookMs.length;
    entry += part.ptr[part.ptr.length - 1]!;
  }
  return { ptr, tracks, predicted, tookMs };
}

const asSegueError = (error: unknown): SegueError =>
  error instanceof SegueError
    ? error
    : new SegueError('INTERNAL', { got: error instanceof Error ? error.message : String(error), cause: error });
