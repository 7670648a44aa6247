import { allWithin } from '../math/range.ts';
import { StringColumn } from './strings.ts';

const encoder = new TextEncoder();
/** Ids whose slots are looked at together, so that the processor waits for its memory once and not for each. */
const TOGETHER = 64;

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
  /** Keeps the loads of `buildTable` alive. */
  private approached = 0;

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
    return (this.slots ??= this.buildTable());
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
    return this.indexOfBytes(encoder.encode(id));
  }

  indexOfBytes(bytes: Uint8Array): number {
    const { table } = this;
    const { heap, offsets } = this.ids;
    const mask = table.length - 1;
    let slot = hashText(bytes, 0, bytes.length) & mask;
    for (;;) {
      const candidate = table[slot]! - 1;
      if (candidate < 0) return -1;
      const from = offsets[candidate]!;
      if (offsets[candidate + 1]! - from === bytes.length) {
        let i = 0;
        while (i < bytes.length && heap[from + i] === bytes[i]) i++;
        if (i === bytes.length) return candidate;
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

  private buildTable(): Int32Array {
    const capacity = tableSize(this.size);
    const table = new Int32Array(capacity);
    const { heap, offsets } = this.ids;
    const view = new DataView(heap.buffer, heap.byteOffset, heap.byteLength);
    const homes = new Int32Array(TOGETHER);
    for (let from = 0; from < this.size; from += TOGETHER) {
      const to = Math.min(this.size, from + TOGETHER);
      let sum = 0;
      for (let i = from; i < to; i++) {
        const home = hashView(view, offsets[i]!, offsets[i + 1]!) & (capacity - 1);
        homes[i - from] = home;
        // Brings the slot near: these loads are independent of each other.
        sum ^= table[home]!;
      }
      this.approached ^= sum;
      for (let i = from; i < to; i++) {
        let slot = homes[i - from]!;
        while (table[slot] !== 0) slot = (slot + 1) & (capacity - 1);
        table[slot] = i + 1;
      }
    }
    return table;
  }
}

/** Slots of the look-up table of so many ids. */
export function tableSize(ids: number): number {
  let slots = 16;
  while (slots < ids * 2) slots *= 2;
  return slots;
}

/** Whether an array may be the look-up table of so many ids: a power of two, each id in one slot, the others free, so that every look-up ends. */
export function isLookupTable(table: Int32Array, size: number): boolean {
  if (table.length <= size || (table.length & (table.length - 1)) !== 0 || !allWithin(table, 0, size + 1)) return false;
  let taken = 0;
  for (let i = 0; i < table.length; i++) if (table[i] !== 0) taken++;
  return taken === size;
}
