import { inSharedMemory } from '../dataset/shared-dataset.ts';

/**
 * Where a model that is loaded gets what it works out of the dataset and its file: by a name of its own, made there unless another thread has made
 * it. What comes back may lie in shared memory and must not be written to.
 */
export type Derived = <T>(name: string, make: () => T) => T;

/**
 * Begins the names of rooms: shared memory that is handed out when a model is loaded and filled when what belongs there is first needed. No file keeps it.
 */
export const ROOM = 'room ';

/** What a file keeps of what was made. */
export const lasting = (made: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(made).filter(([name]) => !name.startsWith(ROOM)));

/** For whoever is alone: made each time. */
export const ownDerived: Derived = (_, make) => make();

/**
 * For threads that load the same model on the same dataset: arrays are moved to shared memory and kept in `made`, plain objects that
 * `postMessage` passes without copying; given to the next thread, nothing is made twice.
 */
export const sharedDerived =
  (made: Record<string, unknown>): Derived =>
  <T>(name: string, make: () => T) =>
    (made[name] ??= inSharedMemory(make())) as T;
