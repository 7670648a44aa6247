/** out[r] = row r · query. table: out.length rows of `stride` floats, a multiple of 4. */
export function dotRows(table: Float32Array, stride: number, query: Float32Array, out: Float32Array): void {
  for (let r = 0; r < out.length; r++) {
    const row = r * stride;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = 0; i < stride; i += 4) {
      s0 += table[row + i]! * query[i]!;
      s1 += table[row + i + 1]! * query[i + 1]!;
      s2 += table[row + i + 2]! * query[i + 2]!;
      s3 += table[row + i + 3]! * query[i + 3]!;
    }
    out[r] = s0 + s1 + (s2 + s3);
  }
}

/** Inverse lengths 1/√(Σ w x²) of the rows, 0 for a row of zeros; kept for the weights that were asked last. */
export function weightedNorms(table: Float32Array, stride: number, weights: Float32Array): Float32Array {
  const key = weights.join();
  let kept = keptNorms.get(table);
  if (!kept) keptNorms.set(table, (kept = new Map()));
  let inverse = kept.get(key);
  if (inverse) return inverse;
  inverse = new Float32Array(table.length / stride);
  for (let r = 0; r < inverse.length; r++) {
    let squared = 0;
    for (let i = 0, at = r * stride; i < stride; i++, at++) squared += weights[i]! * table[at]! * table[at]!;
    inverse[r] = squared > 0 ? 1 / Math.sqrt(squared) : 0;
  }
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, inverse);
  return inverse;
}

/** Weightings whose lengths are kept per table: the usual audio and mood, and a person's own of both. */
const KEPT = 4;
const keptNorms = new WeakMap<Float32Array, Map<string, Float32Array>>();
