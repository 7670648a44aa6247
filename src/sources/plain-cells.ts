import { growingInt32 } from '../dataset/growing.ts';
import { StringColumnBuilder } from '../dataset/strings.ts';
import { hashView } from '../dataset/vocabulary.ts';
import { numberCell, UNKNOWN, yearCell } from './cells.ts';

/** Does not treat a byte order mark at the start of a cell as that of the text. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const [HYPHEN, POINT, ZERO, SPACE, DELETE] = [0x2d, 0x2e, 0x30, 0x20, 0x7f];
/** Digits of which any number is exact in a double, as is the power of ten that it is divided by: so is the quotient, rounded once. */
const MOST_DIGITS = 15;
const POWERS = Float64Array.from({ length: MOST_DIGITS + 1 }, (_, i) => 10 ** i);
/** Maximum number of different cells remembered. */
const MOST_CELLS = 1 << 15;

export const cellText = (bytes: Uint8Array, from: number, to: number): string =>
  decoder.decode(bytes.subarray(from, to));

const isDigit = (c: number): boolean => c >= ZERO && c <= ZERO + 9;

/** numberCell for UTF-8 bytes; reads plain decimal numbers directly. */
export function numberBytes(bytes: Uint8Array, from: number, to: number): number {
  const negative = bytes[from] === HYPHEN;
  let at = negative ? from + 1 : from;
  const digits = to - at;
  if (digits < 1 || digits > MOST_DIGITS || !isDigit(bytes[at]!) || !isDigit(bytes[to - 1]!))
    return numberCell(cellText(bytes, from, to));
  let value = 0;
  let decimals = -1;
  for (; at < to; at++) {
    const c = bytes[at]!;
    if (isDigit(c)) {
      value = 10 * value + (c - ZERO);
      if (decimals >= 0) decimals++;
    } else if (c === POINT && decimals < 0) decimals = 0;
    else return numberCell(cellText(bytes, from, to));
  }
  if (decimals > 0) value /= POWERS[decimals]!;
  return negative ? -value : value;
}

/** yearCell of UTF-8 bytes. */
export function yearBytes(bytes: Uint8Array, from: number, to: number): number {
  let year = 0;
  for (let i = from; i < from + 4; i++) {
    if (i >= to || !isDigit(bytes[i]!)) return yearCell(cellText(bytes, from, to));
    year = 10 * year + (bytes[i]! - ZERO);
  }
  return from + 4 < to && isDigit(bytes[from + 4]!) ? yearCell(cellText(bytes, from, to)) : year;
}

/** Texts by which tables say that a value is unknown, as small letters. */
const UNKNOWNS = [...UNKNOWN].map((text) => new TextEncoder().encode(text));
const LONGEST_UNKNOWN = Math.max(...UNKNOWNS.map(({ length }) => length));

/** Whether a cell is printable ASCII with nothing to trim, and does not say that it is unknown. */
export function isPlainText(bytes: Uint8Array, from: number, to: number): boolean {
  if (from === to || bytes[from] === SPACE || bytes[to - 1] === SPACE) return false;
  for (let i = from; i < to; i++) if (bytes[i]! < SPACE || bytes[i]! >= DELETE) return false;
  if (to - from > LONGEST_UNKNOWN) return true;
  const first = bytes[from]! | 0x20;
  // The first character settles nearly all cells.
  if (first !== 0x6e && first !== 0x75 && first !== HYPHEN) return true;
  for (let i = 0; i < UNKNOWNS.length; i++) if (isSpelled(bytes, from, to, UNKNOWNS[i]!)) return false;
  return true;
}

const [COMMA, SEMICOLON, OPENING, BRACKET, QUOTE, APOSTROPHE] = [0x2c, 0x3b, 0x5b, 0x28, 0x22, 0x27];
const [E, F, T] = [0x65, 0x66, 0x74];

/** Whether a cell is certainly one name, of artists as well as of genres: then its text is the name. Others may be one too, such as those that are not ASCII. */
export function isOneName(bytes: Uint8Array, from: number, to: number): boolean {
  if (!isPlainText(bytes, from, to)) return false;
  const first = bytes[from]!;
  if (first === OPENING || first === QUOTE || first === APOSTROPHE) return false;
  for (let i = from; i < to; i++) {
    const c = bytes[i]!;
    if (c === COMMA || c === SEMICOLON || c === OPENING) return false;
    if (c === SPACE && mayBringGuests(bytes, i + 1, to)) return false;
  }
  return true;
}

/** Whether the text after a space starts like "feat." or "ft.", with or without a bracket. */
function mayBringGuests(bytes: Uint8Array, at: number, to: number): boolean {
  const word = bytes[at] === BRACKET ? at + 1 : at;
  if (word + 1 >= to || (bytes[word]! | 0x20) !== F) return false;
  const second = bytes[word + 1]! | 0x20;
  return second === E || second === T;
}

/** Whether a cell is ASCII without space or control characters at its ends: trimming it changes nothing. */
export function isTrimmedAscii(bytes: Uint8Array, from: number, to: number): boolean {
  if (from < to && (bytes[from]! <= SPACE || bytes[to - 1]! <= SPACE)) return false;
  let all = 0;
  for (let i = from; i < to; i++) all |= bytes[i]!;
  return all <= DELETE;
}

/** Whether printable ASCII is this text of small letters and signs, however its letters are written. */
function isSpelled(bytes: Uint8Array, from: number, to: number, text: Uint8Array): boolean {
  if (text.length !== to - from) return false;
  for (let i = 0; i < text.length; i++) if ((bytes[from + i]! | 0x20) !== text[i]) return false;
  return true;
}

/** What cells of a column mean, each distinct one read once. */
export class CellMeanings<T> {
  private readonly read: (cell: string) => T;
  /** By open addressing: of each slot the number of a cell plus 1, or 0. */
  private slots = new Int32Array(0);
  private readonly hashes = growingInt32();
  private cells = new StringColumnBuilder();
  private meanings: T[] = [];

  constructor(read: (cell: string) => T) {
    this.read = read;
  }

  /** @param view of the same bytes */
  of(bytes: Uint8Array, view: DataView, from: number, to: number): T {
    if (2 * this.cells.length >= this.slots.length) this.grow();
    const hash = hashView(view, from, to);
    let slot = this.home(hash);
    for (; this.slots[slot] !== 0; slot = this.home(slot + 1)) {
      const known = this.slots[slot]! - 1;
      if (this.hashes.data[known] === hash && this.cells.isAt(known, bytes, from, to)) return this.meanings[known]!;
    }
    const meaning = this.read(cellText(bytes, from, to));
    this.cells.pushRange(bytes, from, to);
    this.hashes.push(hash);
    this.slots[slot] = this.meanings.push(meaning);
    return meaning;
  }

  private home(hash: number): number {
    return hash & (this.slots.length - 1);
  }

  /** Makes room, by forgetting everything where there would be too much. */
  private grow(): void {
    if (this.cells.length >= MOST_CELLS) {
      this.hashes.length = 0;
      this.cells = new StringColumnBuilder();
      this.meanings = [];
      this.slots.fill(0);
      return;
    }
    this.slots = new Int32Array(Math.max(1 << 6, 2 * this.slots.length));
    for (let i = 0; i < this.cells.length; i++) {
      let slot = this.home(this.hashes.data[i]!);
      while (this.slots[slot] !== 0) slot = this.home(slot + 1);
      this.slots[slot] = i + 1;
    }
  }
}
