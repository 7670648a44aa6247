/**
 * Makes a value once for all answering threads, or waits until another thread has made it; its arrays are then in shared memory.
 * @param version of the data that it is made from
 */
export type MakeOnce = <T>(kind: string, version: string, make: () => Promise<T>) => Promise<T>;
