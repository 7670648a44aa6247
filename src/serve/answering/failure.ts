import { ERRORS, type ErrorCode, SegueError } from '../../errors.ts';
import type { Failure } from './protocol.ts';

/** An error as its parts: a copy over the border of threads would lose its class. */
export function failureOf(error: unknown): Failure {
  if (error instanceof SegueError) {
    const { code, got, expected, remedy, suggestions } = error;
    return { code, got, expected, remedy, suggestions };
  }
  return { code: 'DEFECT', got: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export const errorOf = ({ code, ...detail }: Failure): Error =>
  code in ERRORS ? new SegueError(code as ErrorCode, detail) : new Error(detail.got);
