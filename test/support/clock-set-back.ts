import { isMainThread } from 'node:worker_threads';

/** Preloaded into the program (`node --import`): SIGUSR2 sets this thread's clock back by an hour, as an administrator or a bad time server might. */
const HOUR = 3_600_000;
if (isMainThread) {
  const RealDate = Date;
  let behind = 0;
  class ShiftedDate extends RealDate {
    constructor(...given: unknown[]) {
      super(...((given.length > 0 ? given : [RealDate.now() - behind]) as [number]));
    }
    static override now(): number {
      return RealDate.now() - behind;
    }
  }
  globalThis.Date = ShiftedDate as DateConstructor;
  process.on('SIGUSR2', () => (behind += HOUR));
}
