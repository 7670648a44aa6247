import { inSharedMemory } from '../dataset/shared-dataset.ts';

/**
 * Gives a model, while it is loaded, what can be derived from the dataset and its file. Results are shared by name: `make` runs only if no other
 * thread has made that name yet. The result may be in shared memory and must not be written to.
 */
export type Derived = <T>(name: string, make: () => T) => T;

/**
 * Prefix of the names of rooms: shared memory that is allocated when a model is loaded and filled when its content is first needed. Rooms are never
 * saved to a file.
 */
export const ROOM = 'room ';

/** The part of what was made that is saved to a file: all but rooms. */
export const lasting = (made: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(made).filter(([name]) => !name.startsWith(ROOM)));

/** For a single thread: derives everything anew. */
export const ownDerived: Derived = (_, make) => make();

/**
 * For threads that load the same model on the same dataset: moves arrays to shared memory and keeps them in `made`, plain objects that `postMessage`
 * passes without copying. A thread that is given `made` derives nothing twice.
 */
export const sharedDerived =
  (made: Record<string, unknown>): Derived =>
  <T>(name: string, make: () => T) =>
    (made[name] ??= inSharedMemory(make())) as T;
