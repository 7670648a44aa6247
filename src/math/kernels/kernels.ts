import { readFileSync } from 'node:fs';
import { SegueError } from '../../errors.ts';

/** The bytes below this address hold the pool's control block; the arena begins here. */
export const ARENA_START = 65536;
const PAGE = 65536;
/** 4 GiB, the most that 32-bit addresses reach. Reserved as address space only; pages become real when they are written. */
export const MAXIMUM_PAGES = 65536;

/** A kernel: all arguments are numbers (addresses in bytes, counts, scalars). Its name and order stand in assembly/. */
export type Kernel = (...args: number[]) => number;
export type Kernels = Readonly<Record<string, Kernel>>;

interface Loaded {
  memory: WebAssembly.Memory;
  module: WebAssembly.Module;
  kernels: Kernels;
}

let loaded: Loaded | null = null;

/** Instantiates the kernels on a memory that may be shared with other threads. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernels {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
}

/** Compiles the kernels on first use; later calls return the same. @throws SegueError FILE_UNREADABLE when they were not built */
export function load(): Loaded {
  if (loaded) return loaded;
  const file = new URL('../../../build/kernels.wasm', import.meta.url);
  let module: WebAssembly.Module;
  try {
    module = new WebAssembly.Module(readFileSync(file));
  } catch (cause) {
    throw new SegueError('FILE_UNREADABLE', {
      got: `The compiled kernels ${file.pathname} are missing or damaged`,
      expected: 'what `npm run build` writes there',
      remedy: 'Run `npm run build`',
      cause,
    });
  }
  const memory = new WebAssembly.Memory({ initial: ARENA_START / PAGE, maximum: MAXIMUM_PAGES, shared: true });
  loaded = { memory, module, kernels: instantiate(module, memory) };
  return loaded;
}
