/** Inverse lengths 1/√(Σ w x²) of the rows, 0 for a row of zeros; cached for the latest weights. */
export function inverseLengths(table: Float32Array, stride: number, weights: Float32Array): Float32Array {
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

/** Weightings whose lengths are cached per table: the default audio and mood, and a person's own for both. */
const KEPT = 4;
const keptNorms = new WeakMap<Float32Array, Map<string, Float32Array>>();
