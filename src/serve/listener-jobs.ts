import { randomUUID } from 'node:crypto';
import { type TSchema, Type } from '#typebox';
import { SegueError } from '../errors.ts';
import type { OnProgress, Progress } from '../math/progress.ts';

/** Number of finished jobs kept per listener. */
const KEPT = 5;

/** A listener's job as its routes show it. @param report its result */
export const listenerJobSchema = <T extends TSchema>(report: T) =>
  Type.Object({
    id: Type.String({ description: 'id of the job' }),
    state: Type.Union(
      [Type.Literal('running'), Type.Literal('done'), Type.Literal('failed'), Type.Literal('cancelled')],
      { description: 'state of the job' },
    ),
    fraction: Type.Number({ description: '0–1' }),
    note: Type.String({ description: 'current step' }),
    report: Type.Union([report, Type.Null()], { description: 'null until the job is done' }),
    error: Type.Union([Type.String(), Type.Null()], { description: 'null unless the job failed' }),
  });

export interface ListenerJob<R> extends Progress {
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly report: R | null;
  readonly error: string | null;
}

type Work<R> = (context: { readonly signal: AbortSignal; readonly onProgress: OnProgress }) => Promise<R>;

interface Entry<R> {
  job: ListenerJob<R>;
  readonly abort: AbortController;
  ended: Promise<void>;
}

/** Jobs of one kind, one at a time per listener, identified by id. Nobody sees another listener's jobs. */
export class ListenerJobs<R> {
  private readonly what: string;
  private readonly entries = new Map<string, Entry<R>[]>();

  /** @param what names the work in messages, e.g. "an import" */
  constructor(what: string) {
    this.what = what;
  }

  /** @throws SegueError LIBRARY_BUSY while the same work runs for the listener */
  start(listener: string, work: Work<R>): ListenerJob<R> {
    const own = this.entries.get(listener) ?? [];
    if (own.some(({ job }) => job.state === 'running'))
      throw new SegueError('LIBRARY_BUSY', {
        got: `There is already ${this.what} running`,
        expected: 'one at a time',
        remedy: 'Wait for it, or cancel it',
      });
    const entry: Entry<R> = {
      job: { id: randomUUID(), state: 'running', fraction: 0, note: 'starting', report: null, error: null },
      abort: new AbortController(),
      ended: Promise.resolve(),
    };
    this.entries.set(listener, [entry, ...own].slice(0, KEPT));
    entry.ended = this.follow(entry, work);
    return entry.job;
  }

  /** @throws SegueError NOT_FOUND */
  get(listener: string, id: string): ListenerJob<R> {
    return this.entry(listener, id).job;
  }

  /** Newest first. */
  all(listener: string): ListenerJob<R>[] {
    return (this.entries.get(listener) ?? []).map(({ job }) => job);
  }

  /** Stops the work and waits until it has. @throws SegueError NOT_FOUND */
  async cancel(listener: string, id: string): Promise<ListenerJob<R>> {
    const entry = this.entry(listener, id);
    entry.abort.abort();
    await entry.ended;
    return entry.job;
  }

  /** Stops everything, or everything of a listener, and forgets it. */
  async clear(listener?: string): Promise<void> {
    const all = listener === undefined ? [...this.entries.values()].flat() : (this.entries.get(listener) ?? []);
    for (const { abort } of all) abort.abort();
    await Promise.all(all.map(({ ended }) => ended));
    if (listener === undefined) this.entries.clear();
    else this.entries.delete(listener);
  }

  private async follow(entry: Entry<R>, work: Work<R>): Promise<void> {
    const { signal } = entry.abort;
    try {
      const report = await work({
        signal,
        onProgress: ({ fraction, note }) => {
          entry.job = { ...entry.job, fraction, note };
        },
      });
      entry.job = { ...entry.job, state: 'done', fraction: 1, note: 'done', report };
    } catch (error) {
      const known = error instanceof SegueError;
      if (signal.aborted) entry.job = { ...entry.job, state: 'cancelled' };
      else
        entry.job = {
          ...entry.job,
          state: 'failed',
          error: known ? error.message : 'Something went wrong inside Segue. The server log has the details.',
        };
      if (!signal.aborted && !known) console.error(error);
    }
  }

  private entry(listener: string, id: string): Entry<R> {
    const entry = this.entries.get(listener)?.find(({ job }) => job.id === id);
    if (!entry) throw new SegueError('NOT_FOUND', { got: `There is no job "${id.slice(0, 100)}"` });
    return entry;
  }
}
