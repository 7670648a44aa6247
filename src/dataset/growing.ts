type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Columns larger than `LARGE` bytes grow to one of these sizes: allocators return blocks of more than 32 MB to the system at once. */
const [LARGE, ROOMS] = [4 << 20, [64 << 20, 256 << 20]] as const;

/**
 * The values that a column of `present` values gets room for when it needs `needed`, where new memory is zeros. Memory costs nothing until it is
 * first used, so a long column gets far more than it needs: doubling it again and again would use twice its size and copy it as often.
 * @param width bytes of a value
 */
export function roomFor(needed: number, present: number, width: number): number {
  const doubled = Math.max(needed, 2 * present);
  if (doubled * width <= LARGE) return doubled;
  return Math.max(doubled, (ROOMS.find((bytes) => doubled * width <= bytes) ?? 0) / width);
}

/** A column while it is being built: a typed array that grows by doubling, or by more where that costs nothing. */
export class Growing<T extends NumberArray> {
  data: T;
  length = 0;
  private readonly allocate: (length: number) => T;
  /** Whether the missing value is 0, which new memory contains anyway. */
  private readonly isZero: boolean;

  /** @param allocate makes an array, already filled with the column's missing value */
  constructor(allocate: (length: number) => T, capacity = 1 << 10) {
    this.allocate = allocate;
    this.isZero = allocate(1)[0] === 0;
    this.data = allocate(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) this.reserve(this.length + 1);
    this.data[this.length++] = value;
  }

  /** Makes room for `length` values in all; new places hold the missing value. */
  reserve(length: number): void {
    if (length <= this.data.length) return;
    const { data } = this;
    const room = this.isZero ? roomFor(length, data.length, data.BYTES_PER_ELEMENT) : Math.max(length, data.length * 2);
    const grown = this.allocate(room);
    grown.set(data);
    this.data = grown;
  }

  /** Makes the column `length` long; new places hold the missing value. */
  extend(length: number): void {
    this.reserve(length);
    this.length = Math.max(this.length, length);
  }

  /** Begins with these values, copied. */
  adopt(values: ArrayLike<number>): void {
    this.extend(values.length);
    this.data.set(values);
  }

  /** The values as an array of exactly their number. */
  finish(): T {
    return this.data.slice(0, this.length) as T;
  }

  /** The same without a copy, as a view of the memory that the column grew in. */
  view(): T {
    return this.data.subarray(0, this.length) as T;
  }

  /** The same, and lets go of the memory: a long column is never there twice for long. */
  take(): T {
    if (this.length < this.data.length) {
      const values = this.finish();
      this.discard();
      return values;
    }
    const values = this.data;
    this.clear();
    return values;
  }

  /** The same without a copy. Where the missing value is 0, the rest of that memory was never touched and costs nothing. */
  takeView(): T {
    const values = this.view();
    this.clear();
    return values;
  }

  clear(): void {
    this.data = this.allocate(0);
    this.length = 0;
  }

  /** The same, and gives the memory back at once instead of leaving it beside what comes next. Views of it are empty then. */
  discard(): void {
    const { buffer } = this.data;
    this.clear();
    if (buffer instanceof ArrayBuffer) buffer.transfer(0);
  }
}

export const growingInt32 = (capacity?: number): Growing<Int32Array> => new Growing((n) => new Int32Array(n), capacity);
/** Int32 whose missing value is −1. */
export const growingIds = (capacity?: number): Growing<Int32Array> =>
  new Growing((n) => new Int32Array(n).fill(-1), capacity);
