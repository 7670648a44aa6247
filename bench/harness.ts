import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** One line of a bench's result. */
export interface Line {
  what: string;
  /** Milliseconds; NaN when the line reports something else. */
  median: number;
  /** Half the interquartile range, relative to the median. */
  spread: number;
  runs: number;
  /** Throughput or ratio in its own unit: "42 GFLOP/s", "61 % of JSON.parse". */
  rate?: string;
  /** Quality of the result: an error, a recall, "the same 50 rows". */
  quality?: string;
  /** The project's goal for this line, and whether it is met. */
  goal?: { text: string; met: boolean };
}

export interface BenchContext {
  seed: number;
  /** Values from the command line, such as a path or a size. */
  values: readonly string[];
  /** Minutes for which to keep up a load, for benches that do. */
  minutes?: number | undefined;
  /** Progress, on standard error. */
  say(text: string): void;
}

/** One bench: the subject and, in the same run, a peer or a limit for comparison. */
export interface Bench {
  id: string;
  title: string;
  /** Takes several minutes or gigabytes: not part of a plain `npm run bench`. */
  heavy?: boolean;
  run(context: BenchContext): Promise<Line[]> | Line[];
}

/** The value below which the given fraction of the sorted values lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

/** A line from durations in milliseconds. */
export function lineOf(what: string, times: readonly number[], extra: Partial<Line> = {}): Line {
  const median = quantile(times, 0.5);
  const spread = (quantile(times, 0.75) - quantile(times, 0.25)) / 2 / median;
  return { what, median, spread, runs: times.length, ...extra };
}

/**
 * Durations of repeated calls after a warm-up, in milliseconds.
 * @param runs at least this many @param seconds stops after this long once `runs` are done, at most 200 runs
 */
export function time(run: (i: number) => void, { warmUp = 3, runs = 7, seconds = 1 } = {}): number[] {
  for (let i = 0; i < warmUp; i++) run(i);
  const times: number[] = [];
  const started = performance.now();
  while (times.length < runs || (times.length < 200 && performance.now() - started < seconds * 1000)) {
    const start = performance.now();
    run(times.length);
    times.push(performance.now() - start);
  }
  return times;
}

/** Milliseconds that one call takes. */
export async function once(run: () => unknown): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** Processor time used by this process in milliseconds, over all threads; on a busy machine more stable than wall-clock time. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function machine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0]!.toFixed(1);
  return `${cpus()[0]?.model ?? 'unknown processor'} × ${availableParallelism()}, ${gigabytes} GB, Node ${process.versions.node}, load ${load}`;
}

/** Largest resident memory of this process so far, in bytes. */
export const peakMemory = (): number => process.resourceUsage().maxRSS * 1024;

export function printTable(title: string, lines: readonly Line[]): void {
  const cells = lines.map((line) => [
    line.what,
    Number.isNaN(line.median) ? '' : `${line.median >= 100 ? line.median.toFixed(0) : line.median.toPrecision(3)} ms`,
    Number.isNaN(line.spread) ? '' : `± ${(100 * line.spread).toFixed(0)} %`,
    String(line.runs),
    line.rate ?? '',
    line.quality ?? '',
    line.goal ? `${line.goal.text}: ${line.goal.met ? 'met' : 'MISSED'}` : '',
  ]);
  const rows = [['', 'median', 'spread', 'runs', 'rate', 'quality', 'goal'], ...cells];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  console.log(`\n${title}`);
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    );
}
