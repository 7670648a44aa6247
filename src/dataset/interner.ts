import { Growing } from './growing.ts';
import { normaliseName, normalisePlain } from './normalise.ts';
import { StringColumn } from './strings.ts';
import { hashText } from './vocabulary.ts';

const encoder = new TextEncoder();

/**
 * Distinct texts in order of first appearance, as UTF-8 bytes: a growing vocabulary without an object per text.
 * Open addressing at a load of at most ½; the hash of each text is kept, so that growing and most misses touch no text.
 */
export class Interner {
  private heap: Uint8Array;
  private used = 0;
  private readonly offsets: Growing<Uint32Array>;
  private readonly hashes: Growing<Int32Array>;
  private table: Int32Array;
  private scratch = new Uint8Array(1 << 10);

  /** @param expected number of texts, so that it need not grow much */
  constructor(expected = 1 << 7) {
    let slots = 1 << 8;
    while (slots < expected * 2) slots *= 2;
    this.table = new Int32Array(slots);
    this.heap = new Uint8Array(expected * 32);
    this.offsets = new Growing((n) => new Uint32Array(n), expected + 1);
    this.hashes = new Growing((n) => new Int32Array(n), expected);
    this.offsets.push(0);
  }

  get size(): number {
    return this.hashes.length;
  }

  /** The number of the text, a new one when it was not seen before (then `size` has grown). */
  add(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashText(bytes, from, to) | 0;
    const slot = this.slotOf(bytes, from, to, hash);
    const known = this.table[slot]!;
    if (known !== 0) return known - 1;
    const number = this.size;
    this.table[slot] = number + 1;
    this.append(bytes, from, to);
    this.hashes.push(hash);
    if (this.size * 2 > this.table.length) this.rehash();
    return number;
  }

  addText(text: string): number {
    return this.add(this.scratch, 0, this.encode(text));
  }

  /** Adds the normalised form of name i. */
  addName(names: StringColumn, i: number): number {
    const length = normalisePlain(names.heap, names.offsets[i]!, names.offsets[i + 1]!, this.scratch);
    return length >= 0 ? this.add(this.scratch, 0, length) : this.addText(normaliseName(names.get(i)));
  }

  /** The number of the text, or −1. */
  indexOf(bytes: Uint8Array, from: number, to: number): number {
    return this.table[this.slotOf(bytes, from, to, hashText(bytes, from, to) | 0)]! - 1;
  }

  indexOfText(text: string): number {
    return this.indexOf(this.scratch, 0, this.encode(text));
  }

  /** The texts in order. Shares memory with the interner: add nothing afterwards. */
  finish(): StringColumn {
    return new StringColumn(this.heap.subarray(0, this.used), this.offsets.data.subarray(0, this.size + 1));
  }

  private encode(text: string): number {
    if (text.length * 3 > this.scratch.length) this.scratch = new Uint8Array(text.length * 6);
    return encoder.encodeInto(text, this.scratch).written;
  }

  private slotOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const { table, heap } = this;
    const hashes = this.hashes.data;
    const offsets = this.offsets.data;
    const mask = table.length - 1;
    let slot = hash & mask;
    for (;;) {
      const candidate = table[slot]! - 1;
      if (candidate < 0) return slot;
      if (hashes[candidate] === hash) {
        const start = offsets[candidate]!;
        if (offsets[candidate + 1]! - start === to - from) {
          let i = from;
          for (let j = start; i < to && heap[j] === bytes[i]; j++) i++;
          if (i === to) return slot;
        }
      }
      slot = (slot + 1) & mask;
    }
  }

  private append(bytes: Uint8Array, from: number, to: number): void {
    const needed = this.used + to - from;
    if (needed > this.heap.length) {
      const grown = new Uint8Array(Math.max(needed, this.heap.length * 2));
      grown.set(this.heap.subarray(0, this.used));
      this.heap = grown;
    }
    for (let i = from, j = this.used; i < to; i++, j++) this.heap[j] = bytes[i]!;
    this.used = needed;
    this.offsets.push(needed);
  }

  private rehash(): void {
    const table = new Int32Array(this.table.length * 2);
    const hashes = this.hashes.data;
    const mask = table.length - 1;
    for (let i = 0; i < this.size; i++) {
      let slot = hashes[i]! & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = i + 1;
    }
    this.table = table;
  }
}

/** Adds all texts of a column; returns their numbers. */
export function addAll(interner: Interner, texts: StringColumn): Int32Array {
  const numbers = new Int32Array(texts.length);
  const { heap, offsets } = texts;
  for (let i = 0; i < numbers.length; i++) numbers[i] = interner.add(heap, offsets[i]!, offsets[i + 1]!);
  return numbers;
}
