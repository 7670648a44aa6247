import { setTimeout as sleep } from 'node:timers/promises';

export interface BatchLimits {
  readonly most: number;
  /** How long a smaller batch is waited for after its first item, in milliseconds. */
  readonly waitMs: number;
  /** After so many milliseconds without an item, an empty batch comes. */
  readonly idleMs: number;
}

/** What a stream yields, in groups. The next item is asked for while a batch is worked on. @throws the stream's error; items of an unfinished batch are lost */
export async function* batches<T>(
  stream: AsyncIterable<T>,
  { most, waitMs, idleMs }: BatchLimits,
): AsyncGenerator<T[]> {
  const iterator = stream[Symbol.asyncIterator]();
  const ask = (): Promise<IteratorResult<T>> => {
    const next = iterator.next();
    // Whoever awaits it gets the error; while a batch is worked on nobody does, and it must not end the process.
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

/** The result of work, or null when it took longer; one timer, however many steps the work has. */
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
