import { SegueError } from '../errors.ts';

/** Eigenpairs of a symmetric matrix, largest eigenvalue first. */
export interface EigenPairs {
  /** Descending. */
  values: Float64Array;
  /** One eigenvector of length 1 per row, in the order of the values. */
  vectors: Float64Array;
}

const MOST_SWEEPS = 60;

/**
 * The `wanted` largest eigenpairs of a dense symmetric n × n matrix (row-major; destroyed): Householder's reduction to tridiagonal form,
 * then implicit QL with Wilkinson's shift (Golub & Van Loan, 4th ed., §8.3). O(n³), float64; meant for n up to about 2,000.
 */
export function symmetricEigen(a: Float64Array, n: number, wanted = n): EigenPairs {
  const diagonal = new Float64Array(n);
  const below = new Float64Array(n);
  tridiagonalise(a, n, diagonal, below);
  const rotated = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rotated[i * n + i] = 1;
  diagonalise(diagonal, below, rotated, n);

  const order = Int32Array.from({ length: n }, (_, i) => i).sort((i, j) => diagonal[j]! - diagonal[i]! || i - j);
  const count = Math.min(wanted, n);
  const values = new Float64Array(count);
  const vectors = new Float64Array(count * n);
  for (let k = 0; k < count; k++) {
    values[k] = diagonal[order[k]!]!;
    const vector = vectors.subarray(k * n, (k + 1) * n);
    vector.set(rotated.subarray(order[k]! * n, (order[k]! + 1) * n));
    // Undo the reduction: the reflectors are in the rows of `a`; the last is applied first.
    for (let j = n - 3; j >= 0; j--) reflect(vector, a, j * n, j + 1, n);
  }
  return { values, vectors };
}

/** x −= 2 v (vᵀx) with v = a[row + from … row + n), of length 1 or zero. */
function reflect(x: Float64Array, a: Float64Array, row: number, from: number, n: number): void {
  let dot = 0;
  for (let i = from; i < n; i++) dot += a[row + i]! * x[i]!;
  if (dot === 0) return;
  dot *= 2;
  for (let i = from; i < n; i++) x[i] = x[i]! - dot * a[row + i]!;
}

/** QᵀAQ = tridiagonal; below[i] = element (i + 1, i). Row j of `a` keeps the unit reflector of column j, starting at j + 1. */
function tridiagonalise(a: Float64Array, n: number, diagonal: Float64Array, below: Float64Array): void {
  const image = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const row = j * n;
    diagonal[j] = a[row + j]!;
    if (j === n - 1) break;
    if (j === n - 2) {
      below[j] = a[row + j + 1]!;
      continue;
    }
    let square = 0;
    for (let i = j + 1; i < n; i++) square += a[row + i]! ** 2;
    const length = Math.sqrt(square);
    const first = a[row + j + 1]!;
    below[j] = first > 0 ? -length : length;
    if (length === 0) continue;
    // v = x − below · e₁, scaled to length 1: H x = below · e₁ without cancellation
    a[row + j + 1] = first - below[j]!;
    const scale = 1 / Math.sqrt(2 * length * (length + Math.abs(first)));
    for (let i = j + 1; i < n; i++) a[row + i] = a[row + i]! * scale;
    // A ← (I − 2vvᵀ) A (I − 2vvᵀ) = A − v wᵀ − w vᵀ,  w = 2 (A v − (vᵀA v) v)
    let curvature = 0;
    for (let i = j + 1; i < n; i++) {
      const at = i * n;
      let sum = 0;
      for (let k = j + 1; k < n; k++) sum += a[at + k]! * a[row + k]!;
      image[i] = sum;
      curvature += sum * a[row + i]!;
    }
    for (let i = j + 1; i < n; i++) image[i] = 2 * (image[i]! - curvature * a[row + i]!);
    for (let i = j + 1; i < n; i++) {
      const at = i * n;
      const v = a[row + i]!;
      const w = image[i]!;
      for (let k = j + 1; k < n; k++) a[at + k] = a[at + k]! - v * image[k]! - w * a[row + k]!;
    }
  }
}

/** Diagonalises the tridiagonal matrix; `rows` (n × n) accumulates the rotations, one eigenvector per row. */
function diagonalise(diagonal: Float64Array, below: Float64Array, rows: Float64Array, n: number): void {
  let norm = 0;
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(diagonal[i]!) + Math.abs(below[i]!));
  // Elements far below the largest are rounding errors; a relative test would never end on a null space.
  const tolerance = Number.EPSILON * norm;
  for (let start = 0; start < n; start++) {
    for (let sweep = 0; ; sweep++) {
      // The block [start, end] is coupled.
      let end = start;
      while (end < n - 1 && Math.abs(below[end]!) > tolerance) end++;
      if (end === start) break;
      if (sweep === MOST_SWEEPS)
        throw new SegueError('UNSOLVABLE', {
          got: `The eigenvalue in row ${start} of ${n} does not converge`,
          remedy: 'Look for extreme weights in the data',
        });
      sweepOnce(diagonal, below, rows, n, start, end);
    }
  }
}

/** One implicit QL step on the block [start, end]: chases the bulge upwards from the end. */
function sweepOnce(
  diagonal: Float64Array,
  below: Float64Array,
  rows: Float64Array,
  n: number,
  start: number,
  end: number,
): void {
  const half = (diagonal[start + 1]! - diagonal[start]!) / (2 * below[start]!);
  const root = Math.hypot(half, 1);
  let g = diagonal[end]! - diagonal[start]! + below[start]! / (half + (half >= 0 ? root : -root));
  let sine = 1;
  let cosine = 1;
  let shifted = 0;
  for (let i = end - 1; i >= start; i--) {
    const f = sine * below[i]!;
    const b = cosine * below[i]!;
    const length = Math.hypot(f, g);
    below[i + 1] = length;
    if (length === 0) {
      diagonal[i + 1] = diagonal[i + 1]! - shifted;
      below[end] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    const gap = diagonal[i + 1]! - shifted;
    const turn = (diagonal[i]! - gap) * sine + 2 * cosine * b;
    shifted = sine * turn;
    diagonal[i + 1] = gap + shifted;
    g = cosine * turn - b;
    const upper = i * n;
    const lower = upper + n;
    for (let k = 0; k < n; k++) {
      const x = rows[upper + k]!;
      const y = rows[lower + k]!;
      rows[lower + k] = sine * x + cosine * y;
      rows[upper + k] = cosine * x - sine * y;
    }
  }
  diagonal[start] = diagonal[start]! - shifted;
  below[start] = g;
  below[end] = 0;
}
