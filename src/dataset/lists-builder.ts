import type { Lists } from './dataset.ts';

/** A list of so many values is looked through; a longer one is looked up. */
const SHORT = 32;

/** Lists of whole numbers, one after the other, each value once in its list. */
export class ListsBuilder {
  private readonly ptr: number[] = [0];
  private readonly idx: number[] = [];
  private start = 0;
  /** The values of the open list, once it is long: looking through it for each would take the square of its length. */
  private long: Set<number> | null = null;

  /** Adds a value to the open list, once. */
  add(value: number): void {
    const { idx, start } = this;
    if (this.long ? this.long.has(value) : idx.includes(value, start)) return;
    idx.push(value);
    if (this.long) this.long.add(value);
    else if (idx.length - start === SHORT) this.long = new Set(idx.slice(start));
  }

  close(): void {
    this.start = this.idx.length;
    this.ptr.push(this.start);
    this.long = null;
  }

  /** The first value of a closed list, or −1. */
  first(list: number): number {
    const at = this.ptr[list]!;
    return at < this.ptr[list + 1]! ? this.idx[at]! : -1;
  }

  list(list: number): number[] {
    return this.idx.slice(this.ptr[list]!, this.ptr[list + 1]!);
  }

  /** @param instead lists that became others since they were closed */
  finish(instead: ReadonlyMap<number, Iterable<number>> = new Map()): Lists {
    if (instead.size === 0) return { ptr: Int32Array.from(this.ptr), idx: Int32Array.from(this.idx) };
    const lists = new ListsBuilder();
    for (let i = 0; i + 1 < this.ptr.length; i++) {
      for (const value of instead.get(i) ?? this.list(i)) lists.add(value);
      lists.close();
    }
    return lists.finish();
  }
}
