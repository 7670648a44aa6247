import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Priority above jobs (`job-thread.ts`) and below threads at the default priority. */
const NICE = 10;

/**
 * Lowers the priority of this thread and of the processes it starts, so that other threads, above all the one that accepts and refuses requests, come
 * first. Works on Linux, where threads have their own ids; elsewhere it does nothing.
 */
export function giveWay(nice = NICE): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (Number.isInteger(thread)) setPriority(thread, nice);
  } catch {
    // The file is missing, or this system does not allow setting priorities.
  }
}
