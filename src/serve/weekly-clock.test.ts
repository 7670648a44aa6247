import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startWeeklyClock } from './weekly-clock.ts';

/** A clock that moves only when told to. */
class HandClock {
  asked: number[] = [];
  private wake: (() => void) | null = null;

  readonly wait = (ms: number, signal: AbortSignal): Promise<void> => {
    this.asked.push(ms);
    return new Promise((resolve, reject) => {
      this.wake = resolve;
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  };

  /** Lets the wait end and what follows it run until the next one. */
  async tick(): Promise<void> {
    this.wake?.();
    await settled();
  }
}

const never = (error: unknown): void => assert.fail(String(error));
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('the clock checks at the start and then once a minute, one check at a time', async () => {
  const clock = new HandClock();
  let looks = 0;
  const finish: (() => void)[] = [];
  const writeDue = (): Promise<void> => {
    looks++;
    return new Promise((resolve) => finish.push(resolve));
  };
  const stop = startWeeklyClock(async () => ({ writeDue }), never, clock.wait);
  await settled();
  assert.deepEqual([looks, clock.asked], [1, []], 'the clock stands still while lists are written');
  finish.pop()!();
  await settled();
  assert.deepEqual(clock.asked, [60_000]);
  await clock.tick();
  assert.equal(looks, 2);
  finish.pop()!();
  await settled();
  await stop();
  assert.equal(looks, 2);
});

test('errors are reported without ending the checks; without a connection there is nothing to do', async () => {
  const clock = new HandClock();
  const errors: unknown[] = [];
  const answers = [null, new Error('no store'), { writeDue: () => Promise.reject(new Error('defect')) }, null];
  const stop = startWeeklyClock(
    async () => {
      const next = answers.shift();
      if (next instanceof Error) throw next;
      return next ?? null;
    },
    (error) => errors.push((error as Error).message),
    clock.wait,
  );
  await settled();
  for (let minute = 0; minute < 3; minute++) await clock.tick();
  assert.deepEqual(errors, ['no store', 'defect']);
  assert.deepEqual([answers.length, clock.asked.length], [0, 4]);
  await stop();
});

test('stopping ends a wait at once, and waits for writing to stop, which is not an error', async () => {
  const clock = new HandClock();
  await startWeeklyClock(async () => null, never, clock.wait)();
  let ended = false;
  const writeDue = (signal?: AbortSignal): Promise<void> =>
    new Promise((_, reject) =>
      signal!.addEventListener('abort', () =>
        setImmediate(() => {
          ended = true;
          reject(signal!.reason);
        }),
      ),
    );
  const stop = startWeeklyClock(async () => ({ writeDue }), never, clock.wait);
  await settled();
  await stop();
  assert.ok(ended);
});
