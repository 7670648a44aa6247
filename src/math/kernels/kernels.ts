import { readFileSync } from 'node:fs';
import { SegueError } from '../../errors.ts';

/** Start of the arena; the bytes below it hold the pool's control block. */
export const ARENA_START = 65536;
const PAGE = 65536;
/** 4 GiB, the limit of 32-bit addresses. Only address space is reserved; pages are allocated when first written. */
export const MAXIMUM_PAGES = 65536;

/** A kernel: all arguments are numbers (addresses in bytes, counts, scalars). Names and argument orders are defined in assembly/. */
export type Kernel = (...args: number[]) => number;
export type Kernels = Readonly<Record<string, Kernel>>;

interface Loaded {
  memory: WebAssembly.Memory;
  module: WebAssembly.Module;
  kernels: Kernels;
}

let loaded: Loaded | null = null;

/** Instantiates the kernels on a memory that other threads may share. */
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
