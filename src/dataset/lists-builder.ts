import type { Lists } from './dataset.ts';
import { Growing } from './growing.ts';

/** Lists of up to this many values are scanned; longer ones use a table. */
const SHORT = 32;

/** Lists of whole numbers, one after the other, each value once in its list. */
export class ListsBuilder {
  private readonly ptr = new Growing((n) => new Int32Array(n), 1 << 4);
  private readonly idx = new Growing((n) => new Int32Array(n), 1 << 4);
  private start = 0;
  /** The values of the open list, once it is long: looking through it for each would take the square of its length. */
  private long: Set<number> | null = null;

  /** @param expected number of lists, so that it need not grow much */
  constructor(expected = 0) {
    this.ptr.reserve(expected + 1);
    this.ptr.push(0);
  }

  /** Adds a value to the open list, once. */
  add(value: number): void {
    const { idx, start } = this;
    if (this.long ? this.long.has(value) : this.holds(value)) return;
    idx.push(value);
    if (this.long) this.long.add(value);
    else if (idx.length - start === SHORT) this.long = new Set(idx.data.subarray(start, idx.length));
  }

  close(): void {
    this.start = this.idx.length;
    this.ptr.push(this.start);
    this.long = null;
  }

  /** The first value of a closed list, or −1. */
  first(list: number): number {
    const at = this.ptr.data[list]!;
    return at < this.ptr.data[list + 1]! ? this.idx.data[at]! : -1;
  }

  list(list: number): Int32Array {
    return this.idx.data.slice(this.ptr.data[list]!, this.ptr.data[list + 1]!);
  }

  /** @param instead lists that became others since they were closed */
  finish(instead: ReadonlyMap<number, Iterable<number>> = new Map()): Lists {
    if (instead.size === 0) return { ptr: this.ptr.view(), idx: this.idx.view() };
    const lists = new ListsBuilder();
    for (let i = 0; i + 1 < this.ptr.length; i++) {
      for (const value of instead.get(i) ?? this.list(i)) lists.add(value);
      lists.close();
    }
    return lists.finish();
  }

  private holds(value: number): boolean {
    const { data, length } = this.idx;
    for (let i = this.start; i < length; i++) if (data[i] === value) return true;
    return false;
  }
}
