import { type StringColumn, StringColumnBuilder } from './strings.ts';

/** Printable ASCII words with single spaces between: nearly all names. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

const SPACE = 0x20;

/**
 * The normalised form of a name of UTF-8 bytes [from, to), when it is printable ASCII words with single spaces between: written to `out`
 * from `at` on. @returns its length, or −1 for any other name
 */
export function normalisePlain(bytes: Uint8Array, from: number, to: number, out: Uint8Array, at = 0): number {
  if (from === to || to - from > out.length - at) return -1;
  const shift = at - from;
  let before = SPACE;
  for (let i = from; i < to; i++) {
    const c = bytes[i]!;
    if (c < SPACE || c > 0x7e || (c === SPACE && before === SPACE)) return -1;
    before = c;
    // A–Z get the bit of small letters; ` becomes '.
    out[i + shift] = c >= 0x41 && c <= 0x5a ? c | 0x20 : c === 0x60 ? 0x27 : c;
  }
  return before === SPACE ? -1 : to - from;
}

/** Lower case without diacritics, typographic variants and repeated space: the form in which names are compared. */
export function normaliseName(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().replaceAll('`', "'");
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[‐-―]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The normalised forms of a column of names. */
export function normaliseAll(names: StringColumn): StringColumn {
  const { heap, offsets } = names;
  const out = new StringColumnBuilder(names.length, heap.length);
  const plain = new Uint8Array(1 << 10);
  for (let i = 0; i < names.length; i++) {
    const length = normalisePlain(heap, offsets[i]!, offsets[i + 1]!, plain);
    if (length >= 0) out.pushRange(plain, 0, length);
    else out.push(normaliseName(names.get(i)));
  }
  return out.peek();
}
