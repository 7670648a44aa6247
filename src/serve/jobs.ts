import { type Static, Type } from '#typebox';
import { SegueError } from '../errors.ts';
import type { Progress } from '../math/progress.ts';

export const jobRequestSchema = Type.Object(
  {
    kind: Type.Union([Type.Literal('train'), Type.Literal('evaluate')], { description: 'what to do' }),
    models: Type.Optional(
      Type.Array(Type.String({ maxLength: 100 }), {
        maxItems: 100,
        description: 'model ids; by default all default models that this library can train',
      }),
    ),
    seed: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 4_294_967_295, default: 1, description: 'seed of the random numbers' }),
    ),
    set: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()), {
        description: 'settings by model, e.g. { als: { factors: 32 } }',
      }),
    ),
    options: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'options of the evaluation, e.g. { queries: 200 }' }),
    ),
  },
  { additionalProperties: false },
);

const damagedSchema = Type.Array(
  Type.Object({
    problem: Type.String({ description: 'the cause' }),
    count: Type.Integer({ description: 'number of files' }),
    files: Type.Array(Type.String(), { description: 'the first 50, relative to the folder' }),
  }),
  { description: 'after an analysis: unusable files by cause, most frequent first' },
);

export const jobSchema = Type.Object({
  id: Type.String({ description: 'id of the job' }),
  kind: Type.String({ description: 'what the job does: train, evaluate, import, forget or analyse' }),
  state: Type.Union(
    [Type.Literal('running'), Type.Literal('done'), Type.Literal('failed'), Type.Literal('cancelled')],
    { description: 'state of the job' },
  ),
  fraction: Type.Number({ description: 'progress of the whole job, 0–1' }),
  models: Type.Optional(Type.Array(Type.String(), { description: 'requested models; absent when none were named' })),
  model: Type.Union([Type.String(), Type.Null()], { description: 'the model in progress' }),
  note: Type.String({ description: 'current step' }),
  startedAt: Type.String({ format: 'date-time', description: 'when it started, ISO 8601' }),
  elapsedSeconds: Type.Number({ description: 'time since the start' }),
  secondsLeft: Type.Union([Type.Number(), Type.Null()], { description: 'estimate; null when there is none' }),
  error: Type.Union([Type.String(), Type.Null()], {
    description: 'why it failed, as a sentence; null unless it failed',
  }),
  code: Type.Union([Type.String(), Type.Null()], { description: 'error code, see docs/errors.md' }),
  damaged: Type.Optional(damagedSchema),
});

export type JobRequest = Static<typeof jobRequestSchema>;
/** The work of a job: jobs that a request can start, and those that the routes for imports and analyses start with a file or folder. */
export type JobWork =
  | JobRequest
  | { readonly kind: 'import'; readonly source: string; readonly path: string }
  | { readonly kind: 'forget'; readonly file: string }
  | { readonly kind: 'analyse'; readonly folder: string; readonly embedding: boolean };
export type Job = Static<typeof jobSchema>;
export interface JobEvent extends Job {
  type: 'progress' | 'done' | 'failed' | 'cancelled';
}

export interface JobProgress extends Progress {
  readonly model: string | null;
  readonly damaged?: Static<typeof damagedSchema>;
}

/** Kinds whose final message is their report. */
const REPORTING: ReadonlySet<string> = new Set(['import', 'forget', 'analyse']);

/** Does the work of a job, off the main thread; rejects when the signal aborts. */
export type JobRunner = (
  request: JobWork,
  onProgress: (progress: JobProgress) => void,
  signal: AbortSignal,
) => Promise<void>;

interface Entry {
  id: string;
  kind: string;
  models: string[] | undefined;
  state: Job['state'];
  progress: JobProgress;
  startedAt: number;
  endedAt: number | null;
  error: SegueError | null;
  abort: AbortController;
  watchers: Set<(event: JobEvent) => void>;
}

/** Jobs kept for the list; older ones are forgotten. */
const KEPT = 50;
const LOGGED = 'See the server log for details';

/** Runs one job at a time, because training changes the library. @param now milliseconds, for tests */
export class Jobs {
  private readonly entries: Entry[] = [];
  /** How many jobs of a kind ended in which state, by `kind state`. */
  private readonly endings = new Map<string, number>();
  private readonly run: JobRunner;
  private readonly onDone: () => Promise<void>;
  private readonly now: () => number;
  private started = 0;

  /** @param onDone runs after a successful job, before it is reported as done: loads the new models */
  constructor(run: JobRunner, onDone: () => Promise<void>, now: () => number = Date.now) {
    this.run = run;
    this.onDone = onDone;
    this.now = now;
  }

  /** @throws SegueError LIBRARY_BUSY while another job runs */
  start(request: JobWork): Job {
    const running = this.entries.find((e) => e.state === 'running');
    if (running)
      throw new SegueError('LIBRARY_BUSY', {
        got: `The job ${running.id} (${running.kind}) is still running`,
        expected: 'one job at a time',
        remedy: `Wait for it, or cancel it with DELETE /api/jobs/${running.id}`,
      });
    const entry: Entry = {
      id: `job-${++this.started}`,
      kind: request.kind,
      models: 'models' in request ? request.models : undefined,
      state: 'running',
      progress: { fraction: 0, model: null, note: 'starting' },
      startedAt: this.now(),
      endedAt: null,
      error: null,
      abort: new AbortController(),
      watchers: new Set(),
    };
    this.entries.unshift(entry);
    this.entries.length = Math.min(this.entries.length, KEPT);
    void this.follow(entry, request);
    return this.describe(entry);
  }

  /** Jobs by kind and state since the start: those that ended, and the running one. */
  tally(): { kind: string; state: Job['state']; count: number }[] {
    const tally = [...this.endings].map(([name, count]) => {
      const [kind, state] = name.split(' ') as [string, Job['state']];
      return { kind, state, count };
    });
    const running = this.entries.find((e) => e.state === 'running');
    return running ? [...tally, { kind: running.kind, state: 'running', count: 1 }] : tally;
  }

  list(): Job[] {
    return this.entries.map((e) => this.describe(e));
  }

  get(id: string): Job {
    return this.describe(this.entry(id));
  }

  /** Resolves when the job has ended in any way. */
  ended(id: string): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.watch(id, ({ type }) => {
        if (type === 'progress') return;
        stop();
        resolve();
      });
    });
  }

  /** Asks the job to stop; it is `cancelled` as soon as it has stopped. */
  cancel(id: string): Job {
    const entry = this.entry(id);
    if (entry.state === 'running') entry.abort.abort();
    return this.describe(entry);
  }

  /** Stops the running job, for shutdown. */
  cancelAll(): void {
    for (const entry of this.entries) if (entry.state === 'running') entry.abort.abort();
  }

  /** Calls back with the current state at once and on every change; returns a function that stops it. */
  watch(id: string, watcher: (event: JobEvent) => void): () => void {
    const entry = this.entry(id);
    entry.watchers.add(watcher);
    queueMicrotask(() => {
      if (entry.watchers.has(watcher)) watcher(this.event(entry));
    });
    return () => entry.watchers.delete(watcher);
  }

  private async follow(entry: Entry, request: JobWork): Promise<void> {
    try {
      await this.run(
        request,
        (progress) => {
          entry.progress = progress;
          this.tell(entry);
        },
        entry.abort.signal,
      );
      await this.onDone();
      const note = REPORTING.has(entry.kind) ? entry.progress.note : 'done';
      entry.progress = { ...entry.progress, fraction: 1, model: null, note };
      entry.state = 'done';
    } catch (error) {
      entry.state = entry.abort.signal.aborted ? 'cancelled' : 'failed';
      if (entry.state === 'failed') {
        const known = error instanceof SegueError;
        entry.error = known ? error : new SegueError('INTERNAL', { got: 'Internal error', remedy: LOGGED });
        if (!known) console.error(error);
      }
    }
    entry.endedAt = this.now();
    const name = `${entry.kind} ${entry.state}`;
    this.endings.set(name, (this.endings.get(name) ?? 0) + 1);
    this.tell(entry);
  }

  private tell(entry: Entry): void {
    const event = this.event(entry);
    for (const watcher of [...entry.watchers]) watcher(event);
  }

  private event(entry: Entry): JobEvent {
    return { type: entry.state === 'running' ? 'progress' : entry.state, ...this.describe(entry) };
  }

  private entry(id: string): Entry {
    const entry = this.entries.find((e) => e.id === id);
    if (!entry)
      throw new SegueError('NOT_FOUND', {
        got: `There is no job "${id.slice(0, 100)}"`,
        expected: 'a job listed by GET /api/jobs',
        remedy: 'Start one with POST /api/jobs',
      });
    return entry;
  }

  private describe(entry: Entry): Job {
    const elapsed = ((entry.endedAt ?? this.now()) - entry.startedAt) / 1000;
    const { fraction, model, note, damaged } = entry.progress;
    return {
      id: entry.id,
      kind: entry.kind,
      ...(entry.models && { models: entry.models }),
      state: entry.state,
      fraction,
      model,
      note,
      startedAt: new Date(entry.startedAt).toISOString(),
      elapsedSeconds: elapsed,
      secondsLeft: entry.state === 'running' && fraction > 0.01 ? (elapsed * (1 - fraction)) / fraction : null,
      error: entry.error?.message ?? null,
      code: entry.error?.code ?? null,
      ...(damaged && { damaged }),
    };
  }
}
