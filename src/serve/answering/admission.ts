import { SegueError } from '../../errors.ts';
import { ServiceTimes } from './service-times.ts';

/** Queries that may always wait: a page that opens asks several things at once. */
const BURST = 6;
/** Limit on a query's expected wait, in service times of the slowest waiting query. */
const SERVICE_TIMES = 4;
/** Expected waits up to this many milliseconds are always accepted, so that a few cheap queries in the queue cause no refusals. */
const UNNOTICED = 10;
/** A query may wait up to this many times the limit while others are refused. */
const LATE = 2;

/** One running or waiting query, shared by everyone who sent it. */
export interface Ticket<T> {
  readonly key: string;
  readonly work: T;
  /** Queries of one kind take about the same time. */
  readonly kind: string;
  /** When it was sent, in milliseconds of the clock. */
  readonly since: number;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly answer: Promise<unknown>;
  /** Called when the last client leaves while the query runs. */
  abandon: () => void;
  waiters: number;
}

/** Limit on the expected wait, given the service time of the slowest query; both in milliseconds. */
const boundOf = (longest: number): number => Math.max(UNNOTICED, SERVICE_TIMES * longest);

export interface Limits {
  /** Number of queries answered at the same time. */
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
 * The queue in front of the threads, bounded in length and time, so that neither latency nor memory grows with the offered load. A query is refused
 * at once when its expected wait is long relative to the service times of the queries before it. Answers under overload are then hardly later than at
 * full capacity, whether a query takes milliseconds or seconds. A pause of the threads (garbage collection, other programs) delays waiting queries
 * beyond their expected wait; while more wait than the number always allowed, the oldest are refused, so that the backlog does not delay all later
 * queries. Identical queries are answered once; a query whose clients have all left is removed from the queue, or aborted if it runs.
 */
export class Admission<T> {
  private readonly queue: Ticket<T>[] = [];
  /** Number of waiting queries by kind: the expected wait is a sum over kinds, not over the queue. */
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
   * Whether a query has to be refused, because there is no room or it has waited too long; if so, it is counted.
   * @param waited milliseconds it waited before it reached the queue @param behind queries waiting behind it there
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

  /** Marks the query as finished; the same query sent again is a new one. @param tookMs service time, if it was answered */
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
    // Without a known service time, nothing counts as late.
    while (longest > 0 && this.queue.length > BURST && waitedFor(LATE * bound)) this.dropOldest();
  }

  /** Refuses a query that has left the queue but has still waited too long; the same query sent again is a new one. */
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

  /**
   * Whether a query waited longer before it reached the queue than queries in the queue may. None is late while the number of queries is within what
   * is always allowed.
   */
  private comesLate(waited: number, behind: number): boolean {
    if (waited <= LATE * UNNOTICED || this.queue.length + behind < BURST + this.limits.threads) return false;
    let longest = 0;
    for (const { kind } of this.running) longest = Math.max(longest, this.times.of(kind));
    for (const kind of this.kinds.keys()) longest = Math.max(longest, this.times.of(kind));
    return longest > 0 && waited > LATE * boundOf(longest);
  }

  /** Expected wait of a query that arrives now, and the limit for it, in milliseconds. */
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
