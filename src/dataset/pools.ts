import type { Lists } from './dataset.ts';
import { Growing, growingInt32 } from './growing.ts';
import { type StringColumn, StringColumnBuilder } from './strings.ts';

/**
 * Texts that rows take at any time and in any order: `put` appends, a row keeps the number (0 = none), `gather` lays them out row by row.
 */
export class TextPool {
  private readonly texts = new StringColumnBuilder();

  constructor() {
    this.texts.push('');
  }

  put(column: StringColumn, i: number): number {
    this.texts.pushBytes(column.bytes(i));
    return this.texts.length - 1;
  }

  gather(numbers: Int32Array, count: number): StringColumn {
    const all = this.texts.finish();
    const out = new StringColumnBuilder();
    for (let i = 0; i < count; i++) out.pushBytes(all.bytes(numbers[i]!));
    return out.finish();
  }
}

/** The same for lists of whole numbers. */
export class ListPool {
  private readonly ptr = growingInt32();
  private readonly idx = growingInt32();

  constructor() {
    this.ptr.push(0);
    this.ptr.push(0);
  }

  /** Appends the given row of `lists`, each position p replaced by map[p]; equal results once. */
  put(lists: Lists, row: number, map: Int32Array): number {
    const start = this.idx.length;
    for (let e = lists.ptr[row]!; e < lists.ptr[row + 1]!; e++) {
      const value = map[lists.idx[e]!]!;
      let seen = start;
      while (seen < this.idx.length && this.idx.data[seen] !== value) seen++;
      if (seen === this.idx.length) this.idx.push(value);
    }
    this.ptr.push(this.idx.length);
    return this.ptr.length - 2;
  }

  gather(numbers: Int32Array, count: number): Lists {
    const { data: from } = this.ptr;
    const ptr = new Int32Array(count + 1);
    for (let i = 0; i < count; i++) ptr[i + 1] = ptr[i]! + from[numbers[i]! + 1]! - from[numbers[i]!]!;
    const idx = new Int32Array(ptr[count]!);
    for (let i = 0; i < count; i++)
      idx.set(this.idx.data.subarray(from[numbers[i]!]!, from[numbers[i]! + 1]!), ptr[i]!);
    return { ptr, idx };
  }
}

/** −1-filled columns of small numbers. */
export const growingInt16 = (): Growing<Int16Array> => new Growing((n) => new Int16Array(n).fill(-1));
export const growingInt8 = (): Growing<Int8Array> => new Growing((n) => new Int8Array(n).fill(-1));
