import type { Rng } from '../../math/rng.ts';
import { studentP } from './student-t.ts';

/** @returns the two-sided p-value of the paired t-test on differences; 1 when they are all equal to 0 or fewer than two */
export function pairedT(differences: Float64Array): number {
  const n = differences.length;
  if (n < 2) return 1;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += differences[i]!;
  mean /= n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (differences[i]! - mean) ** 2;
  if (squares === 0) return mean === 0 ? 1 : 0;
  return studentP(mean / Math.sqrt(squares / (n - 1) / n), n - 1);
}

/**
 * Two-sided paired permutation tests (Fisher's sign flips): under "no difference", each difference could equally have the opposite sign.
 * p = (1 + permutations at least as extreme) / (1 + permutations). All rows use the same flips, drawn once.
 * @param rows differences per pair of models, all of one length; NaN where a pair has none (counts as 0)
 */
export function permutationTests(rows: readonly Float64Array[], permutations: number, rng: Rng): Float64Array {
  const n = rows[0]?.length ?? 0;
  const clean = rows.map((row) => row.map((d) => (Number.isNaN(d) ? 0 : d)));
  const observed = clean.map((row) => Math.abs(row.reduce((sum, d) => sum + d, 0)));
  // Sums in a different order differ in their last bits; such sums count as equal.
  const slack = clean.map((row) => 1e-12 * row.reduce((sum, d) => sum + Math.abs(d), 0));
  const extreme = new Float64Array(rows.length);
  const signs = new Float64Array(n);
  for (let p = 0; p < permutations; p++) {
    let bits = 0;
    for (let i = 0; i < n; i++) {
      if ((i & 31) === 0) bits = rng.uint32();
      signs[i] = (bits & 1) * 2 - 1;
      bits >>>= 1;
    }
    for (let r = 0; r < clean.length; r++) {
      const row = clean[r]!;
      let sum = 0;
      for (let i = 0; i < n; i++) sum += signs[i]! * row[i]!;
      if (Math.abs(sum) >= observed[r]! - slack[r]!) extreme[r]!++;
    }
  }
  return extreme.map((count) => (1 + count) / (1 + permutations));
}

/** Holm's step-down correction for many comparisons (1979): adjusted p-values in the order given. */
export function holm(p: ArrayLike<number>): Float64Array {
  const m = p.length;
  const order = Array.from({ length: m }, (_, i) => i).sort((a, b) => p[a]! - p[b]! || a - b);
  const adjusted = new Float64Array(m);
  let highest = 0;
  for (let rank = 0; rank < m; rank++) {
    highest = Math.max(highest, Math.min(1, (m - rank) * p[order[rank]!]!));
    adjusted[order[rank]!] = highest;
  }
  return adjusted;
}
