import type { WriteStream } from 'node:tty';

/** One line on standard error that is written over; in a log (no terminal) a line per tenth of the work. */
export class EvaluateProgress {
  private readonly stream: WriteStream;
  private lastTenth = -1;
  private lastAt = 0;

  constructor(stream: WriteStream = process.stderr) {
    this.stream = stream;
  }

  /** @param fraction 0–1 @param secondsLeft null when unknown */
  show(fraction: number, note: string, secondsLeft: number | null): void {
    const text = `${String(Math.round(fraction * 100)).padStart(3)} %  ${note}${secondsLeft === null ? '' : `  (${duration(secondsLeft)} left)`}`;
    const tenth = Math.floor(fraction * 10);
    if (this.stream.isTTY) {
      const now = performance.now();
      if (now - this.lastAt < 100 && fraction < 1) return;
      this.lastAt = now;
      this.stream.write(`\r${text.slice(0, (this.stream.columns || 80) - 1)}\u001b[K`);
    } else if (tenth > this.lastTenth) {
      this.lastTenth = tenth;
      this.stream.write(`${text}\n`);
    }
  }

  end(): void {
    if (this.stream.isTTY) this.stream.write('\r\u001b[K');
  }
}

/** Seconds for people: "40 s", "3 min 5 s", "1 h 20 min". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}
