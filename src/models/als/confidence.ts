import type { Csr } from '../../math/csr.ts';

/**
 * Confidence of each entry from its weight (plays, ratings): 1 + a · ln(w / median), at least 0.1, at most 10; `values` is null when there are no
 * weights or a = 0. The logarithm follows Hu et al. 2008, eq. 6; dividing by the median keeps a typical entry at 1, so the other settings keep their
 * meaning.
 */
export function confidence(matrix: Csr, strength: number): Csr {
  const { values } = matrix;
  if (values === null || strength === 0) return { ...matrix, values: null };
  const positive = values.filter((v) => v > 0).sort();
  if (positive.length === 0) return { ...matrix, values: null };
  const median = positive[positive.length >> 1]!;
  return { ...matrix, values: values.map((v) => (v > 0 ? clamp(1 + strength * Math.log(v / median)) : LEAST)) };
}

const LEAST = 0.1;
const MOST = 10;
const clamp = (c: number): number => Math.min(MOST, Math.max(LEAST, c));
