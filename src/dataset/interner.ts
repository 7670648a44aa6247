import { roomFor } from './growing.ts';
import { normaliseName, normalisePlain } from './normalise.ts';
import { StringColumn, writeShortAscii } from './strings.ts';
import { hashView, tableSize, Vocabulary } from './vocabulary.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Texts of a column whose places are looked at together, so that the processor waits for its memory once and not for each. */
const TOGETHER = 64;

/** Texts of a run that are copied one by one. */
const SHORT_RUN = 8;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Distinct texts in order of first appearance, as UTF-8 bytes: a growing vocabulary without an object per text.
 * Open addressing at a load of at most ½; the hash of each text is kept, so that growing and most misses touch no text.
 * Texts that come in ascending order, as those of sorted tables do, are new without a look-up: the table is made when the first comes that does not.
 */
export class Interner {
  private readonly expected: number;
  private count = 0;
  /** Text i is heap[offsets[i] … offsets[i + 1]). */
  private heap: Uint8Array;
  private view: DataView;
  private offsets: Uint32Array;
  /** Both are empty until a text has to be looked up. */
  private hashes: Int32Array = new Int32Array(0);
  private table: Int32Array = new Int32Array(0);
  /** The bytes that were added from last, and the view of them. */
  private source: Uint8Array | null = null;
  private sourceView: DataView | null = null;
  private scratch = new Uint8Array(1 << 10);
  private readonly candidates = new Int32Array(TOGETHER);
  /** Keeps the loads of `approach` alive. */
  private approached = 0;

  /** @param expected number of texts and @param bytes of them all, so that it need not grow much */
  constructor(expected = 1 << 7, bytes = expected * 32) {
    this.expected = expected;
    this.heap = new Uint8Array(bytes);
    this.view = viewOf(this.heap);
    this.offsets = new Uint32Array(expected + 1);
  }

  /** An interner that starts with these distinct texts, without comparing them. */
  static of({ heap, offsets }: StringColumn): Interner {
    const count = offsets.length - 1;
    const interner = new Interner(count + (count >> 4) + (1 << 7));
    const bytes = offsets[count]! - offsets[0]!;
    interner.heap = new Uint8Array(bytes + (bytes >> 4) + (1 << 10));
    interner.heap.set(heap.subarray(offsets[0]!, offsets[count]!));
    interner.view = viewOf(interner.heap);
    interner.offsets.set(offsets);
    if (offsets[0] !== 0) for (let i = 0; i <= count; i++) interner.offsets[i]! -= offsets[0]!;
    interner.count = count;
    interner.index();
    return interner;
  }

  get size(): number {
    return this.count;
  }

  /** The number of the text, a new one when it was not seen before (then `size` has grown). */
  add(bytes: Uint8Array, from: number, to: number): number {
    const view = this.viewOfSource(bytes);
    this.reserve(1, to - from);
    if (!this.isIndexed) {
      const order = this.compareToLast(view, from, to);
      if (order >= 0) return order > 0 ? this.append(view, from, to) : this.count - 1;
      this.index();
    }
    return this.place(view, from, to, hashView(view, from, to));
  }

  addText(text: string): number {
    // Encoding first: a long text gets a larger scratch.
    const length = this.encode(text);
    return this.add(this.scratch, 0, length);
  }

  /** Adds the normalised form of a name. */
  addName(bytes: Uint8Array, from: number, to: number): number {
    const length = normalisePlain(bytes, from, to, this.scratch);
    if (length >= 0) return this.add(this.scratch, 0, length);
    return this.addText(normaliseName(decoder.decode(bytes.subarray(from, to))));
  }

  /** Adds all texts of a column; returns their numbers. */
  addAll({ heap, offsets }: StringColumn): Int32Array {
    const count = offsets.length - 1;
    const numbers = new Int32Array(count);
    const view = this.viewOfSource(heap);
    const ascending = this.isIndexed ? 0 : this.addAscending(heap, view, offsets, numbers);
    if (ascending === count) return numbers;
    this.index();
    // The hashes, then the numbers.
    for (let i = ascending; i < count; i++) numbers[i] = hashView(view, offsets[i]!, offsets[i + 1]!);
    for (let from = ascending; from < count; from += TOGETHER) {
      const to = Math.min(count, from + TOGETHER);
      this.reserve(to - from, offsets[to]! - offsets[from]!);
      this.approach(numbers, from, to);
      for (let i = from; i < to; i++) numbers[i] = this.place(view, offsets[i]!, offsets[i + 1]!, numbers[i]!);
    }
    return numbers;
  }

  /** The number of the text, or −1. */
  indexOf(bytes: Uint8Array, from: number, to: number): number {
    this.index();
    const view = this.viewOfSource(bytes);
    return this.table[this.slotOf(view, from, to, hashView(view, from, to))]! - 1;
  }

  indexOfText(text: string): number {
    const length = this.encode(text);
    return this.indexOf(this.scratch, 0, length);
  }

  /** The texts in order. Shares memory with the interner and lets go of what finds them: neither add nor look up anything afterwards. */
  finish(): StringColumn {
    const { heap, offsets, count } = this;
    this.hashes = new Int32Array(0);
    this.table = new Int32Array(0);
    return new StringColumn(heap.subarray(0, offsets[count]), offsets.subarray(0, count + 1));
  }

  /** Begins anew, and gives the memory back at once. Texts that `finish` gave are empty then. */
  discard(): void {
    const { heap, offsets, hashes, table } = this;
    this.count = 0;
    this.heap = new Uint8Array(0);
    this.view = viewOf(this.heap);
    this.offsets = new Uint32Array(1);
    this.hashes = new Int32Array(0);
    this.table = new Int32Array(0);
    for (const { buffer } of [heap, offsets, hashes, table]) if (buffer instanceof ArrayBuffer) buffer.transfer(0);
  }

  /** The texts as a vocabulary. Shares memory with the interner: add nothing afterwards. */
  finishVocabulary(): Vocabulary {
    const { table } = this;
    // Both fill their tables in the order of the numbers: those of one size are equal.
    return new Vocabulary(this.finish(), table.length === tableSize(this.count) ? table : null);
  }

  private encode(text: string): number {
    const short = writeShortAscii(text, this.scratch, 0);
    if (short >= 0) return short;
    if (text.length * 3 > this.scratch.length) this.scratch = new Uint8Array(text.length * 6);
    return encoder.encodeInto(text, this.scratch).written;
  }

  private viewOfSource(bytes: Uint8Array): DataView {
    if (bytes !== this.source) {
      this.source = bytes;
      this.sourceView = viewOf(bytes);
    }
    return this.sourceView!;
  }

  /** Brings what `place` will read for these hashes near: each loop's loads are independent of each other. */
  private approach(numbers: Int32Array, from: number, to: number): void {
    const { table, candidates, heap, offsets, hashes } = this;
    const mask = table.length - 1;
    let sum = 0;
    for (let i = from; i < to; i++) candidates[i - from] = table[numbers[i]! & mask]!;
    for (let i = 0; i < to - from; i++) {
      const candidate = candidates[i]!;
      if (candidate > 0) {
        sum ^= hashes[candidate - 1]!;
        candidates[i] = offsets[candidate - 1]!;
      }
    }
    for (let i = 0; i < to - from; i++) sum ^= heap[candidates[i]!]!;
    this.approached ^= sum;
  }

  /** The same as `add` once there is a table, when there is room for one more. */
  private place(view: DataView, from: number, to: number, hash: number): number {
    const slot = this.slotOf(view, from, to, hash);
    const known = this.table[slot]!;
    if (known !== 0) return known - 1;
    const number = this.append(view, from, to);
    this.table[slot] = number + 1;
    this.hashes[number] = hash;
    return number;
  }

  /** Adds a text that is new, when there is room for it. @returns its number */
  private append(view: DataView, from: number, to: number): number {
    const number = this.count++;
    this.offsets[number + 1] = copyBytes(view, from, to, this.view, this.offsets[number]!);
    return number;
  }

  private get isIndexed(): boolean {
    return this.table.length > 0;
  }

  /** Builds the table if necessary. */
  private index(): void {
    if (this.isIndexed) return;
    const { count, view, offsets } = this;
    this.hashes = new Int32Array(offsets.length - 1);
    for (let i = 0; i < count; i++) this.hashes[i] = hashView(view, offsets[i]!, offsets[i + 1]!);
    let slots = 1 << 8;
    while (slots < Math.max(count, this.expected) * 2) slots *= 2;
    this.table = this.fillTable(new Int32Array(slots));
  }

  /** Adds texts while each is the last one or comes behind it. @returns how many these are */
  private addAscending(heap: Uint8Array, view: DataView, offsets: Uint32Array, numbers: Int32Array): number {
    for (let i = 0; i < numbers.length; ) {
      const order = this.compareToLast(view, offsets[i]!, offsets[i + 1]!);
      if (order < 0) return i;
      if (order === 0) {
        numbers[i++] = this.count - 1;
        continue;
      }
      let end = i + 1;
      while (end < numbers.length && ascends(view, offsets, end)) end++;
      for (let k = i, next = this.count; k < end; k++) numbers[k] = next++;
      this.appendRun(heap, view, offsets, i, end);
      i = end;
    }
    return numbers.length;
  }

  /** Adds texts [first, end) of a column, which are new: many are copied at once. */
  private appendRun(heap: Uint8Array, view: DataView, offsets: Uint32Array, first: number, end: number): void {
    const [from, to] = [offsets[first]!, offsets[end]!];
    this.reserve(end - first, to - from);
    if (end - first < SHORT_RUN) {
      for (let i = first; i < end; i++) this.append(view, offsets[i]!, offsets[i + 1]!);
      return;
    }
    const { count } = this;
    const at = this.offsets[count]!;
    this.heap.set(heap.subarray(from, to), at);
    for (let i = first; i < end; i++) this.offsets[count + 1 + i - first] = offsets[i + 1]! - from + at;
    this.count += end - first;
  }

  /** Whether a text is longer than the last one (1), shorter (−1), or at the same length greater, equal or less. */
  private compareToLast(view: DataView, from: number, to: number): number {
    if (this.count === 0) return 1;
    const last = this.offsets[this.count - 1]!;
    const difference = to - from - (this.offsets[this.count]! - last);
    return difference !== 0 ? Math.sign(difference) : compareBytes(view, from, to, this.view, last);
  }

  private slotOf(view: DataView, from: number, to: number, hash: number): number {
    const { table, hashes, offsets } = this;
    const mask = table.length - 1;
    let slot = hash & mask;
    for (;;) {
      const candidate = table[slot]! - 1;
      if (candidate < 0) return slot;
      if (hashes[candidate] === hash) {
        const start = offsets[candidate]!;
        if (offsets[candidate + 1]! - start === to - from && sameBytes(view, from, to, this.view, start)) return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  private reserve(texts: number, bytes: number): void {
    const { count } = this;
    const used = this.offsets[count]!;
    if (used + bytes > this.heap.length) {
      const grown = new Uint8Array(roomFor(used + bytes, this.heap.length, 1));
      grown.set(this.heap.subarray(0, used));
      this.heap = grown;
      this.view = viewOf(grown);
    }
    const room = this.offsets.length - 1;
    if (count + texts > room) {
      const length = roomFor(count + texts, room, 4);
      const offsets = new Uint32Array(length + 1);
      offsets.set(this.offsets.subarray(0, count + 1));
      this.offsets = offsets;
      if (!this.isIndexed) return;
      const hashes = new Int32Array(length);
      hashes.set(this.hashes.subarray(0, count));
      this.hashes = hashes;
    }
    if (!this.isIndexed) return;
    let slots = this.table.length;
    // By doubling, so that it ends as the table of a vocabulary of these texts.
    while ((count + texts) * 2 > slots) slots *= 2;
    if (slots > this.table.length) this.table = this.fillTable(new Int32Array(slots));
  }

  private fillTable(table: Int32Array): Int32Array {
    const { hashes, count } = this;
    const mask = table.length - 1;
    let sum = 0;
    for (let from = 0; from < count; from += TOGETHER) {
      const to = Math.min(count, from + TOGETHER);
      // Brings the slots near: these loads are independent of each other.
      for (let i = from; i < to; i++) sum ^= table[hashes[i]! & mask]!;
      for (let i = from; i < to; i++) {
        let slot = hashes[i]! & mask;
        while (table[slot] !== 0) slot = (slot + 1) & mask;
        table[slot] = i + 1;
      }
    }
    this.approached ^= sum;
    return table;
  }
}

/** Whether text i of a column is longer than the one before it, or at the same length greater. */
function ascends(view: DataView, offsets: Uint32Array, i: number): boolean {
  const [before, from, to] = [offsets[i - 1]!, offsets[i]!, offsets[i + 1]!];
  const difference = to - from - (from - before);
  return difference !== 0 ? difference > 0 : compareBytes(view, from, to, view, before) > 0;
}

/** Copies the bytes, four at a time; returns where they end. */
function copyBytes(source: DataView, from: number, to: number, target: DataView, at: number): number {
  for (; from + 4 <= to; from += 4, at += 4) target.setInt32(at, source.getInt32(from, true), true);
  for (; from < to; from++, at++) target.setUint8(at, source.getUint8(from));
  return at;
}

function sameBytes(a: DataView, from: number, to: number, b: DataView, at: number): boolean {
  for (; from + 4 <= to; from += 4, at += 4) if (a.getInt32(from, true) !== b.getInt32(at, true)) return false;
  for (; from < to; from++, at++) if (a.getUint8(from) !== b.getUint8(at)) return false;
  return true;
}

/** The order of as many bytes at another place. */
function compareBytes(a: DataView, from: number, to: number, b: DataView, at: number): number {
  for (; from + 4 <= to; from += 4, at += 4) {
    const difference = a.getUint32(from) - b.getUint32(at);
    if (difference !== 0) return Math.sign(difference);
  }
  for (; from < to; from++, at++) {
    const difference = a.getUint8(from) - b.getUint8(at);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}
