/**
 * The single catalogue of errors shown to people. Each says what was got, what was expected and what to do. `status` is the HTTP status, `exit` the
 * CLI's exit code. docs/errors.md lists the same codes (enforced by a test).
 */
export const ERRORS = {
  USAGE: { status: 400, exit: 2, meaning: 'a command, option or field is invalid' },
  OUT_OF_RANGE: { status: 400, exit: 2, meaning: 'a number is outside its allowed range' },
  BODY_TOO_LARGE: { status: 413, exit: 2, meaning: 'a request body or file exceeds the size limit' },
  NOT_FOUND: { status: 404, exit: 4, meaning: 'the requested resource does not exist' },
  ALREADY_EXISTS: { status: 409, exit: 2, meaning: 'the name or id is already taken' },
  UNKNOWN_TRACK: { status: 404, exit: 4, meaning: 'no song in the catalogue matches' },
  UNKNOWN_MODEL: { status: 400, exit: 2, meaning: 'no model has this id' },
  MODEL_NOT_TRAINED: { status: 409, exit: 3, meaning: 'the model exists but is not trained on this library' },
  MODEL_MISMATCH: {
    status: 409,
    exit: 3,
    meaning: 'the model does not match this library',
  },
  MODEL_UNUSABLE: { status: 409, exit: 3, meaning: 'the model cannot be used with this data' },
  FILE_UNREADABLE: {
    status: 422,
    exit: 5,
    meaning: 'a file is missing, truncated, corrupted or in the wrong format',
  },
  COLUMNS_MISSING: { status: 422, exit: 5, meaning: 'a table lacks required columns' },
  FORMAT_NEWER: { status: 422, exit: 5, meaning: 'a file or library was written by a newer version of Segue' },
  FORMAT_OLD: {
    status: 422,
    exit: 5,
    meaning: 'a saved model has the format of an earlier version of Segue',
  },
  LIBRARY_EMPTY: { status: 409, exit: 3, meaning: 'the library is empty or does not exist' },
  LIBRARY_BUSY: { status: 409, exit: 3, meaning: 'another process is changing the library' },
  DATABASE_UNREACHABLE: {
    status: 503,
    exit: 3,
    meaning: 'the database at SEGUE_DATABASE_URL does not respond',
  },
  DISK_FULL: { status: 507, exit: 5, meaning: 'the disk is full' },
  DISK_FAILED: { status: 500, exit: 5, meaning: 'the disk did not store what was written to it' },
  UNSOLVABLE: { status: 500, exit: 6, meaning: 'a linear system of a model has no stable solution' },
  CANCELLED: { status: 499, exit: 130, meaning: 'the work was cancelled; no partial results were kept' },
  JOB_FAILED: { status: 502, exit: 6, meaning: 'a Spark job failed' },
  BROKER_UNREACHABLE: { status: 503, exit: 7, meaning: 'no Kafka broker responds' },
  DEADLINE_PASSED: { status: 504, exit: 7, meaning: 'the deadline of a request has passed' },
  SPLIT_IMPOSSIBLE: { status: 400, exit: 2, meaning: 'the data cannot be split as requested' },
  RUN_INVALID: { status: 422, exit: 5, meaning: 'a file of recommendations breaks the rules of its format' },
  SIGN_IN_REFUSED: { status: 422, exit: 8, meaning: 'a connected service rejected the sign-in' },
  SERVICE_AWAY: { status: 503, exit: 7, meaning: 'a connected service is unreachable or overloaded' },
  SERVICE_ANSWER: { status: 502, exit: 7, meaning: 'a connected service sent an unusable response' },
  NOT_SIGNED_IN: { status: 401, exit: 3, meaning: 'the server requires sign-in' },
  TOO_MANY_TRIES: { status: 429, exit: 3, meaning: 'too many failed sign-ins' },
  NOT_ALLOWED: { status: 403, exit: 3, meaning: 'the caller is not allowed to see or do this' },
  NOT_POSSIBLE: { status: 409, exit: 3, meaning: 'the connection does not support this' },
  OVERLOADED: { status: 503, exit: 7, meaning: 'the server is overloaded' },
  INTERNAL: { status: 500, exit: 70, meaning: 'a bug in Segue' },
} as const;

export type ErrorCode = keyof typeof ERRORS;

export interface ErrorDetail {
  /** What was found, in the person's terms. */
  got: string;
  /** What would have been right. */
  expected?: string;
  /** What the person can do now. */
  remedy?: string;
  /** Close alternatives, e.g. song names. */
  suggestions?: readonly string[];
  /** The underlying error, kept for logs only. */
  cause?: unknown;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** An error with a code and a remedy; no other kind is shown to people. */
export class SegueError extends Error {
  readonly code: ErrorCode;
  readonly got: string;
  readonly expected: string | undefined;
  readonly remedy: string | undefined;
  readonly suggestions: readonly string[];

  constructor(code: ErrorCode, detail: ErrorDetail) {
    const parts = [sentence(detail.got)];
    if (detail.expected) parts.push(sentence(`Expected ${detail.expected}`));
    if (detail.remedy) parts.push(sentence(detail.remedy));
    super(parts.join(' '), detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'SegueError';
    this.code = code;
    this.got = detail.got;
    this.expected = detail.expected;
    this.remedy = detail.remedy;
    this.suggestions = detail.suggestions ?? [];
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get exitCode(): number {
    return ERRORS[this.code].exit;
  }
}

/** Throws CANCELLED when the signal was aborted; called between steps of long work. */
export function throwIfCancelled(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted)
    throw new SegueError('CANCELLED', { got: `${what} was stopped`, remedy: 'Run the same command again to resume' });
}
