// Sparse accumulation: out[column] += weight of the row, over the entries of given rows.

/** The first position in [first, last) whose column is ≥ the given one. */
function lowerBound(idx: usize, first: u32, last: u32, column: u32): u32 {
  while (first < last) {
    const middle = first + ((last - first) >> 1);
    if (load<u32>(idx + ((<usize>middle) << 2)) < column) first = middle + 1;
    else last = middle;
  }
  return first;
}

/**
 * For columns [from, to): out[c] = Σ over the `count` rows that hold c of weights[i] (· values[e] unless address 0). Columns must ascend within each
 * row; each thread processes the part of every row that is in its range.
 */
export function accumulateColumns(
  slot: i32, from: i32, to: i32, columns: i32, ptr: usize, idx: usize, values: usize, rows: usize, weights: usize,
  count: i32, out: usize,
): void {
  memory.fill(out + ((<usize>from) << 2), 0, (<usize>(to - from)) << 2);
  for (let i = 0; i < count; i++) {
    const r = load<u32>(rows + ((<usize>i) << 2));
    const weight = load<f32>(weights + ((<usize>i) << 2));
    let first = load<u32>(ptr + ((<usize>r) << 2));
    let last = load<u32>(ptr + ((<usize>r) << 2), 4);
    if (from > 0) first = lowerBound(idx, first, last, from);
    if (to < columns) last = lowerBound(idx, first, last, to);
    let e = idx + ((<usize>first) << 2);
    const end = idx + ((<usize>last) << 2);
    if (values == 0) {
      for (; e < end; e += 4) {
        const at = out + ((<usize>load<u32>(e)) << 2);
        store<f32>(at, load<f32>(at) + weight);
      }
    } else {
      let v = values + ((<usize>first) << 2);
      for (; e < end; e += 4, v += 4) {
        const at = out + ((<usize>load<u32>(e)) << 2);
        store<f32>(at, load<f32>(at) + weight * load<f32>(v));
      }
    }
  }
}
