import { SegueError } from '../../errors.ts';

/** One running or waiting query, shared by everyone who asked it. */
export interface Ticket<T> {
  readonly key: string;
  readonly work: T;
  /** When it was asked, in milliseconds of the clock. */
  readonly since: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly answer: Promise<unknown>;
  /** Called when nobody waits for it any more while it runs. */
  abandon: () => void;
  waiters: number;
}

export interface Limits {
  /** Queries that may wait. */
  readonly waiting: number;
  /** Longest wait of a query, in milliseconds. */
  readonly patience: number;
  /** Questions that may wait once the queue has not been empty for `patience`: a burst has its turn, a lasting overload does not make answers late. */
  readonly standing: number;
}

/** Too many queries are waiting: status 503, with Retry-After. */
export const overloaded = (): SegueError =>
  new SegueError('OVERLOADED', {
    got: 'The server is overloaded',
    remedy: 'Try again in a second',
  });

/**
 * The queue before the threads: bounded in length and in time, so that neither latency nor memory grows with what is offered. A burst may wait
 * for its turn; a queue that does not empty any more is kept short, as by controlled delay (Nichols and Jacobson 2012). Equal questions
 * are one; a question that nobody waits for any more leaves the queue, or is abandoned where it runs.
 */
export class Admission<T> {
  private readonly queue: Ticket<T>[] = [];
  private readonly byKey = new Map<string, Ticket<T>>();
  private readonly limits: Limits;
  private readonly now: () => number;
  /** When the queue was empty last. */
  private emptyAt: number;
  /** Queries refused since the start because the queue was full or they waited too long. */
  refused = 0;

  constructor(limits: Limits, now: () => number = () => performance.now()) {
    this.limits = limits;
    this.now = now;
    this.emptyAt = now();
  }

  get limit(): number {
    return this.limits.waiting;
  }

  get waiting(): number {
    return this.queue.length;
  }

  /** @throws SegueError OVERLOADED when the queue is full */
  enter(key: string, work: T, gone?: AbortSignal): Promise<unknown> {
    let ticket = this.byKey.get(key);
    if (!ticket) {
      if (this.turnsAway()) throw overloaded();
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      promise.catch(() => {});
      ticket = { key, work, since: this.now(), resolve, reject, answer: promise, abandon: () => {}, waiters: 0 };
      this.byKey.set(key, ticket);
      this.queue.push(ticket);
    }
    const mine = ticket;
    mine.waiters++;
    gone?.addEventListener('abort', () => this.leave(mine), { once: true });
    return mine.answer;
  }

  /** Whether there is no room for another query now; that one counts as refused. */
  turnsAway(): boolean {
    this.dropLate();
    const full = this.queue.length >= this.room();
    if (full) this.refused++;
    return full;
  }

  /** The next query to answer, null when none waits. */
  next(): Ticket<T> | null {
    this.dropLate();
    return this.queue.shift() ?? null;
  }

  /** Marks the query as answered; asked again, it is a new one. */
  done(ticket: Ticket<T>): void {
    if (this.byKey.get(ticket.key) === ticket) this.byKey.delete(ticket.key);
  }

  /** Refuses queries that have waited too long. */
  dropLate(): void {
    const now = this.now();
    if (this.queue.length === 0) this.emptyAt = now;
    const oldest = now - this.limits.patience;
    while (this.queue.length > 0 && this.queue[0]!.since < oldest) {
      this.refused++;
      this.refuse(this.queue.shift()!, overloaded());
    }
  }

  private room(): number {
    const { waiting, patience, standing } = this.limits;
    return this.now() - this.emptyAt > patience ? standing : waiting;
  }

  private leave(ticket: Ticket<T>): void {
    if (--ticket.waiters > 0) return;
    const at = this.queue.indexOf(ticket);
    if (at >= 0) this.queue.splice(at, 1);
    else ticket.abandon();
    this.refuse(ticket, new SegueError('CANCELLED', { got: 'The client disconnected before its query was answered' }));
  }

  private refuse(ticket: Ticket<T>, why: SegueError): void {
    this.done(ticket);
    ticket.reject(why);
  }
}
