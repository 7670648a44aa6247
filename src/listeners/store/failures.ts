import { SegueError } from '../../errors.ts';

/** Codes for a violated unique constraint: SQLite's extended codes (unique, primary key) and PostgreSQL's. */
const TAKEN: readonly unknown[] = [2067, 1555, '23505'];
/** SQLite's codes for a change or checkpoint that waited too long for another process. */
const BUSY = 5;
/** Codes for a full disk: SQLite's own, its failure to grow the index of its log, and PostgreSQL's. */
const FULL: readonly unknown[] = [13, 4874, '53100'];
/** Codes of a PostgreSQL that does not answer or refuses access: socket errors, classes 08 (connection), 28 (authorisation), 3D (no such database), 57P (shutdown). */
const UNREACHABLE = /^(?:ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE|08\w{3}|28\w{3}|3D\w{3}|57P\w{2})$/;
/** Messages, without a code, of PostgreSQL's client when a connection breaks during a query and when its transaction is then rolled back. */
const BROKEN: readonly unknown[] = [
  'Connection terminated unexpectedly',
  'Client has encountered a connection error and is not queryable',
];

interface DatabaseError {
  readonly code?: unknown;
  readonly errcode?: unknown;
  readonly message?: string;
}

export const isTaken = (error: unknown): boolean => {
  const { code, errcode } = error as DatabaseError;
  return TAKEN.includes(errcode) || TAKEN.includes(code);
};

/** Whether SQLite refused because another connection is making a change. */
export const isBusy = (error: unknown): boolean => {
  const { errcode } = error as DatabaseError;
  return typeof errcode === 'number' && (errcode & 0xff) === BUSY;
};

/** Turns a database error that users can act on into a SegueError; returns others unchanged. Never names the address, which may contain a password. */
export function storeFailure(error: unknown): unknown {
  if (error instanceof SegueError) return error;
  const { code, errcode, message } = error as DatabaseError;
  if (isBusy(error))
    return new SegueError('LIBRARY_BUSY', {
      got: 'Another process is writing to the listener store',
      remedy: 'Try again when it has finished',
      cause: error,
    });
  if (FULL.includes(errcode) || FULL.includes(code))
    return new SegueError('DISK_FULL', {
      got: 'The disk that stores the listeners is full',
      remedy: 'Free some space and try again; nothing was stored in part',
      cause: error,
    });
  if ((typeof code === 'string' && UNREACHABLE.test(code)) || BROKEN.includes(message))
    return new SegueError('DATABASE_UNREACHABLE', {
      got: `The listener database does not respond (${String(code ?? message)})`,
      expected: 'a PostgreSQL server at the address in SEGUE_DATABASE_URL',
      remedy: 'Start it or correct the address; without SEGUE_DATABASE_URL, listeners are stored in the library folder',
      cause: error,
    });
  return error;
}

/** @param what the item with its name, e.g. `A listener named "Ada"` */
export const taken = (what: string, cause?: unknown): SegueError =>
  new SegueError('ALREADY_EXISTS', { got: `${what} already exists`, remedy: 'Choose another name', cause });

/** Runs work on the store and turns its database errors into SegueErrors. */
export async function tried<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeFailure(error);
  }
}
