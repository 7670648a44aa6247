/** The distinct rows of a table with repeated rows. */
export interface DistinctRows {
  /** The first row of each kind, ascending, where a kind is a set of equal rows. */
  readonly first: Int32Array;
  /** Kind of each row. */
  readonly kind: Int32Array;
  /** Index of each row among those of its kind, from 0. */
  readonly place: Int32Array;
}

/** Groups rows that are bitwise equal. @param data n × d */
export function distinctRows(data: Float32Array, d: number): DistinctRows {
  const count = data.length / d;
  const bits = new Int32Array(data.buffer, data.byteOffset, data.length);
  // Open addressing; the table is at most half full.
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, 2 * count)));
  const slots = new Int32Array(size).fill(-1);
  const first: number[] = [];
  const counts: number[] = [];
  const kind = new Int32Array(count);
  const place = new Int32Array(count);
  for (let r = 0; r < count; r++) {
    let at = hash(bits, r * d, d) & (size - 1);
    while (slots[at]! >= 0 && !equal(bits, first[slots[at]!]! * d, r * d, d)) at = (at + 1) & (size - 1);
    if (slots[at]! < 0) {
      slots[at] = first.length;
      first.push(r);
      counts.push(0);
    }
    kind[r] = slots[at]!;
    place[r] = counts[kind[r]!]!++;
  }
  return { first: Int32Array.from(first), kind, place };
}

/** FNV-1a over words, with the high bits mixed into the low ones. */
function hash(bits: Int32Array, from: number, d: number): number {
  let value = 2166136261;
  for (let i = from; i < from + d; i++) value = Math.imul(value ^ bits[i]! ^ (bits[i]! >>> 15), 16777619);
  return value ^ (value >>> 15);
}

function equal(bits: Int32Array, a: number, b: number, d: number): boolean {
  for (let j = 0; j < d; j++) if (bits[a + j] !== bits[b + j]) return false;
  return true;
}
