import { throwIfCancelled } from '../errors.ts';

/** Waits. @param ms milliseconds @throws SegueError CANCELLED when the signal is aborted */
export async function waitFor(ms: number, signal?: AbortSignal): Promise<void> {
  throwIfCancelled(signal, 'The work');
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done, { once: true });
  });
  throwIfCancelled(signal, 'The work');
}
