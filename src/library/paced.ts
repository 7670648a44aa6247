import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../dataset/steps.ts';

/** Runs steps, yielding to the event loop in between so that signals are handled. @param check throws to stop the work */
export async function paced<T>(steps: Steps<T>, check: () => void): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await setImmediate();
    check();
  }
}
