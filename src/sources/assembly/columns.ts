// Growing columns and tables of distinct texts. All memory is released at once, when the next slice starts.

/** Bytes beside every text that may be loaded with it. */
const BESIDE: usize = 16;

@unmanaged
export class Column<T> {
  data: usize = heap.alloc(sizeof<T>() << 10);
  length: i32 = 0;
  private capacity: i32 = 1 << 10;

  @inline
  push(value: T): void {
    if (this.length == this.capacity) this.grow(this.capacity << 1);
    store<T>(this.data + <usize>this.length * sizeof<T>(), value);
    this.length++;
  }

  @inline
  get(i: i32): T {
    return load<T>(this.data + <usize>i * sizeof<T>());
  }

  @inline
  set(i: i32, value: T): void {
    store<T>(this.data + <usize>i * sizeof<T>(), value);
  }

  private grow(capacity: i32): void {
    this.data = heap.realloc(this.data, <usize>capacity * sizeof<T>());
    this.capacity = capacity;
  }
}

/** Texts one behind the other: text i is heap[offsets[i] … offsets[i + 1]). Copied, so that those that are compared again and again lie close. */
@unmanaged
export class Texts {
  heap: usize = heap.alloc(1 << 12);
  private capacity: usize = 1 << 12;
  offsets: Column<i32> = new Column<i32>();

  constructor() {
    this.offsets.push(0);
  }

  @inline
  get count(): i32 {
    return this.offsets.length - 1;
  }

  @inline
  get bytes(): i32 {
    return this.offsets.get(this.count);
  }

  push(at: usize, length: i32): void {
    const used = <usize>this.bytes;
    const end = used + length;
    if (end + BESIDE > this.capacity) {
      while (end + BESIDE > this.capacity) this.capacity <<= 1;
      this.heap = heap.realloc(this.heap, this.capacity);
    }
    // Copies up to 15 bytes too many, which the next text overwrites.
    const out = this.heap + used;
    for (let j: usize = 0; j < <usize>length; j += 16) v128.store(out + j, v128.load(at + j));
    this.offsets.push(<i32>end);
  }
}

/** Bytes that are kept of a pair. */
const ENTRY: usize = 16;

/** Distinct pairs of a number and a text, numbered in order of first appearance. Open addressing at a load of at most ½. */
@unmanaged
export class Distinct {
  texts: Texts = new Texts();
  /** hash, place in the heap, length, beside (uint32 each): one line of the processor's memory decides a look-up. */
  private entries: usize = heap.alloc(ENTRY << 9);
  private table: usize = 0;
  private mask: u32 = 0;

  get count(): i32 {
    return this.texts.count;
  }

  /** The number of the pair, a new one when it was not seen before. */
  add(at: usize, length: i32, beside: i32): i32 {
    if (<u32>this.count * 2 >= this.mask) this.rehash();
    const hash = hashText(at, length) ^ ((<u32>beside) * 0x9e3779b1);
    let slot = hash & this.mask;
    for (;;) {
      const candidate = load<i32>(this.table + ((<usize>slot) << 2)) - 1;
      if (candidate < 0) break;
      const entry = this.entries + <usize>candidate * ENTRY;
      if (
        load<u32>(entry) == hash &&
        load<i32>(entry, 8) == length &&
        load<i32>(entry, 12) == beside &&
        sameBytes(this.texts.heap + <usize>load<u32>(entry, 4), at, length)
      )
        return candidate;
      slot = (slot + 1) & this.mask;
    }
    const number = this.count;
    store<i32>(this.table + ((<usize>slot) << 2), number + 1);
    const entry = this.entries + <usize>number * ENTRY;
    store<u32>(entry, hash);
    store<i32>(entry, this.texts.bytes, 4);
    store<i32>(entry, length, 8);
    store<i32>(entry, beside, 12);
    this.texts.push(at, length);
    return number;
  }

  /** Makes room for twice as many. */
  private rehash(): void {
    const slots = this.mask == 0 ? 1 << 10 : (this.mask + 1) << 1;
    this.mask = slots - 1;
    this.entries = heap.realloc(this.entries, (<usize>slots >> 1) * ENTRY);
    const bytes = (<usize>slots) << 2;
    this.table = heap.alloc(bytes);
    memory.fill(this.table, 0, bytes);
    for (let i = 0; i < this.count; i++) {
      let slot = load<u32>(this.entries + <usize>i * ENTRY) & this.mask;
      while (load<i32>(this.table + ((<usize>slot) << 2)) != 0) slot = (slot + 1) & this.mask;
      store<i32>(this.table + ((<usize>slot) << 2), i + 1);
    }
  }
}

/** Eight bytes a step; the last step takes what is left, or the last eight again. */
function hashText(at: usize, length: i32): u32 {
  let hash = <u64>length * 0x9e3779b97f4a7c15;
  const end = at + length;
  if (length < 8) {
    for (; at < end; at++) hash = (hash ^ <u64>load<u8>(at)) * 0xff51afd7ed558ccd;
  } else {
    for (; at + 8 < end; at += 8) {
      hash = (hash ^ load<u64>(at)) * 0xff51afd7ed558ccd;
      hash ^= hash >> 32;
    }
    hash = (hash ^ load<u64>(end - 8)) * 0xff51afd7ed558ccd;
  }
  hash ^= hash >> 29;
  hash *= 0xc4ceb9fe1a85ec53;
  return <u32>(hash >> 32);
}

function sameBytes(a: usize, b: usize, length: i32): bool {
  while (length > 16) {
    if (v128.any_true(v128.xor(v128.load(a), v128.load(b)))) return false;
    a += 16;
    b += 16;
    length -= 16;
  }
  const mask = <i32>((<u32>1 << <u32>length) - 1);
  return (i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b))) & mask) == mask;
}
