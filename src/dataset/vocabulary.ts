import { allWithin } from '../math/range.ts';
import { runSteps, type Steps } from './steps.ts';
import { StringColumn } from './strings.ts';

const encoder = new TextEncoder();
/** Room for the bytes of an id that is looked up; a UTF-16 unit takes three at most. */
const scratch = new Uint8Array(768);
/** Ids from which on a table is filled by sections, and how many these are. */
const MANY = 1 << 16;
const SECTIONS = 1 << 8;
/** Ids placed between two pauses. */
const PLACED = 1 << 20;

/** FNV-1a over bytes, 32 bits, finished by a multiply-xorshift so that low bits are well mixed. */
function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = 2166136261;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 16777619);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** A 32-bit hash for look-up tables: four bytes a step, so that its chain of multiplications is a quarter as long. */
export function hashText(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    hash = Math.imul(hash ^ word, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return finishHash(hash) >>> 0;
}

/** The same as a signed number, of bytes behind a view: several times faster for many texts of one buffer. */
export function hashView(view: DataView, from: number, to: number): number {
  let hash = to - from;
  let i = from;
  for (; i + 4 <= to; i += 4) {
    hash = Math.imul(hash ^ view.getInt32(i, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; i < to; i++) hash = Math.imul(hash ^ view.getUint8(i), 0x01000193);
  return finishHash(hash);
}

function finishHash(hash: number): number {
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x7feb352d);
  return hash ^ (hash >>> 15);
}

/**
 * Immutable, ordered: external ids ↔ dense numbers 0 … size − 1. The look-up table (open addressing, load ≤ ½)
 * is built on the first look-up where none was saved, so that opening a library costs nothing.
 */
export class Vocabulary {
  readonly ids: StringColumn;
  private slots: Int32Array | null;

  /** @param table as `table` gave it for the same ids; made when it is first needed where omitted */
  constructor(ids: StringColumn, table: Int32Array | null = null) {
    this.ids = ids;
    this.slots = table;
  }

  /** Whether the look-up table was made or given. */
  get hasTable(): boolean {
    return this.slots !== null;
  }

  /** The look-up table: of each slot the number of an id plus 1, or 0. */
  get table(): Int32Array {
    return (this.slots ??= runSteps(this.buildTable()));
  }

  /** Builds the look-up table in steps, unless it is there. */
  *makeTable(): Steps<void> {
    this.slots ??= yield* this.buildTable();
  }

  static from(ids: Iterable<string>): Vocabulary {
    return new Vocabulary(StringColumn.from(ids));
  }

  get size(): number {
    return this.ids.length;
  }

  id(number: number): string {
    return this.ids.get(number);
  }

  /** The number of an external id, or −1. */
  indexOf(id: string): number {
    if (3 * id.length > scratch.length) return this.indexOfBytes(encoder.encode(id));
    return this.indexOfBytes(scratch, encoder.encodeInto(id, scratch).written);
  }

  /** @param length bytes of the id, all by default */
  indexOfBytes(bytes: Uint8Array, length = bytes.length): number {
    const { table } = this;
    const { heap, offsets } = this.ids;
    const mask = table.length - 1;
    let slot = hashText(bytes, 0, length) & mask;
    for (;;) {
      const candidate = table[slot]! - 1;
      if (candidate < 0) return -1;
      const from = offsets[candidate]!;
      if (offsets[candidate + 1]! - from === length) {
        let i = 0;
        while (i < length && heap[from + i] === bytes[i]) i++;
        if (i === length) return candidate;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** A 32-bit fingerprint (hex) of all ids in order: equal vocabularies have equal fingerprints. */
  fingerprint(): string {
    const { heap, offsets } = this.ids;
    let hash = hashBytes(heap, 0, heap.length);
    hash =
      hashBytes(new Uint8Array(offsets.buffer, offsets.byteOffset, offsets.byteLength), 0, offsets.byteLength) ^
      Math.imul(hash, 31);
    return `${this.size}-${(hash >>> 0).toString(16).padStart(8, '0')}`;
  }

  private *buildTable(): Steps<Int32Array> {
    const { heap, offsets } = this.ids;
    const view = new DataView(heap.buffer, heap.byteOffset, heap.byteLength);
    const table = new Int32Array(tableSize(this.size));
    const mask = table.length - 1;
    const homeOf = (i: number): number => hashView(view, offsets[i]!, offsets[i + 1]!) & mask;
    if (this.size >= MANY) yield* placeBySections(table, this.size, homeOf);
    else for (let i = 0; i < this.size; i++) place(table, homeOf(i), i);
    return table;
  }
}

/** Puts a number where its home is, or behind it. */
function place(table: Int32Array, home: number, number: number): void {
  const mask = table.length - 1;
  let slot = home;
  while (table[slot] !== 0) slot = (slot + 1) & mask;
  table[slot] = number + 1;
}

/**
 * Puts the numbers 0 … count − 1 into a table, section by section, so that the processor finds what it writes to in its caches. The table is that
 * of placing one number after the other: which slots are taken does not depend on the order, and where numbers of two sections stand in one run
 * of taken slots, these are placed anew.
 */
function* placeBySections(table: Int32Array, count: number, homeOf: (number: number) => number): Steps<void> {
  const shift = 31 - Math.clz32(table.length / SECTIONS);
  const ends = new Int32Array(SECTIONS);
  for (let i = 0; i < count; i++) ends[homeOf(i) >>> shift]!++;
  for (let s = 1; s < SECTIONS; s++) ends[s]! += ends[s - 1]!;
  yield;
  const numbers = new Int32Array(count);
  const homes = new Int32Array(count);
  // From the last one on, so that the numbers of a section ascend.
  for (let i = count - 1; i >= 0; i--) {
    const home = homeOf(i);
    const at = --ends[home >>> shift]!;
    numbers[at] = i;
    homes[at] = home;
  }
  for (let from = 0; from < count; from += PLACED) {
    yield;
    const to = Math.min(count, from + PLACED);
    for (let k = from; k < to; k++) place(table, homes[k]!, numbers[k]!);
  }
  const mask = table.length - 1;
  for (let s = 0; s < SECTIONS; s++) {
    let from = s << shift;
    while (table[(from - 1) & mask] !== 0) from--;
    const run: number[] = [];
    for (let slot = from & mask; table[slot] !== 0; slot = (slot + 1) & mask) {
      run.push(table[slot]! - 1);
      table[slot] = 0;
    }
    run.sort((a, b) => a - b);
    for (const number of run) place(table, homeOf(number), number);
  }
}

/** Number of slots of the look-up table for this many ids. */
export function tableSize(ids: number): number {
  let slots = 16;
  while (slots < ids * 2) slots *= 2;
  return slots;
}

/** Whether an array is a valid look-up table for this many ids: a power of two, each id in one slot, and the others free, so that every look-up ends. */
export function isLookupTable(table: Int32Array, size: number): boolean {
  if (table.length <= size || (table.length & (table.length - 1)) !== 0 || !allWithin(table, 0, size + 1)) return false;
  let taken = 0;
  for (let i = 0; i < table.length; i++) if (table[i] !== 0) taken++;
  return taken === size;
}
