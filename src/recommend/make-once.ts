/**
 * Makes a value once for all threads that answer, or waits until another thread has: arrays in it lie in shared memory then.
 * @param version of what it is made from
 */
export type MakeOnce = <T>(kind: string, version: string, make: () => Promise<T>) => Promise<T>;
