import type { Csr } from '../../math/csr.ts';

/** Stacks matrices vertically. */
export function stack(parts: readonly Csr[]): Csr {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const entries = parts.reduce((sum, part) => sum + part.ptr[part.rows]!, 0);
  const ptr = new Int32Array(rows + 1);
  const idx = new Int32Array(entries);
  const values = new Float32Array(entries);
  let row = 0;
  let at = 0;
  for (const part of parts) {
    const own = part.ptr[part.rows]!;
    for (let r = 0; r < part.rows; r++) ptr[row + r + 1] = at + part.ptr[r + 1]!;
    idx.set(part.idx.subarray(0, own), at);
    values.set(part.values!.subarray(0, own), at);
    row += part.rows;
    at += own;
  }
  return { rows, columns: parts[0]!.columns, ptr, idx, values };
}

/**
 * Transposes the matrix, keeping only the columns that have entries.
 * @param slots for each entry, the index of its column among these @param count number of these columns
 */
export function transposeTouched(
  { rows, ptr, values }: Csr,
  slots: Int32Array,
  count: number,
): { ptr: Int32Array; idx: Int32Array; values: Float32Array } {
  const outPtr = new Int32Array(count + 1);
  for (const slot of slots) outPtr[slot + 1]!++;
  for (let s = 0; s < count; s++) outPtr[s + 1]! += outPtr[s]!;
  const cursor = outPtr.slice(0, count);
  const idx = new Int32Array(slots.length);
  const out = new Float32Array(slots.length);
  for (let r = 0; r < rows; r++) {
    for (let e = ptr[r]!; e < ptr[r + 1]!; e++) {
      const at = cursor[slots[e]!]!++;
      idx[at] = r;
      out[at] = values![e]!;
    }
  }
  return { ptr: outPtr, idx, values: out };
}
