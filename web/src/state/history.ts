/** Undo and redo over immutable values. */

export interface Step<T> {
  readonly value: T;
  /** What was done, in a person's words: "Removed “Tiny Dancer”". */
  readonly label: string;
  /** Changes with the same key in quick succession (dragging a dial) form one step. */
  readonly key: string | null;
  /** Milliseconds; when the step was last changed. */
  readonly at: number;
  /** Identifies the step in the browser's history; unique within the tab. */
  readonly id: number;
}

export interface History<T> {
  readonly past: readonly Step<T>[];
  readonly present: Step<T>;
  readonly future: readonly Step<T>[];
}

/** Steps kept for undo. */
export const HISTORY_LIMIT = 100;
/** After a longer pause, even the same dial starts a new step. */
const COALESCE_MS = 1_000;

export function startHistory<T>(value: T): History<T> {
  return { past: [], present: { value, label: '', key: null, at: 0, id: 0 }, future: [] };
}

/** Larger than every id in use, including dropped branches: the present step is the newest unless steps were undone. */
function nextId<T>(history: History<T>): number {
  return Math.max(history.present.id, ...history.future.map((step) => step.id)) + 1;
}

/** Moves to the step with an id; returns the same history when there is none. */
export function travelTo<T>(history: History<T>, id: number): History<T> {
  const steps = [...history.past, history.present, ...history.future];
  const at = steps.findIndex((step) => step.id === id);
  if (at < 0) return history;
  return { past: steps.slice(0, at), present: steps[at]!, future: steps.slice(at + 1) };
}

export function push<T>(
  history: History<T>,
  value: T,
  label: string,
  at: number,
  key: string | null = null,
): History<T> {
  if (value === history.present.value) return history;
  const coalesced = key !== null && history.present.key === key && at - history.present.at <= COALESCE_MS;
  const step: Step<T> = { value, label, key, at, id: coalesced ? history.present.id : nextId(history) };
  if (coalesced) return { past: history.past, present: step, future: [] };
  return { past: [...history.past, history.present].slice(-HISTORY_LIMIT), present: step, future: [] };
}

/** The state before the last step, or the same history when there is none. */
export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1);
  if (!previous) return history;
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future] };
}

export function redo<T>(history: History<T>): History<T> {
  const next = history.future[0];
  if (!next) return history;
  return { past: [...history.past, history.present], present: next, future: history.future.slice(1) };
}
