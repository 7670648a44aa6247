import { SegueError } from '../errors.ts';
import type { FeedbackEvent } from '../listeners/events.ts';
import { type EventMessage, eventMessage } from '../listeners/messages.ts';
import type { ListenerRepository } from '../listeners/repository.ts';
import { decode, type Incoming } from './decode.ts';

/** A message that will never work, and why. */
export interface Rejected {
  readonly message: Incoming;
  readonly error: SegueError;
}

export interface SinkResult {
  /** Events that were new, and those that were recorded before. */
  readonly recorded: number;
  readonly known: number;
  readonly rejected: readonly Rejected[];
}

export interface SinkOptions {
  /** Makes a listener that nobody has heard of, instead of setting the event aside. */
  readonly addListeners?: boolean;
}

/** Errors that pass: the whole batch is tried again. */
const PASSING = new Set(['LIBRARY_BUSY', 'DATABASE_UNREACHABLE', 'INTERNAL']);

/** Whether a store that is away caused it. */
export const ofTheStore = (error: unknown): boolean =>
  error instanceof SegueError && (error.code === 'LIBRARY_BUSY' || error.code === 'DATABASE_UNREACHABLE');

/**
 * Records a batch of event messages, those of one listener in the order they came and in one transaction. Event ids are unique in the store, so a batch
 * that comes again changes nothing: with offsets committed afterwards, effects are exactly once. A message that cannot be recorded is set aside
 * and never holds up the others.
 * @throws what may pass (a store that does not answer): the caller tries the same batch again
 */
export async function recordEvents(
  repository: ListenerRepository,
  batch: readonly Incoming[],
  { addListeners = false }: SinkOptions = {},
): Promise<SinkResult> {
  const rejected: Rejected[] = [];
  const byListener = new Map<string, { message: Incoming; event: FeedbackEvent }[]>();
  for (const message of batch) {
    try {
      const { version: _version, listener, ...event } = decode<EventMessage>(eventMessage, message);
      const own = byListener.get(listener);
      if (own) own.push({ message, event });
      else byListener.set(listener, [{ message, event }]);
    } catch (error) {
      rejected.push({ message, error: lasting(error) });
    }
  }
  let recorded = 0;
  let known = 0;
  for (const [listener, own] of byListener) {
    try {
      if (addListeners) await ensure(repository, listener);
      const added = await repository.events.record(
        listener,
        own.map(({ event }) => event),
      );
      recorded += added.recorded;
      known += added.known;
    } catch (error) {
      lasting(error);
      // One of them is at fault: each on its own shows which.
      for (const { message, event } of own) {
        try {
          const added = await repository.events.record(listener, [event]);
          recorded += added.recorded;
          known += added.known;
        } catch (single) {
          rejected.push({ message, error: lasting(single) });
        }
      }
    }
  }
  return { recorded, known, rejected };
}

/** The error when it will not pass. @throws the error when it may */
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
      // Another consumer was quicker.
      if (!(again instanceof SegueError && again.code === 'ALREADY_EXISTS')) throw again;
    });
  }
}
