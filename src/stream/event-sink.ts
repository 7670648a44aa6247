import { SegueError } from '../errors.ts';
import type { FeedbackEvent } from '../listeners/events.ts';
import { type EventMessage, eventMessage } from '../listeners/messages.ts';
import type { ListenerRepository } from '../listeners/repository.ts';
import { decode, type Incoming } from './decode.ts';

/** A message that can never be processed, and why. */
export interface Rejected {
  readonly message: Incoming;
  readonly error: SegueError;
}

export interface SinkResult {
  /** Number of new events, and of those recorded before. */
  readonly recorded: number;
  readonly known: number;
  readonly rejected: readonly Rejected[];
}

export interface SinkOptions {
  /** Adds unknown listeners instead of setting their events aside. */
  readonly addListeners?: boolean;
}

interface Decoded {
  readonly message: Incoming;
  readonly listener: string;
  readonly event: FeedbackEvent;
}

/** Transient errors, after which the whole batch is retried. */
const OF_THE_STORE: ReadonlySet<string> = new Set(['LIBRARY_BUSY', 'DATABASE_UNREACHABLE', 'DISK_FULL', 'DISK_FAILED']);
const PASSING: ReadonlySet<string> = new Set([...OF_THE_STORE, 'INTERNAL']);

/** Whether the cause is a store that is unreachable, busy or full. */
export const ofTheStore = (error: unknown): boolean => error instanceof SegueError && OF_THE_STORE.has(error.code);

/**
 * Records a batch of event messages in one transaction, those of one listener in order of arrival. Event ids are unique in the store, so a repeated
 * batch changes nothing; as offsets are committed afterwards, effects are exactly once. A message that cannot be recorded is set aside and never
 * delays the others.
 * @throws transient errors (a store that does not respond): the caller retries the same batch
 */
export async function recordEvents(
  repository: ListenerRepository,
  batch: readonly Incoming[],
  { addListeners = false }: SinkOptions = {},
): Promise<SinkResult> {
  const decoded: Decoded[] = [];
  const rejected: Rejected[] = [];
  for (const message of batch) {
    try {
      const { version: _version, listener, ...event } = decode<EventMessage>(eventMessage, message);
      decoded.push({ message, listener, event });
    } catch (error) {
      rejected.push({ message, error: lasting(error) });
    }
  }
  const counts = { recorded: 0, known: 0 };
  const record = async (some: readonly Decoded[]): Promise<void> => {
    const byListener = Map.groupBy(some, ({ listener }) => listener);
    try {
      if (addListeners) for (const listener of byListener.keys()) await ensure(repository, listener);
      const events = new Map([...byListener].map(([listener, own]) => [listener, own.map(({ event }) => event)]));
      const added = await repository.events.recordTogether(events);
      counts.recorded += added.recorded;
      counts.known += added.known;
    } catch (error) {
      const cause = lasting(error);
      // One of the events is at fault: recording each listener's, then each event separately, finds it.
      if (byListener.size > 1) for (const own of byListener.values()) await record(own);
      else if (some.length > 1) for (const one of some) await record([one]);
      else rejected.push({ message: some[0]!.message, error: cause });
    }
  };
  if (decoded.length > 0) await record(decoded);
  return { ...counts, rejected };
}

/** Returns a permanent error. @throws the error when it is transient */
function lasting(error: unknown): SegueError {
  if (error instanceof SegueError && !PASSING.has(error.code)) return error;
  throw error;
}

async function ensure({ listeners }: ListenerRepository, id: string): Promise<void> {
  try {
    await listeners.get(id);
  } catch (error) {
    if (!(error instanceof SegueError && error.code === 'NOT_FOUND')) throw error;
    await listeners.add({ id, name: id }).catch((again: unknown) => {
      // Another consumer was faster.
      if (!(again instanceof SegueError && again.code === 'ALREADY_EXISTS')) throw again;
    });
  }
}
