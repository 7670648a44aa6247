import { setTimeout as sleep } from 'node:timers/promises';

export interface BatchLimits {
  readonly most: number;
  /** How long to wait for more items after a batch's first one, in milliseconds. */
  readonly waitMs: number;
  /** An empty batch is yielded after this many milliseconds without an item. */
  readonly idleMs: number;
}

/**
 * Groups the items of a stream into batches. The next item is requested while a batch is being processed. @throws the stream's error; items of an
 * incomplete batch are lost
 */
export async function* batches<T>(
  stream: AsyncIterable<T>,
  { most, waitMs, idleMs }: BatchLimits,
): AsyncGenerator<T[]> {
  const iterator = stream[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<T>> => {
    const next = iterator.next();
    // Whoever awaits it receives the error; while a batch is being processed nobody does, and it must not end the process.
    next.catch(() => undefined);
    return next;
  };
  let pending = ask();
  for (;;) {
    const first = await within(idleMs, () => pending);
    if (first === null) {
      yield [];
      continue;
    }
    if (first.done) return;
    const batch = [first.value];
    pending = ask();
    await within(waitMs, async (over) => {
      while (batch.length < most) {
        const next = await pending;
        if (over() || next.done) return;
        batch.push(next.value);
        pending = ask();
      }
    });
    yield batch;
  }
}

/** The result of work, or null when it took too long; uses one timer, however many steps the work has. */
async function within<T>(ms: number, work: (over: () => boolean) => Promise<T>): Promise<T | null> {
  const timer = new AbortController();
  let late = false;
  const timeout = sleep(ms, null, timer).then(
    () => {
      late = true;
      return null;
    },
    () => null,
  );
  try {
    return await Promise.race([work(() => late), timeout]);
  } finally {
    timer.abort();
  }
}
