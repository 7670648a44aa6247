import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../dataset/steps.ts';

/** Runs steps with a turn of the event loop between them, in which signals are heard. @param check throws when the work is to end */
export async function paced<T>(steps: Steps<T>, check: () => void): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await setImmediate();
    check();
  }
}
