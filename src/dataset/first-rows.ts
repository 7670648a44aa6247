import type { StringColumn } from './strings.ts';
import { hashView, tableSize } from './vocabulary.ts';

/** Rows whose places are looked at together, so that the processor waits for its memory once and not for each. */
const TOGETHER = 64;

/** Of each text of a column the first row that has the same one, and how many distinct texts there are. No text is copied. */
export function firstRows({ heap, offsets }: StringColumn): { first: Int32Array; distinct: number } {
  const count = offsets.length - 1;
  // Texts in ascending order, as those of sorted tables are, need no table.
  if (ascend(heap, offsets)) return { first: identity(count), distinct: count };
  const view = new DataView(heap.buffer, heap.byteOffset, heap.byteLength);
  const hashes = new Int32Array(count);
  for (let i = 0; i < count; i++) hashes[i] = hashView(view, offsets[i]!, offsets[i + 1]!);
  /** By open addressing: of each slot a row plus 1, or 0. */
  const table = new Int32Array(tableSize(count));
  const mask = table.length - 1;
  const first = new Int32Array(count);
  let distinct = 0;
  const near = new Int32Array(TOGETHER);
  for (let from = 0; from < count; from += TOGETHER) {
    const to = Math.min(count, from + TOGETHER);
    // These loads are independent of each other; kept, or they might be left out.
    for (let i = from; i < to; i++) near[i - from] = table[hashes[i]! & mask]!;
    for (let i = from; i < to; i++) {
      const hash = hashes[i]!;
      let slot = hash & mask;
      for (;;) {
        const row = table[slot]! - 1;
        if (row < 0) {
          table[slot] = i + 1;
          first[i] = i;
          distinct++;
          break;
        }
        if (hashes[row] === hash && isSame(heap, offsets[row]!, offsets[row + 1]!, offsets[i]!, offsets[i + 1]!)) {
          first[i] = row;
          break;
        }
        slot = (slot + 1) & mask;
      }
    }
  }
  return { first, distinct };
}

function isSame(heap: Uint8Array, from: number, to: number, other: number, otherTo: number): boolean {
  if (to - from !== otherTo - other) return false;
  for (; from < to; from++, other++) if (heap[from] !== heap[other]) return false;
  return true;
}

/** Whether each text is longer than the one before, or as long and greater. */
function ascend(heap: Uint8Array, offsets: Uint32Array): boolean {
  for (let i = 2; i < offsets.length; i++) {
    const [before, from, to] = [offsets[i - 2]!, offsets[i - 1]!, offsets[i]!];
    const longer = to - from - (from - before);
    if (longer < 0) return false;
    if (longer > 0) continue;
    let k = 0;
    while (k < to - from && heap[before + k] === heap[from + k]) k++;
    if (k === to - from || heap[before + k]! > heap[from + k]!) return false;
  }
  return true;
}

function identity(count: number): Int32Array {
  const rows = new Int32Array(count);
  for (let i = 0; i < count; i++) rows[i] = i;
  return rows;
}
