import { instantiate, type Kernels, load, MAXIMUM_PAGES } from './kernels.ts';

const PAGE = 65536;
/** The file begins here; the page before it holds the mark of having been checked. */
const START = PAGE;
/** Room that is left for scratch, or the kernels cannot work in the memory. */
const SCRATCH = 256 * 1024 * 1024;

/**
 * Shared memory that holds a file's bytes, on which kernels work where they lie: threads need no copy of what they search. Each thread has scratch of
 * its own behind the file.
 */
export class FileMemory {
  /** The file's bytes. */
  readonly bytes: Uint8Array;
  private readonly memory: WebAssembly.Memory;
  private instance: Kernels | null = null;
  private start = 0;
  private size = 0;

  constructor(memory: WebAssembly.Memory, length: number) {
    this.memory = memory;
    this.bytes = new Uint8Array(memory.buffer, START, length);
    known.set(memory.buffer, this);
  }

  /** Whether some thread has found the file's checksums right. */
  get checked(): boolean {
    return Atomics.load(this.mark, 0) === 1;
  }

  setChecked(): void {
    Atomics.store(this.mark, 0, 1);
  }

  /** The kernels of this thread on this memory. */
  get kernels(): Kernels {
    this.instance ??= instantiate(load().module, this.memory);
    return this.instance;
  }

  /** Scratch of this thread, a multiple of 64; the next call gives the same bytes again. */
  scratch(bytes: number): { at: number; buffer: ArrayBufferLike } {
    if (bytes > this.size) {
      const pages = Math.ceil((2 * bytes) / PAGE);
      // What a thread grows the memory by is its own.
      this.start = this.memory.grow(pages) * PAGE;
      this.size = pages * PAGE;
    }
    return { at: this.start, buffer: this.memory.buffer };
  }

  /** What another thread makes a `FileMemory` over the same bytes from. */
  get parts(): FileParts {
    return { memory: this.memory, length: this.bytes.length };
  }

  private get mark(): Int32Array {
    return new Int32Array(this.bytes.buffer, 0, 1);
  }
}

export interface FileParts {
  readonly memory: WebAssembly.Memory;
  readonly length: number;
}

const known = new WeakMap<ArrayBufferLike, FileMemory>();

/** Memory for a file of so many bytes; null where the kernels cannot reach as far. */
export function memoryForFile(bytes: number): FileMemory | null {
  const most = MAXIMUM_PAGES * PAGE;
  if (bytes + START + SCRATCH > most) return null;
  const initial = Math.ceil((bytes + START) / PAGE);
  return new FileMemory(new WebAssembly.Memory({ initial, maximum: MAXIMUM_PAGES, shared: true }), bytes);
}

/** The memory that an array lies in; null when that is no file's. */
export const fileMemoryOf = (view: ArrayBufferView): FileMemory | null => known.get(view.buffer) ?? null;
