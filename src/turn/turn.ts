/** Milliseconds of work in one turn after which further work waits for a later turn. */
const SLICE = 5;

type Going = () => void;

/** Callers waiting for a turn: pieces of long tasks, and tasks about to begin. The two lines alternate. */
const lines: readonly [pieces: Going[], beginnings: Going[]] = [[], []];
let scheduled = false;
let served: 0 | 1 = 1;

/** When work began in this turn; null when nothing has asked yet. */
let since: number | null = null;
let turns = 0;

/**
 * Resolves in a later turn of the event loop. Each turn resumes one waiting caller, first come, first served, so that requests are answered between
 * the pieces of long tasks, however many tasks there are.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => wait(0, resolve));
}

/** Calls `begin` in a later turn, in which no piece of a long task runs; beginnings and pieces alternate. */
export function beginInTurn(begin: () => void): void {
  wait(1, begin);
}

/**
 * Whether the tasks of this turn of the event loop have together used up its time, so that the next piece of any of them should wait for `turn()`.
 * Otherwise, tasks that several answers of threads or of the store resume in the same turn would each take a full slice.
 */
export function turnIsSpent(): boolean {
  const now = performance.now();
  if (since !== null) return now - since >= SLICE;
  beginTurn(now);
  return false;
}

function wait(line: 0 | 1, go: Going): void {
  lines[line].push(go);
  if (scheduled) return;
  scheduled = true;
  setImmediate(next);
}

function next(): void {
  const other = served === 0 ? 1 : 0;
  if (lines[other].length > 0) served = other;
  beginTurn(performance.now());
  const go = lines[served].shift()!;
  scheduled = lines[0].length + lines[1].length > 0;
  if (scheduled) setImmediate(next);
  go();
}

/** A pending `setImmediate` keeps the event loop from sleeping, so only work is counted. */
function beginTurn(now: number): void {
  since = now;
  const own = ++turns;
  setImmediate(() => {
    if (own === turns) since = null;
  });
}
