import { SegueError } from '../../errors.ts';
import { TaskThread } from '../../math/task-thread.ts';
import type { EngineOptions } from '../../recommend/engine.ts';
import type { Metrics } from '../../recommend/metrics.ts';
import { PREPARATIONS, type Preparation } from '../../recommend/preparations.ts';
import { Admission, type Ticket } from './admission.ts';
import { LIMITS, takeEarly } from './early-thread.ts';
import type { Answer, Answering, Asker, Input, Kind, StepTime } from './question.ts';
import { type SharedFiles, sendable } from './shared-files.ts';
import { SharedOnce } from './shared-once.ts';
import type { AnsweringTasks, FromAnswering, Question, Seen, ThreadSetup } from './thread.ts';
import { Watch } from './watch.ts';

const THREAD = new URL('./thread.ts', import.meta.url);
/** Interval of the timer that keeps the process alive, in milliseconds. */
const ALIVE = 60_000;

type Work = Omit<Question, 'question'>;

/** The outcome that everyone who asked the same question receives. */
interface Told {
  readonly answer: unknown;
  readonly steps: readonly StepTime[];
}

interface Thread {
  readonly number: number;
  readonly tasks: TaskThread<AnsweringTasks>;
  /** Resolves when it has prepared what it can. */
  readonly prepared: Promise<void>;
  readonly watch: Watch;
  busy: Ticket<Work> | null;
  ready: boolean;
}

export interface PoolOptions {
  readonly threads: number;
  /** Queries that may wait, in all. */
  readonly waiting: number;
  /** Longest wait of a query, in milliseconds. */
  readonly patience: number;
  readonly engine: EngineOptions;
}

/**
 * Answers on threads that share one copy of the dataset and the model files, so that the main thread is free to accept and refuse requests and to
 * answer health checks. A thread handles one question at a time; others wait in a bounded queue. Work whose clients have left is stopped.
 */
export class AnsweringPool implements Answering {
  private readonly threads: Thread[] = [];
  readonly atOnce: number;
  private readonly admission: Admission<Work>;
  private readonly files: SharedFiles;
  private readonly metrics: Metrics;
  private readonly setup: Omit<ThreadSetup, 'abandoned' | 'first'>;
  /** What some thread has prepared. */
  private readonly prepared = new Set<Preparation>();
  private readonly sweep: NodeJS.Timeout;
  /** By thread, the number of the question whose clients have left. */
  private readonly abandoned: Int32Array;
  private readonly once = new SharedOnce();
  private given = 0;
  private idle: (() => void)[] = [];
  private readonly first = Promise.withResolvers<void>();
  private closing = false;
  private closed = false;
  /** Models loaded by any thread. */
  readonly loaded = new Set<string>();

  constructor(files: SharedFiles, library: string, metrics: Metrics, options: PoolOptions) {
    this.files = files;
    this.metrics = metrics;
    this.setup = { library, options: options.engine };
    this.abandoned = new Int32Array(new SharedArrayBuffer(4 * options.threads));
    this.admission = new Admission(options);
    this.atOnce = options.threads;
    this.threads.push(this.start(0, true));
    this.sweep = setInterval(() => this.admission.dropLate(), options.patience / 4);
    this.sweep.unref();
  }

  /** State of the queue, for autoscaling. */
  get queue(): { waiting: number; limit: number; refused: number } {
    const { waiting, limit, refused } = this.admission;
    return { waiting, limit, refused };
  }

  async ask<K extends Kind>(kind: K, input: Input<K>, asker?: Asker): Promise<Answer<K>> {
    return (await this.enter({ kind, input, json: false }, asker)) as Answer<K>;
  }

  async json<K extends Kind>(kind: K, input: Input<K>, asker?: Asker): Promise<Uint8Array> {
    return (await this.enter({ kind, input, json: true }, asker)) as Uint8Array;
  }

  turnsAway(waited?: number, behind?: number): boolean {
    return this.admission.turnsAway(waited, behind);
  }

  /** Whether a thread is ready and the pool is not closing. */
  ready(): boolean {
    return !this.closing && this.threads.some(({ ready }) => ready);
  }

  /** Resolves when the first thread is ready. */
  whenReady(): Promise<void> {
    return this.first.promise;
  }

  /** Parts that no thread has prepared yet; empty once a thread is ready. */
  get waitingFor(): readonly Preparation[] {
    return this.threads.some(({ ready }) => ready) ? [] : PREPARATIONS.filter((what) => !this.prepared.has(what));
  }

  /** Resolves when every thread has prepared what it can. */
  async whenPrepared(): Promise<void> {
    // The threads alone do not keep the process alive.
    const alive = setInterval(() => {}, ALIVE);
    // The first one starts the others.
    for (let known = 0; known < this.threads.length; ) {
      known = this.threads.length;
      await Promise.all(this.threads.map(({ prepared }) => prepared));
    }
    clearInterval(alive);
  }

  /** Makes every thread pick up changes on disk. */
  async refresh(): Promise<void> {
    // A thread that ends meanwhile is replaced by one that reads the current state.
    await Promise.all(this.threads.map(({ tasks }) => tasks.run('refresh', null).catch(() => {})));
  }

  /** Resolves when nothing is being answered and nothing waits. */
  async whenIdle(): Promise<void> {
    if (this.threads.some(({ busy }) => busy) || this.admission.waiting > 0)
      await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  /** Answers pending questions, then ends the threads. @param grace ends them at once when it aborts */
  async close(grace?: AbortSignal): Promise<void> {
    this.closing = true;
    if (!grace?.aborted)
      await Promise.race([
        this.whenIdle(),
        new Promise<void>((resolve) => grace?.addEventListener('abort', () => resolve(), { once: true })),
      ]);
    this.closed = true;
    clearInterval(this.sweep);
    await Promise.all(this.threads.map(({ tasks }) => tasks.end()));
  }

  private async enter(work: Work, asker: Asker = {}): Promise<unknown> {
    const told = this.admission.enter(JSON.stringify(work), kindOf(work), work, asker.gone);
    this.give();
    const { answer, steps } = (await told) as Told;
    asker.heard?.(steps);
    return answer;
  }

  private give(): void {
    for (const thread of this.threads) {
      if (thread.busy || thread.tasks.over) continue;
      const ticket = this.admission.next();
      if (!ticket) break;
      void this.answer(thread, ticket);
    }
    if (this.admission.waiting === 0 && this.threads.every(({ busy }) => !busy)) {
      for (const resolve of this.idle) resolve();
      this.idle = [];
    }
  }

  /** Lets a thread answer. A thread that ends meanwhile, through a defect or a timeout, is replaced. */
  private async answer(thread: Thread, ticket: Ticket<Work>): Promise<void> {
    thread.busy = ticket;
    const question = ++this.given;
    ticket.abandon = () => {
      if (thread.busy === ticket) Atomics.store(this.abandoned, thread.number, question);
    };
    thread.watch.begin(() => {
      this.admission.refuseLate(ticket);
      ticket.abandon();
    });
    const start = performance.now();
    const waited = start - ticket.since;
    let took: number | undefined;
    try {
      const { answer, seen } = await thread.tasks.run('ask', { ...ticket.work, question });
      took = performance.now() - start;
      this.note(seen);
      const queued = { name: 'queue', start: performance.timeOrigin + ticket.since, ms: waited };
      ticket.resolve({ answer, steps: [queued, ...stepsOf(seen)] } satisfies Told);
    } catch (error) {
      ticket.reject(thread.tasks.over && !this.closed ? tooMuch() : error);
    } finally {
      thread.watch.done();
      thread.busy = null;
      this.admission.done(ticket, took);
      if (!thread.tasks.over) this.give();
    }
  }

  /**
   * The other threads start once the first one can answer: until then it has the machine to itself, and they then find the files read and checked.
   */
  private startOthers(): void {
    while (this.threads.length < this.atOnce && !this.closing) this.threads.push(this.start(this.threads.length));
    this.give();
  }

  private start(number: number, first = false): Thread {
    const who = {};
    const answer = (question: unknown): Promise<unknown> => this.told(question as FromAnswering, who, watch);
    const setup: ThreadSetup = {
      ...this.setup,
      first,
      abandoned: this.abandoned.subarray(number, number + 1),
    };
    if (first) this.files.expectReader();
    const early = first ? takeEarly() : null;
    early?.setup.postMessage(setup);
    const worker = early?.worker;
    const options = { background: true, limits: LIMITS, answer, worker };
    const tasks = new TaskThread<AnsweringTasks>(THREAD, setup, 'Answering', options);
    const watch = new Watch(() => void tasks.end());
    const prepared = tasks
      .run('prepare', null)
      .catch(() => {})
      .then(() => {
        thread.ready = !tasks.over;
        if (thread.ready) this.first.resolve();
        this.startOthers();
      });
    const thread: Thread = { number, tasks, prepared, watch, busy: null, ready: false };
    void tasks.ended.then(() => {
      watch.stop();
      if (first) this.files.giveUp();
      this.once.lost(who);
      this.replace(thread);
    });
    return thread;
  }

  private replace(thread: Thread): void {
    if (this.closed) return;
    this.metrics.count('threads that failed');
    this.threads[thread.number] = this.start(thread.number);
    this.give();
  }

  private async told(what: FromAnswering, who: object, watch: Watch): Promise<unknown> {
    if ('model' in what) return sendable(await this.files.model(what.model));
    if ('dataset' in what) return this.files.dataset();
    if ('once' in what) return this.once.ask(what.once, what.version, who);
    if ('made' in what) this.once.made(what.made, what.version, what.value);
    else if ('unmade' in what) this.once.lost(who);
    else if ('state' in what) this.files.giveState(what.state);
    else if ('read' in what) this.files.giveModel(what.read);
    else if ('unread' in what) this.files.giveUp();
    else if ('loading' in what) watch.load(what.loading);
    else if ('prepared' in what) {
      this.prepared.add(what.prepared);
      if (what.prepared === 'model') this.startOthers();
    } else this.note(what.seen);
    return null;
  }

  private note({ events, loaded }: Seen): void {
    for (const [name, value, timed] of events)
      if (timed) this.metrics.record(name, value);
      else this.metrics.count(name, value);
    for (const id of loaded) this.loaded.add(id);
  }
}

/** A query's service time depends mostly on the model. */
const kindOf = ({ kind, input }: Work): string => {
  const { model, request } = input as { readonly model?: string; readonly request?: { readonly model?: string } };
  return `${kind} ${model ?? request?.model ?? ''}`;
};

const stepsOf = ({ events }: Seen): StepTime[] =>
  events.flatMap(([name, ms, timed, at]) => (timed ? [{ name, start: at - ms, ms }] : []));

export const tooMuch = (): SegueError =>
  new SegueError('OVERLOADED', {
    got: 'The query took too long or needed too much memory',
    remedy: 'Ask for fewer songs at a time',
  });
