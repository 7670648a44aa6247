import { SegueError } from '../../errors.ts';
import { instantiate, type Kernels, load, MAXIMUM_PAGES } from './kernels.ts';

const PAGE = 65536;
/** The file begins here; the page before it holds the marks: checked, damaged. */
const START = PAGE;
/** What is read on demand is read in blocks of so many bytes. */
const BLOCK = 4096;
/** Places of the marks, in 32-bit words; and of a sum of 16 bytes. */
const [CHECKED, DAMAGED, SUMMED, SUM] = [0, 1, 2, 4];
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
  private later: Later | null;
  private read: ((into: Uint8Array, at: number) => void) | null = null;

  constructor({ memory, length, later }: FileParts) {
    this.memory = memory;
    this.bytes = new Uint8Array(memory.buffer, START, length);
    this.later = later;
    known.set(memory.buffer, this);
  }

  /** Whether some thread has found the file's checksums right; that of bytes which are read later aside. */
  get checked(): boolean {
    return Atomics.load(this.marks, CHECKED) === 1;
  }

  setChecked(): void {
    Atomics.store(this.marks, CHECKED, 1);
  }

  /** A sum of 16 bytes, in hexadecimal, over what is not read later, as some thread made it; null while none has. */
  get sum(): string | null {
    if (Atomics.load(this.marks, SUMMED) === 0) return null;
    return Buffer.from(this.marks.slice(SUM, SUM + 4).buffer).toString('hex');
  }

  set sum(sum: string) {
    new Uint8Array(this.bytes.buffer, 4 * SUM, 16).set(Buffer.from(sum, 'hex'));
    Atomics.store(this.marks, SUMMED, 1);
  }

  /** The bytes that are not read later. */
  get there(): readonly Uint8Array[] {
    const { bytes, later } = this;
    return later ? [bytes.subarray(0, later.from), bytes.subarray(later.to)] : [bytes];
  }

  /** From now on, asking for bytes that are read later is an error, in all threads. */
  setDamaged(): void {
    Atomics.store(this.marks, DAMAGED, 1);
  }

  /** Leaves bytes [from, to) to be read when they are asked for, for all threads. @param read fills memory with the file's bytes from a place on */
  readLater(from: number, to: number, read: (into: Uint8Array, at: number) => void): void {
    const blocks = Math.ceil(to / BLOCK) - Math.floor(from / BLOCK);
    this.later = { from, to, there: new Uint8Array(new SharedArrayBuffer(blocks)) };
    this.read = read;
  }

  /** How this thread reads what another one has left to be read. */
  readWith(read: (into: Uint8Array, at: number) => void): void {
    this.read = read;
  }

  /** Whether some of the view is left to be read. */
  isLater(view: ArrayBufferView): boolean {
    const { later } = this;
    const at = view.byteOffset - START;
    return later !== null && at < later.to && at + view.byteLength > later.from;
  }

  /** Reads what of the view has not been read. @throws SegueError FILE_UNREADABLE when the bytes were found damaged, or cannot be read */
  fill(view: ArrayBufferView): void {
    if (!this.isLater(view)) return;
    const { from, to, there } = this.later!;
    if (Atomics.load(this.marks, DAMAGED) === 1)
      throw new SegueError('FILE_UNREADABLE', {
        got: "The file of a model is damaged in a column that is read on demand: its checksum doesn't match",
        expected: 'a model saved by Segue',
        remedy: 'Train the model again with `segue train`, or go back with `segue models rollback`',
      });
    const at = view.byteOffset - START;
    const first = Math.floor(from / BLOCK);
    const last = Math.floor((Math.min(to, at + view.byteLength) - 1) / BLOCK);
    for (let b = Math.floor(Math.max(from, at) / BLOCK); b <= last; b++) {
      if (Atomics.load(there, b - first) === 1) continue;
      // As many at once as are missing one behind the other.
      let end = b + 1;
      while (end <= last && Atomics.load(there, end - first) === 0) end++;
      const start = Math.max(from, b * BLOCK);
      this.read!(this.bytes.subarray(start, Math.min(to, end * BLOCK)), start);
      for (; b < end; b++) Atomics.store(there, b - first, 1);
      b--;
    }
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
    return { memory: this.memory, length: this.bytes.length, later: this.later };
  }

  private get marks(): Int32Array {
    return new Int32Array(this.bytes.buffer, 0, SUM + 4);
  }
}

/** Bytes [from, to) of the file, and which of their blocks are there: 1 = read. In shared memory. */
interface Later {
  readonly from: number;
  readonly to: number;
  readonly there: Uint8Array;
}

export interface FileParts {
  readonly memory: WebAssembly.Memory;
  readonly length: number;
  readonly later: Later | null;
}

const known = new WeakMap<ArrayBufferLike, FileMemory>();

/** Memory for a file of so many bytes; null where the kernels cannot reach as far. */
export function memoryForFile(bytes: number): FileMemory | null {
  const most = MAXIMUM_PAGES * PAGE;
  if (bytes + START + SCRATCH > most) return null;
  const initial = Math.ceil((bytes + START) / PAGE);
  const memory = new WebAssembly.Memory({ initial, maximum: MAXIMUM_PAGES, shared: true });
  return new FileMemory({ memory, length: bytes, later: null });
}

/** The memory that an array lies in; null when that is no file's. */
export const fileMemoryOf = (view: ArrayBufferView): FileMemory | null => known.get(view.buffer) ?? null;

/** The same view, with all of its bytes read. @throws SegueError FILE_UNREADABLE */
export function present<T extends ArrayBufferView>(view: T): T {
  fileMemoryOf(view)?.fill(view);
  return view;
}
