import type { Lists } from './dataset.ts';
import { Growing, growingInt32 } from './growing.ts';
import { StringColumn, StringColumnBuilder } from './strings.ts';

/**
 * Texts that rows take at any time and in any order: `put` appends, a row keeps the number (0 = none), `gather` lays them out row by row.
 */
export class TextPool {
  private texts = new StringColumnBuilder();

  constructor() {
    this.texts.push('');
  }

  put(column: StringColumn, i: number): number {
    this.texts.pushRange(column.heap, column.offsets[i]!, column.offsets[i + 1]!);
    return this.texts.length - 1;
  }

  /** Puts texts [first, end) of a column; returns the number of the first, from which the others ascend. */
  putRun({ heap, offsets }: StringColumn, first: number, end: number): number {
    const number = this.texts.length;
    this.texts.pushColumn(new StringColumn(heap, offsets.subarray(first, end + 1)));
    return number;
  }

  putText(text: string): number {
    this.texts.push(text);
    return this.texts.length - 1;
  }

  /** Begins with these texts, one a row; returns the rows' numbers (0 for empty texts). */
  adopt(column: StringColumn): Int32Array {
    this.texts.pushColumn(column);
    return rowNumbers(column.offsets);
  }

  /** The texts of these numbers, without a copy if they are in this order. Empties the pool. */
  gather(numbers: Int32Array, count: number): StringColumn {
    // Many a table has no names at all.
    if (this.texts.length === 1) return new StringColumn(new Uint8Array(0), new Uint32Array(count + 1));
    const { heap: from, offsets: starts } = this.texts.peek();
    this.texts = new StringColumnBuilder();
    this.texts.push('');
    if (inOrder(numbers, count))
      return new StringColumn(from.subarray(0, starts[count + 1]), starts.subarray(1, count + 2));
    const offsets = new Uint32Array(count + 1);
    for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i]! + starts[numbers[i]! + 1]! - starts[numbers[i]!]!;
    const heap = new Uint8Array(offsets[count]!);
    copyRows(numbers, count, starts, from, heap);
    return new StringColumn(heap, offsets);
  }
}

/** Lists of up to this many values are scanned; longer ones use a table. */
const SHORT = 32;

/** The same for lists of whole numbers. */
export class ListPool {
  private readonly ptr = growingInt32();
  private readonly idx = growingInt32();

  constructor() {
    this.ptr.push(0);
    this.ptr.push(0);
  }

  /** Begins with these lists, one a row; returns the rows' numbers (0 for empty lists). */
  adopt({ ptr, idx }: Lists): Int32Array {
    this.idx.adopt(idx);
    this.ptr.extend(ptr.length + 1);
    this.ptr.data.set(ptr.subarray(1), 2);
    return rowNumbers(ptr);
  }

  /** Appends the given row of `lists`, each position p replaced by map[p]; equal results once. */
  put(lists: Lists, row: number, map: Int32Array): number {
    const start = this.idx.length;
    const end = lists.ptr[row + 1]!;
    const long = end - lists.ptr[row]! > SHORT ? new Set<number>() : null;
    for (let e = lists.ptr[row]!; e < end; e++) {
      const value = map[lists.idx[e]!]!;
      if (long) {
        if (long.has(value)) continue;
        long.add(value);
        this.idx.push(value);
        continue;
      }
      let seen = start;
      while (seen < this.idx.length && this.idx.data[seen] !== value) seen++;
      if (seen === this.idx.length) this.idx.push(value);
    }
    this.ptr.push(this.idx.length);
    return this.ptr.length - 2;
  }

  /** The lists of these numbers, without a copy if they are in this order. Empties the pool. */
  gather(numbers: Int32Array, count: number): Lists {
    if (this.idx.length === 0) return { ptr: new Int32Array(count + 1), idx: new Int32Array(0) };
    const [from, values] = [this.ptr.data, this.idx.data];
    this.ptr.clear();
    this.idx.clear();
    this.ptr.extend(2);
    if (inOrder(numbers, count)) return { ptr: from.subarray(1, count + 2), idx: values.subarray(0, from[count + 1]) };
    const ptr = new Int32Array(count + 1);
    for (let i = 0; i < count; i++) ptr[i + 1] = ptr[i]! + from[numbers[i]! + 1]! - from[numbers[i]!]!;
    const idx = new Int32Array(ptr[count]!);
    copyRows(numbers, count, from, values, idx);
    return { ptr, idx };
  }
}

/** Row i of a column with these bounds is number i + 1, or 0 when it is empty. */
function rowNumbers(bounds: Int32Array | Uint32Array): Int32Array {
  const numbers = new Int32Array(bounds.length - 1);
  for (let i = 0; i < numbers.length; i++) numbers[i] = bounds[i] === bounds[i + 1] ? 0 : i + 1;
  return numbers;
}

/** Copies the values at the rows' numbers, row by row; consecutive rows are copied at once. */
export function copyRows<T extends Uint8Array | Uint16Array | Int32Array | Float32Array>(
  numbers: Int32Array,
  count: number,
  starts: ArrayLike<number>,
  from: T,
  to: T,
): void {
  let at = 0;
  let runStart = 0;
  let runEnd = 0;
  for (let i = 0; i < count; i++) {
    const start = starts[numbers[i]!]!;
    const end = starts[numbers[i]! + 1]!;
    if (start === end) continue;
    if (start !== runEnd) {
      to.set(from.subarray(runStart, runEnd), at);
      at += runEnd - runStart;
      runStart = start;
    }
    runEnd = end;
  }
  to.set(from.subarray(runStart, runEnd), at);
}

/** Whether row i has number i + 1, so that the values are in the order of the rows. */
export function inOrder(numbers: Int32Array, count: number): boolean {
  for (let i = 0; i < count; i++) if (numbers[i] !== i + 1) return false;
  return true;
}

/** −1-filled columns of small numbers. */
export const growingInt16 = (): Growing<Int16Array> => new Growing((n) => new Int16Array(n).fill(-1));
export const growingInt8 = (capacity?: number): Growing<Int8Array> =>
  new Growing((n) => new Int8Array(n).fill(-1), capacity);
