import { roomFor } from './growing.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

const [SPACE, ASCII] = [0x20, 0x7f];

/**
 * An immutable column of texts: one UTF-8 heap and count + 1 offsets. Two million names cost their bytes and nothing per object;
 * a text is decoded when it is read.
 */
export class StringColumn {
  readonly heap: Uint8Array;
  /** length count + 1; text i is heap[offsets[i] … offsets[i+1]) */
  readonly offsets: Uint32Array;

  constructor(heap: Uint8Array, offsets: Uint32Array) {
    this.heap = heap;
    this.offsets = offsets;
  }

  static from(texts: Iterable<string>): StringColumn {
    const builder = new StringColumnBuilder();
    for (const text of texts) builder.push(text);
    return builder.finish();
  }

  get length(): number {
    return this.offsets.length - 1;
  }

  get(i: number): string {
    return decoder.decode(this.heap.subarray(this.offsets[i]!, this.offsets[i + 1]!));
  }

  isEmpty(i: number): boolean {
    return this.offsets[i] === this.offsets[i + 1];
  }

  /** Whether text i is empty or consists of white space. Decodes it only if its first character may be white space. */
  isBlank(i: number): boolean {
    const first = this.heap[this.offsets[i]!]!;
    return this.isEmpty(i) || ((first <= SPACE || first > ASCII) && this.get(i).trim() === '');
  }

  /** The raw UTF-8 bytes of text i, a view. */
  bytes(i: number): Uint8Array {
    return this.heap.subarray(this.offsets[i]!, this.offsets[i + 1]!);
  }
}

/** Texts of at most this many characters are written faster than an encoder can be called. */
const SHORT = 64;

/** Writes a short text of ASCII into memory. @returns its length, or −1 for any other text */
export function writeShortAscii(text: string, into: Uint8Array, at: number): number {
  const { length } = text;
  if (length > SHORT) return -1;
  for (let i = 0; i < length; i++) {
    const c = text.charCodeAt(i);
    if (c > 0x7f) return -1;
    into[at + i] = c;
  }
  return length;
}

const NOTHING = new Uint8Array(0);

/** Collects texts into a StringColumn; the heap grows as columns do. Holds up to 4 GiB of text. */
export class StringColumnBuilder {
  private heap: Uint8Array;
  private used = 0;
  private offsets: Uint32Array;
  private count = 0;

  /** @param texts and @param bytes that are expected, so that it need not grow much */
  constructor(texts = 1 << 8, bytes = 1 << 12) {
    this.heap = new Uint8Array(bytes);
    this.offsets = new Uint32Array(texts + 1);
  }

  get length(): number {
    return this.count;
  }

  push(text: string): void {
    // A UTF-16 unit becomes at most three UTF-8 bytes.
    this.reserve(text.length * 3);
    const length = writeShortAscii(text, this.heap, this.used);
    this.used += length >= 0 ? length : encoder.encodeInto(text, this.heap.subarray(this.used)).written;
    this.close();
  }

  pushBytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.heap.set(bytes, this.used);
    this.used += bytes.length;
    this.close();
  }

  /** The UTF-8 text bytes[from … to), with another before it. */
  pushRange(bytes: Uint8Array, from: number, to: number, prefix: Uint8Array = NOTHING): void {
    this.reserve(prefix.length + to - from);
    const { heap } = this;
    let used = this.used;
    for (let i = 0; i < prefix.length; i++) heap[used++] = prefix[i]!;
    for (let i = from; i < to; i++) heap[used++] = bytes[i]!;
    this.used = used;
    this.close();
  }

  /** All texts of a column, copied at once. */
  pushColumn({ heap, offsets }: StringColumn): void {
    const texts = offsets.length - 1;
    const first = offsets[0]!;
    const shift = this.used - first;
    this.reserve(offsets[texts]! - first);
    this.heap.set(heap.subarray(first, offsets[texts]!), this.used);
    if (this.count + texts >= this.offsets.length) {
      const grown = new Uint32Array(roomFor(this.count + texts + 1, this.offsets.length, 4));
      grown.set(this.offsets);
      this.offsets = grown;
    }
    for (let i = 1; i <= texts; i++) this.offsets[this.count + i] = offsets[i]! + shift;
    this.count += texts;
    this.used = this.offsets[this.count]!;
  }

  /** Begins anew, in the same memory. */
  clear(): void {
    this.used = 0;
    this.count = 0;
  }

  /** Whether text i is bytes[from … to). */
  isAt(i: number, bytes: Uint8Array, from: number, to: number): boolean {
    const { heap } = this;
    const start = this.offsets[i]!;
    if (this.offsets[i + 1]! - start !== to - from) return false;
    for (let k = 0; k < to - from; k++) if (heap[start + k] !== bytes[from + k]) return false;
    return true;
  }

  /** What was pushed so far, in memory that the next push may leave or change. */
  peek(): StringColumn {
    return new StringColumn(this.heap.subarray(0, this.used), this.offsets.subarray(0, this.count + 1));
  }

  finish(): StringColumn {
    return new StringColumn(this.heap.slice(0, this.used), this.offsets.slice(0, this.count + 1));
  }

  private reserve(bytes: number): void {
    if (this.used + bytes <= this.heap.length) return;
    const grown = new Uint8Array(roomFor(this.used + bytes, this.heap.length, 1));
    grown.set(this.heap.subarray(0, this.used));
    this.heap = grown;
  }

  private close(): void {
    this.count++;
    if (this.count === this.offsets.length) {
      const grown = new Uint32Array(roomFor(0, this.offsets.length, 4));
      grown.set(this.offsets);
      this.offsets = grown;
    }
    this.offsets[this.count] = this.used;
  }
}
