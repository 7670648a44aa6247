/** Milliseconds of work of one turn after which whatever else would go on in it waits for a later one. */
const SLICE = 5;

type Going = () => void;

/** Those that wait for a turn: pieces of long works, and what the server begins. One of each goes on in turn. */
const lines: readonly [pieces: Going[], beginnings: Going[]] = [[], []];
let scheduled = false;
let served: 0 | 1 = 1;

/** When this turn began to work; null when nothing in it has asked yet. */
let since: number | null = null;
let turns = 0;

/**
 * Resolves in a later turn of the event loop. Of all who wait, one goes on in each turn, first come, first served: between the pieces of any number of
 * long works, whatever has arrived meanwhile is answered.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => wait(0, resolve));
}

/** Calls in a later turn, in which no piece of a long work goes on: with these, whoever begins something takes turns. */
export function beginInTurn(begin: () => void): void {
  wait(1, begin);
}

/**
 * Whether the works of this turn of the event loop have taken their time, in all: the next piece of any of them should wait for `turn()`. Works that
 * several answers of threads or of the store let go on in one turn would else take the sum of what each may.
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

/** With something due at once the event loop waits for nothing: what is counted is work. */
function beginTurn(now: number): void {
  since = now;
  const own = ++turns;
  setImmediate(() => {
    if (own === turns) since = null;
  });
}
