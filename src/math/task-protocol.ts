import { ERRORS, type ErrorCode, SegueError } from '../errors.ts';
import type { OnProgress, Progress } from './progress.ts';

/** The tasks of a worker, by name: each takes one cloneable input and gives one result. */
export type Tasks = { readonly [name: string]: (input: never, context: TaskContext) => unknown };

export type TaskInput<T extends Tasks, Name extends keyof T> = Parameters<T[Name]>[0];
export type TaskResult<T extends Tasks, Name extends keyof T> = Awaited<ReturnType<T[Name]>>;

/** Passed to a worker's task besides its input. */
export interface TaskContext {
  readonly onProgress: OnProgress;
  /** Transfers these buffers with the result instead of copying them. */
  readonly move: (...buffers: ArrayBufferLike[]) => void;
}

/** From the parent to the worker. */
export type ToWorker =
  | { readonly type: 'task'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly value?: unknown; readonly failure?: Failure };

/** From the worker to the parent. `id` is that of the task, or of the question itself. */
export type FromWorker =
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'question'; readonly id: number; readonly question: unknown };

/** An error in parts: a copy that crosses threads would lose its class. */
export interface Failure {
  readonly code: string;
  readonly got: string;
  readonly expected?: string;
  readonly remedy?: string;
  readonly suggestions?: readonly string[];
  /** For defects: where it arose. */
  readonly stack?: string;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof SegueError) {
    const { code, got, expected, remedy, suggestions } = error;
    return { code, got, expected, remedy, suggestions };
  }
  return error instanceof Error
    ? { code: 'DEFECT', got: error.message, stack: error.stack }
    : { code: 'DEFECT', got: String(error) };
}

/** Reconstructs the error; a defect has the stack of the thread in which it arose. */
export function errorOf({ code, stack, ...detail }: Failure): Error {
  if (code in ERRORS) return new SegueError(code as ErrorCode, detail);
  const defect = new Error(detail.got);
  if (stack !== undefined) defect.stack = stack;
  return defect;
}
