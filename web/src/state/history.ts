/** Undo and redo over immutable values. */

export interface Step<T> {
  readonly value: T;
  /** What led here, as a person would say it: "Removed “Tiny Dancer”". */
  readonly label: string;
  /** Changes with the same key in quick succession (one dial being dragged) are one step. */
  readonly key: string | null;
  /** Milliseconds; when the step was last changed. */
  readonly at: number;
}

export interface History<T> {
  readonly past: readonly Step<T>[];
  readonly present: Step<T>;
  readonly future: readonly Step<T>[];
}

/** Steps kept for undo. */
export const HISTORY_LIMIT = 100;
/** A pause longer than this makes a new step even for the same dial. */
const COALESCE_MS = 1_000;

export function startHistory<T>(value: T): History<T> {
  return { past: [], present: { value, label: '', key: null, at: 0 }, future: [] };
}

export function push<T>(
  history: History<T>,
  value: T,
  label: string,
  at: number,
  key: string | null = null,
): History<T> {
  if (value === history.present.value) return history;
  const step: Step<T> = { value, label, key, at };
  if (key !== null && history.present.key === key && at - history.present.at <= COALESCE_MS)
    return { past: history.past, present: step, future: [] };
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
