import { workerData } from 'node:worker_threads';
import { instantiate } from './kernels/kernels.ts';
import {
  ACTIVE,
  ARGUMENTS,
  ARGUMENTS_OFFSET,
  CONTROL_WORDS,
  FAILED,
  KERNEL,
  LIMIT,
  SEQUENCE,
  takeChunks,
} from './pool-protocol.ts';

/** A thread of the pool: sleeps until work is open, processes chunks of it, and sleeps again. Ends with the process. */
const { memory, module, names, slot } = workerData as {
  memory: WebAssembly.Memory;
  module: WebAssembly.Module;
  names: string[];
  slot: number;
};
const kernels = instantiate(module, memory);
const control = new Int32Array(memory.buffer, 0, CONTROL_WORDS);
const args = new Float64Array(memory.buffer, ARGUMENTS_OFFSET, ARGUMENTS);

for (;;) {
  // Register before reading: the caller opens new work only once no worker is active, so all values read here belong to one piece of work.
  Atomics.add(control, ACTIVE, 1);
  const sequence = Atomics.load(control, SEQUENCE);
  if (sequence % 2 !== 0 && slot < Atomics.load(control, LIMIT)) {
    try {
      takeChunks(control, kernels[names[Atomics.load(control, KERNEL)]!]!, slot, [...args]);
    } catch {
      // The caller reports it, since it waits for this thread and cannot receive events meanwhile.
      Atomics.store(control, FAILED, 1);
    }
  }
  if (Atomics.sub(control, ACTIVE, 1) === 1) Atomics.notify(control, ACTIVE);
  Atomics.wait(control, SEQUENCE, sequence);
}
