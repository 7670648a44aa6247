import { SegueError } from '../../errors.ts';
import { ARENA_START, load, MAXIMUM_PAGES } from './kernels.ts';

/**
 * Kernel arrays live in the kernels' shared memory (at most 4 GiB per thread that loads them). It grows as needed; existing views stay valid, since
 * shared memory never moves. Freed blocks are reused, first fit.
 */
const PAGE = 65536;
const ALIGNMENT = 64;
const GROWTH = 64 * 1024 * 1024;

/** Free blocks below `top`, ascending by address, never adjacent. */
const freeBlocks: { start: number; size: number }[] = [];
let top = ARENA_START;
/** Bytes from here on were never handed out: they are zero, and take no memory until they are written. */
let untouched = ARENA_START;
let inUse = 0;
/** Buffer objects of the memory: each growth creates a new one over the same bytes. */
const buffers = new WeakSet<ArrayBufferLike>();

/** Allocates zeroed bytes. */
function allocate(bytes: number): { start: number; size: number } {
  const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
  const { memory } = load();
  const fit = freeBlocks.findIndex((block) => block.size >= size);
  let start: number;
  if (fit >= 0) {
    const block = freeBlocks[fit]!;
    start = block.start;
    block.start += size;
    block.size -= size;
    if (block.size === 0) freeBlocks.splice(fit, 1);
  } else {
    start = top;
    const capacity = memory.buffer.byteLength;
    const limit = MAXIMUM_PAGES * PAGE;
    if (start + size > limit) throw outOfMemory(size);
    if (start + size > capacity) {
      const wanted = Math.min(limit, Math.max(start + size, capacity + GROWTH));
      try {
        memory.grow(Math.ceil((wanted - capacity) / PAGE));
      } catch (cause) {
        throw outOfMemory(size, cause);
      }
    }
    top += size;
  }
  buffers.add(memory.buffer);
  inUse += size;
  if (start < untouched) new Uint8Array(memory.buffer, start, Math.min(size, untouched - start)).fill(0);
  untouched = Math.max(untouched, start + size);
  return { start, size };
}

function release(block: { start: number; size: number }): void {
  inUse -= block.size;
  let at = 0;
  while (at < freeBlocks.length && freeBlocks[at]!.start < block.start) at++;
  freeBlocks.splice(at, 0, { ...block });
  for (const left of [at, at - 1]) {
    const a = freeBlocks[left];
    const b = freeBlocks[left + 1];
    if (a && b && a.start + a.size === b.start) {
      a.size += b.size;
      freeBlocks.splice(left + 1, 1);
    }
  }
  const last = freeBlocks.at(-1);
  if (last && last.start + last.size === top) {
    top = last.start;
    freeBlocks.pop();
  }
}

function outOfMemory(bytes: number, cause?: unknown): SegueError {
  return new SegueError('MODEL_UNUSABLE', {
    got: `No room for another ${(bytes / 1e6).toFixed(0)} MB: the numeric kernels already use ${(inUse / 1e6).toFixed(0)} MB`,
    expected: 'at most 4 GiB in all',
    remedy: 'Train the model with fewer factors or fewer tracks',
    cause,
  });
}

/** Bytes in use by regions, and the present size of the memory. */
export function memoryUse(): { inUse: number; capacity: number } {
  return { inUse, capacity: load().memory.buffer.byteLength };
}

/** True when the array is in the kernels' memory. */
export function isPlaced(view: ArrayBufferView): boolean {
  return buffers.has(view.buffer);
}

/** The address of an array for a kernel. @throws SegueError INTERNAL when it is not in the kernels' memory */
export function addressOf(view: ArrayBufferView): number {
  if (!isPlaced(view))
    throw new SegueError('INTERNAL', {
      got: 'An array outside the kernels’ memory was passed to a kernel',
      expected: 'one made by a Region',
    });
  return view.byteOffset;
}

/**
 * Arrays with a common lifetime. Free it in a `finally`: nothing else releases the memory, and no view may be used afterwards. New arrays are zeroed
 * and aligned to 64 bytes.
 */
export class Region {
  private blocks: { start: number; size: number }[] = [];

  float32(length: number): Float32Array {
    const start = this.take(length * 4);
    return new Float32Array(load().memory.buffer, start, length);
  }

  float64(length: number): Float64Array {
    const start = this.take(length * 8);
    return new Float64Array(load().memory.buffer, start, length);
  }

  int32(length: number): Int32Array {
    const start = this.take(length * 4);
    return new Int32Array(load().memory.buffer, start, length);
  }

  int16(length: number): Int16Array {
    const start = this.take(length * 2);
    return new Int16Array(load().memory.buffer, start, length);
  }

  int8(length: number): Int8Array {
    const start = this.take(length);
    return new Int8Array(load().memory.buffer, start, length);
  }

  uint8(length: number): Uint8Array {
    const start = this.take(length);
    return new Uint8Array(load().memory.buffer, start, length);
  }

  /** The array itself when it is already in the kernels' memory, otherwise a copy there. */
  place<T extends Float32Array | Float64Array | Int32Array | Int16Array | Int8Array | Uint8Array>(array: T): T {
    if (isPlaced(array)) return array;
    const start = this.take(array.byteLength);
    const Type = array.constructor as new (buffer: ArrayBufferLike, offset: number, length: number) => T;
    const copy = new Type(load().memory.buffer, start, array.length);
    copy.set(array);
    return copy;
  }

  /** Guards against using its arrays after `free`, when their bytes belong to others. @throws SegueError INTERNAL when it holds none */
  assertLive(): void {
    if (this.blocks.length === 0)
      throw new SegueError('INTERNAL', { got: 'Kernel memory was used after it had been freed' });
  }

  /** Releases all arrays of this region. Calling it twice is harmless. */
  free(): void {
    for (const block of this.blocks) release(block);
    this.blocks = [];
  }

  private take(bytes: number): number {
    const block = allocate(bytes);
    this.blocks.push(block);
    return block.start;
  }
}

const regionFinalizer = new FinalizationRegistry<Region>((region) => region.free());

/**
 * A region for a long-lived object, which frees it in its `dispose`. As a safety net, it is also freed after the object has been garbage-collected.
 */
export function regionOf(owner: object): Region {
  const region = new Region();
  regionFinalizer.register(owner, region);
  return region;
}
