import { SegueError } from '../../errors.ts';
import { allWithin } from '../range.ts';
import { instantiate, type Kernels, load, MAXIMUM_PAGES } from './kernels.ts';

const PAGE = 65536;
/** The file starts here; the page before it holds the flags (checked, damaged) and the checksum. */
const START = PAGE;
/** Block size, in bytes, of on-demand reads. */
const BLOCK = 4096;
/** Positions of the flags, in 32-bit words, and of the checksum of 16 bytes. */
const [CHECKED, DAMAGED, SUMMED, SUM] = [0, 1, 2, 4];
/** Memory reserved for scratch; without it the kernels cannot work in this memory. */
const SCRATCH = 256 * 1024 * 1024;

/**
 * Shared memory that holds a file's bytes. Kernels work on them in place, so threads need no copies of the data they search. Each thread has its own
 * scratch after the file.
 */
export class FileMemory {
  /** The file's bytes. */
  readonly bytes: Uint8Array;
  private readonly memory: WebAssembly.Memory;
  private instance: Kernels | null = null;
  private readonly marks: Int32Array;
  private start = 0;
  private size = 0;
  private later: readonly LaterPart[];
  private read: Read | null = null;

  constructor({ memory, length, later }: FileParts) {
    this.memory = memory;
    this.bytes = new Uint8Array(memory.buffer, START, length);
    this.marks = new Int32Array(memory.buffer, 0, SUM + 4);
    this.later = later.map((part) => new LaterPart(this, part));
    known.set(memory.buffer, this);
  }

  /** Whether some thread has verified the file's checksums, except those of bytes to be read later. */
  get checked(): boolean {
    return Atomics.load(this.marks, CHECKED) === 1;
  }

  setChecked(): void {
    Atomics.store(this.marks, CHECKED, 1);
  }

  /** A checksum of 16 bytes, in hexadecimal, over everything that is not read later, as computed by some thread; null if not yet computed. */
  get sum(): string | null {
    if (Atomics.load(this.marks, SUMMED) === 0) return null;
    return Buffer.from(this.marks.slice(SUM, SUM + 4).buffer).toString('hex');
  }

  set sum(sum: string) {
    new Uint8Array(this.bytes.buffer, 4 * SUM, 16).set(Buffer.from(sum, 'hex'));
    Atomics.store(this.marks, SUMMED, 1);
  }

  /** The bytes that are already in memory, not read later. */
  get there(): readonly Uint8Array[] {
    const parts: Uint8Array[] = [];
    let at = 0;
    for (const { from, to } of this.later) {
      parts.push(this.bytes.subarray(at, from));
      at = to;
    }
    return [...parts, this.bytes.subarray(at)];
  }

  get isDamaged(): boolean {
    return Atomics.load(this.marks, DAMAGED) === 1;
  }

  /** Marks the file as damaged: from now on, reading a deferred part is an error in all threads. */
  setDamaged(): void {
    Atomics.store(this.marks, DAMAGED, 1);
  }

  /**
   * Defers reading parts of the bytes, in ascending order, until they are requested, for all threads. @param read fills memory with the file's bytes
   * from an offset
   */
  readLater(parts: readonly FilePart[], read: Read): void {
    this.later = parts.map(({ from, to }) => {
      const blocks = Math.ceil(to / BLOCK) - Math.floor(from / BLOCK);
      return new LaterPart(this, { from, to, there: new Uint8Array(new SharedArrayBuffer(blocks + 1)) });
    });
    this.read = read;
  }

  /** Sets how this thread reads parts that another thread has deferred. */
  readWith(read: Read): void {
    this.read = read;
  }

  /** Whether any part of the view is, or was, deferred. */
  isLater(view: ArrayBufferView): boolean {
    return this.partsOf(view).length > 0;
  }

  /** The deferred parts, read since or not, that overlap the view. */
  partsOf({ byteOffset, byteLength }: ArrayBufferView): readonly LaterPart[] {
    const at = byteOffset - START;
    return this.later.filter(({ from, to }) => at < to && at + byteLength > from);
  }

  /** Reads bytes [from, to) of the file into place. */
  readInto(from: number, to: number): void {
    this.read!(this.bytes.subarray(from, to), from);
  }

  /** This thread's kernels on this memory. */
  get kernels(): Kernels {
    this.instance ??= instantiate(load().module, this.memory);
    return this.instance;
  }

  /** This thread's scratch; `bytes` is a multiple of 64. The next call returns the same memory. */
  scratch(bytes: number): { at: number; buffer: ArrayBufferLike } {
    if (bytes > this.size) {
      const pages = Math.ceil((2 * bytes) / PAGE);
      // Memory that a thread adds by growing is its own.
      this.start = this.memory.grow(pages) * PAGE;
      this.size = pages * PAGE;
    }
    return { at: this.start, buffer: this.memory.buffer };
  }

  /** What another thread needs to make a `FileMemory` over the same bytes. */
  get parts(): FileParts {
    const later = this.later.map(({ from, to, there }) => ({ from, to, there }));
    return { memory: this.memory, length: this.bytes.length, later };
  }
}

/** Fills memory with the file's bytes from an offset. */
type Read = (into: Uint8Array, at: number) => void;

/** Bytes [from, to) of a file. */
export interface FilePart {
  readonly from: number;
  readonly to: number;
}

/** The part, with a flag per block (1 = read), followed by a flag for the whole. In shared memory. */
interface Later extends FilePart {
  readonly there: Uint8Array;
}

/** Bytes of a file that are read block by block, on demand. */
export class LaterPart implements Later {
  readonly from: number;
  readonly to: number;
  readonly there: Uint8Array;
  private readonly memory: FileMemory;
  private limit: number | null = null;

  constructor(memory: FileMemory, { from, to, there }: Later) {
    this.memory = memory;
    this.from = from;
    this.to = to;
    this.there = there;
  }

  /** Whether all of it has been read. */
  get isWhole(): boolean {
    return Atomics.load(this.there, this.there.length - 1) === 1;
  }

  /** Marks all of it as read and verified. */
  setWhole(): void {
    Atomics.store(this.there, this.there.length - 1, 1);
  }

  /** Requires everything that this thread reads of the part from now on to be 32-bit integers in [0, limit); otherwise the file is damaged. */
  setLimit(limit: number): void {
    this.limit = limit;
  }

  /**
   * Reads those of the file's bytes [from, to) that are still missing. @throws SegueError FILE_UNREADABLE when bytes are damaged or cannot be read
   */
  fill(from: number, to: number): void {
    if (from >= to || (this.isWhole && !this.memory.isDamaged)) return;
    if (this.memory.isDamaged) throw damaged();
    const { there } = this;
    const first = Math.floor(this.from / BLOCK);
    const last = Math.floor((Math.min(this.to, to) - 1) / BLOCK);
    for (let b = Math.floor(Math.max(this.from, from) / BLOCK); b <= last; b++) {
      if (Atomics.load(there, b - first) === 1) continue;
      // Read runs of missing blocks in one go.
      let end = b + 1;
      while (end <= last && Atomics.load(there, end - first) === 0) end++;
      this.readBlocks(Math.max(this.from, b * BLOCK), Math.min(this.to, end * BLOCK));
      for (; b < end; b++) Atomics.store(there, b - first, 1);
      b--;
    }
  }

  private readBlocks(from: number, to: number): void {
    const { memory, limit } = this;
    memory.readInto(from, to);
    if (limit === null) return;
    const numbers = new Int32Array(memory.bytes.buffer, START + from, (to - from) >> 2);
    if (allWithin(numbers, 0, limit)) return;
    memory.setDamaged();
    throw damaged();
  }
}

const damaged = (): SegueError =>
  new SegueError('FILE_UNREADABLE', {
    got: "The file of a model is damaged in a column that is read on demand: its checksum doesn't match",
    expected: 'a model saved by Segue',
    remedy: 'Train the model again with `segue train`, or go back with `segue models rollback`',
  });

export interface FileParts {
  readonly memory: WebAssembly.Memory;
  readonly length: number;
  readonly later: readonly Later[];
}

const known = new WeakMap<ArrayBufferLike, FileMemory>();

/** Memory for a file of this many bytes; null when it exceeds the kernels' address range. */
export function memoryForFile(bytes: number): FileMemory | null {
  const most = MAXIMUM_PAGES * PAGE;
  if (bytes + START + SCRATCH > most) return null;
  const initial = Math.ceil((bytes + START) / PAGE);
  const memory = new WebAssembly.Memory({ initial, maximum: MAXIMUM_PAGES, shared: true });
  return new FileMemory({ memory, length: bytes, later: [] });
}

/** The file memory that contains an array; null when there is none. */
export const fileMemoryOf = (view: ArrayBufferView): FileMemory | null => known.get(view.buffer) ?? null;

/** Returns the view after reading all of its bytes. @throws SegueError FILE_UNREADABLE */
export function present<T extends ArrayBufferView>(view: T): T {
  const at = view.byteOffset - START;
  for (const part of fileMemoryOf(view)?.partsOf(view) ?? []) part.fill(at, at + view.byteLength);
  return view;
}

/** An array of 32-bit numbers whose data may still be in its file; reads the ranges that are requested. */
export class NumbersOnDemand {
  private readonly parts: readonly LaterPart[];
  private readonly at: number;

  /** @param limit numbers must be integers in [0, limit); null for no check */
  constructor(array: Int32Array | Float32Array, limit: number | null = null) {
    this.at = array.byteOffset - START;
    this.parts = fileMemoryOf(array)?.partsOf(array) ?? [];
    if (limit !== null) for (const part of this.parts) part.setLimit(limit);
  }

  /** Makes the numbers [from, to) available. @throws SegueError FILE_UNREADABLE */
  read(from: number, to: number): void {
    for (const part of this.parts) part.fill(this.at + 4 * from, this.at + 4 * to);
  }
}
