import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Before jobs (`job-thread.ts`), behind the threads that have no priority of their own. */
const NICE = 10;

/**
 * Lets other threads, above all the one that accepts and refuses, come before this one and before the processes that it starts from now on. Linux tells
 * threads by ids of their own; elsewhere nothing changes.
 */
export function giveWay(nice = NICE): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (Number.isInteger(thread)) setPriority(thread, nice);
  } catch {
    // There is no such file, or priorities cannot be set here.
  }
}
