import { SegueError } from '../../errors.ts';
import { ServiceTimes } from './service-times.ts';

/** Queries that may always wait: a page that opens asks several things at once. */
const BURST = 6;
/** How long a query may expect to wait, in service times of the longest query that waits. */
const SERVICE_TIMES = 4;
/** How long it may always expect to wait, in milliseconds: queries that take next to nothing are not refused for a handful that wait. */
const UNNOTICED = 10;
/** How many times as long as it could expect a query may wait while others are refused. */
const LATE = 2;

/** One running or waiting query, shared by everyone who asked it. */
export interface Ticket<T> {
  readonly key: string;
  readonly work: T;
  /** Queries of one kind take about the same time. */
  readonly kind: string;
  /** When it was asked, in milliseconds of the clock. */
  readonly since: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly answer: Promise<unknown>;
  /** Called when nobody waits for it any more while it runs. */
  abandon: () => void;
  waiters: number;
}

/** How long a query may expect to wait where the longest one takes so long; both in milliseconds. */
const boundOf = (longest: number): number => Math.max(UNNOTICED, SERVICE_TIMES * longest);

export interface Limits {
  /** Queries that are answered at a time. */
  readonly threads: number;
  /** Queries that may wait. */
  readonly waiting: number;
  /** Longest wait of a query, in milliseconds. */
  readonly patience: number;
}

/** Too many queries are waiting: status 503, with Retry-After. */
export const overloaded = (): SegueError =>
  new SegueError('OVERLOADED', {
    got: 'The server is overloaded',
    remedy: 'Try again in a second',
  });

/**
 * The queue before the threads: bounded in length and in time, so that neither latency nor memory grows with what is offered. A query is refused
 * at once when it could expect to wait long in comparison with what the queries before it take: overload then makes answers hardly later than
 * full use does, whether a query takes milliseconds or seconds. Whatever holds the threads up (a collection of garbage, other programs) makes
 * those that wait later than they could expect; while more wait than always may, the oldest are refused, so that the backlog is not handed on to
 * all who come after. Equal questions are one; a question that nobody waits for any more leaves the queue, or is abandoned where it runs.
 */
export class Admission<T> {
  private readonly queue: Ticket<T>[] = [];
  /** How many of each kind wait, so that what they take is summed over the kinds and not over the queue. */
  private readonly kinds = new Map<string, number>();
  private readonly byKey = new Map<string, Ticket<T>>();
  private readonly running = new Set<Ticket<T>>();
  private readonly times = new ServiceTimes();
  private readonly limits: Limits;
  private readonly now: () => number;
  /** Queries refused since the start because the queue was full or they waited too long. */
  refused = 0;

  constructor(limits: Limits, now: () => number = () => performance.now()) {
    this.limits = limits;
    this.now = now;
  }

  get limit(): number {
    return this.limits.waiting;
  }

  get waiting(): number {
    return this.queue.length;
  }

  /** @throws SegueError OVERLOADED when the queue is full */
  enter(key: string, kind: string, work: T, gone?: AbortSignal): Promise<unknown> {
    let ticket = this.byKey.get(key);
    if (!ticket) {
      if (this.turnsAway()) throw overloaded();
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      promise.catch(() => {});
      ticket = { key, kind, work, since: this.now(), resolve, reject, answer: promise, abandon: () => {}, waiters: 0 };
      this.byKey.set(key, ticket);
      this.queue.push(ticket);
      this.count(kind, 1);
    }
    const mine = ticket;
    mine.waiters++;
    gone?.addEventListener('abort', () => this.leave(mine), { once: true });
    return mine.answer;
  }

  /**
   * Whether there is no room for another query now, or it comes too late; that one counts as refused.
   * @param waited milliseconds that it has waited before it came here @param behind queries that wait so behind it
   */
  turnsAway(waited = 0, behind = 0): boolean {
    this.dropLate();
    const away = this.isFull() || this.comesLate(waited, behind);
    if (away) this.refused++;
    return away;
  }

  /** The next query to answer, null when none waits. */
  next(): Ticket<T> | null {
    this.dropLate();
    if (this.queue.length === 0) return null;
    const ticket = this.takeOldest();
    this.running.add(ticket);
    return ticket;
  }

  /** Marks the query as over; asked again, it is a new one. @param tookMs what answering it took, if it was answered */
  done(ticket: Ticket<T>, tookMs?: number): void {
    if (tookMs !== undefined) this.times.note(ticket.kind, tookMs);
    this.running.delete(ticket);
    if (this.byKey.get(ticket.key) === ticket) this.byKey.delete(ticket.key);
  }

  /** Refuses queries that have waited too long. */
  dropLate(): void {
    const now = this.now();
    const waitedFor = (ms: number): boolean => this.queue.length > 0 && now - this.queue[0]!.since > ms;
    while (waitedFor(this.limits.patience)) this.dropOldest();
    if (this.queue.length <= BURST) return;
    const { longest, bound } = this.expected();
    // Nothing is late of which it is not known what it takes.
    while (longest > 0 && this.queue.length > BURST && waitedFor(LATE * bound)) this.dropOldest();
  }

  /** Refuses a query that has left the queue but waited too long all the same; asked again, it is a new one. */
  refuseLate(ticket: Ticket<T>): void {
    this.refused++;
    this.refuse(ticket, overloaded());
  }

  private dropOldest(): void {
    this.refuseLate(this.takeOldest());
  }

  private takeOldest(): Ticket<T> {
    const ticket = this.queue.shift()!;
    this.count(ticket.kind, -1);
    return ticket;
  }

  private count(kind: string, more: number): void {
    const waiting = (this.kinds.get(kind) ?? 0) + more;
    if (waiting > 0) this.kinds.set(kind, waiting);
    else this.kinds.delete(kind);
  }

  private isFull(): boolean {
    if (this.queue.length >= this.limits.waiting) return true;
    if (this.queue.length < BURST) return false;
    const { wait, bound } = this.expected();
    return wait >= bound;
  }

  /** Whether a query has waited longer before it came here than the ones that are here may. Nobody is late while no more are about than always may be. */
  private comesLate(waited: number, behind: number): boolean {
    if (waited <= LATE * UNNOTICED || this.queue.length + behind < BURST + this.limits.threads) return false;
    let longest = 0;
    for (const { kind } of this.running) longest = Math.max(longest, this.times.of(kind));
    for (const kind of this.kinds.keys()) longest = Math.max(longest, this.times.of(kind));
    return longest > 0 && waited > LATE * boundOf(longest);
  }

  /** The wait that a query which comes now can expect, and how long it may be, in milliseconds. */
  private expected(): { readonly wait: number; readonly longest: number; readonly bound: number } {
    let [all, longest] = [0, 0];
    for (const [kind, waiting] of this.kinds) {
      const ms = this.times.of(kind);
      all += waiting * ms;
      longest = Math.max(longest, ms);
    }
    return { wait: all / this.limits.threads, longest, bound: boundOf(longest) };
  }

  private leave(ticket: Ticket<T>): void {
    if (--ticket.waiters > 0) return;
    const at = this.queue.indexOf(ticket);
    if (at >= 0) {
      this.queue.splice(at, 1);
      this.count(ticket.kind, -1);
    } else ticket.abandon();
    this.refuse(ticket, new SegueError('CANCELLED', { got: 'The client disconnected before its query was answered' }));
  }

  private refuse(ticket: Ticket<T>, why: SegueError): void {
    this.done(ticket);
    ticket.reject(why);
  }
}
