import type { Kernel } from './kernels/kernels.ts';

/** Positions in the control block at address 0 of the shared memory, in words, far enough apart not to share a cache line. */
export const SEQUENCE = 16;
export const NEXT = 32;
export const ACTIVE = 48;
export const KERNEL = 64;
export const TOTAL = 65;
export const GRAIN = 66;
/** Threads whose slot is at or above this value do not take part. */
export const LIMIT = 67;
/** 1 when a kernel trapped in a worker. */
export const FAILED = 68;
export const CONTROL_WORDS = 80;
/** Arguments of the open work, as float64 (exact for addresses, counts and float32). */
export const ARGUMENTS_OFFSET = 1024;
export const ARGUMENTS = 32;

/** Processes chunks of the open work until none is left. */
export function takeChunks(control: Int32Array, run: Kernel, slot: number, args: readonly number[]): void {
  const total = Atomics.load(control, TOTAL);
  const grain = Atomics.load(control, GRAIN);
  const chunks = Math.ceil(total / grain);
  for (;;) {
    const chunk = Atomics.add(control, NEXT, 1);
    if (chunk >= chunks) return;
    run(slot, chunk * grain, Math.min(total, (chunk + 1) * grain), ...args);
  }
}
