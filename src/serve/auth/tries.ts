import { SegueError } from '../../errors.ts';

const WINDOW = 15 * 60_000;
/** Allowed failures within the window: for one name from one address, for one address, for one name from anywhere. */
const LIMITS = { pair: 5, address: 30, name: 50 } as const;
/** Maximum number of counters; the oldest are dropped first. */
const KEPT = 20_000;

/** Counts failed sign-ins, to prevent password guessing. Kept in memory, so a restart resets them. @param now for tests */
export class Tries {
  private readonly failures = new Map<string, { count: number; since: number }>();
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /**
   * Counts an attempt as failed before it is made, so that concurrent attempts do not slip through; `succeeded` removes it.
   * @param name null without a name: only the address counts @throws SegueError TOO_MANY_TRIES
   */
  begin(name: string | null, address: string): void {
    const keys = keysOf(name, address);
    for (const [key, most] of keys) if (this.count(key) >= most) throw tooMany();
    for (const [key] of keys) {
      const known = this.failures.get(key);
      const since = known && this.now() - known.since < WINDOW ? known.since : this.now();
      this.failures.set(key, { count: this.count(key) + 1, since });
    }
    for (const key of this.failures.keys()) {
      if (this.failures.size <= KEPT) break;
      this.failures.delete(key);
    }
  }

  succeeded(name: string | null, address: string): void {
    for (const [key] of keysOf(name, address)) {
      const known = this.failures.get(key);
      if (known && known.count > 1) this.failures.set(key, { ...known, count: known.count - 1 });
      else this.failures.delete(key);
    }
  }

  private count(key: string): number {
    const known = this.failures.get(key);
    return known && this.now() - known.since < WINDOW ? known.count : 0;
  }
}

const keysOf = (name: string | null, address: string): [string, number][] => [
  [`address:${address}`, LIMITS.address],
  ...(name === null
    ? []
    : ([
        [`pair:${address}:${name}`, LIMITS.pair],
        [`name:${name}`, LIMITS.name],
      ] as [string, number][])),
];

const tooMany = (): SegueError =>
  new SegueError('TOO_MANY_TRIES', {
    got: 'Too many failed sign-ins',
    remedy: 'Wait 15 minutes and try again',
  });
