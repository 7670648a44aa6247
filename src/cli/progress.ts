/** Interval, in milliseconds, at which progress is written where it cannot be redrawn; shorter work is not mentioned. */
const PLAIN_EVERY = 3000;
const REDRAW_EVERY = 100;

export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} hr ${minutes % 60} min`;
}

/** A new estimate replaces the running countdown when it is shorter, or longer by both this factor and this many seconds. */
const [LONGER, SECONDS] = [1.5, 5];

/** Counts down the remaining time. Since some parts of the work are slower than others, a plain estimate would rise with every look. */
export class TimeLeft {
  private until = 0;

  /** @param elapsed seconds so far @param fraction of the whole @returns seconds */
  at(elapsed: number, fraction: number): number {
    const estimate = (elapsed * (1 - fraction)) / fraction;
    const counted = this.until - elapsed;
    if (estimate < counted || estimate > LONGER * Math.max(0, counted) + SECONDS) this.until = elapsed + estimate;
    return Math.max(1, this.until - elapsed);
  }
}

/** Progress on standard error: a single redrawn line in a terminal, otherwise a line at intervals. */
export class Progress {
  private readonly out: NodeJS.WriteStream;
  private readonly start = performance.now();
  private last: number;
  private readonly timeLeft = new TimeLeft();
  private drawn = false;

  constructor(out: NodeJS.WriteStream = process.stderr) {
    this.out = out;
    this.last = out.isTTY ? Number.NEGATIVE_INFINITY : this.start;
  }

  /** @param fraction 0–1 of the whole; NaN when unknown */
  update(fraction: number, text: string): void {
    const now = performance.now();
    if (now - this.last < (this.out.isTTY ? REDRAW_EVERY : PLAIN_EVERY)) return;
    this.last = now;
    const elapsed = (now - this.start) / 1000;
    const left = fraction > 0.02 && elapsed > 1 ? `, ${duration(this.timeLeft.at(elapsed, fraction))} left` : '';
    const share = Number.isNaN(fraction) ? '' : `${String(Math.floor(fraction * 100)).padStart(3)}%  `;
    const line = `${share}${text}${left}`;
    if (this.out.isTTY) {
      this.out.write(`\r\u001b[2K${line.slice(0, Math.max(20, this.out.columns - 1))}`);
      this.drawn = true;
    } else this.out.write(`${line}\n`);
  }

  /** Prints a permanent line. */
  say(text: string): void {
    this.clear();
    this.out.write(`${text}\n`);
  }

  /** Clears the redrawn line. */
  clear(): void {
    if (this.drawn) this.out.write('\r\u001b[2K');
    this.drawn = false;
  }
}
