import { Rng } from '../math/rng.ts';

/** Rounds of the power iteration; two axes of a map need no more digits than a screen has. */
const ROUNDS = 60;

/**
 * The rows' coordinates on their first two principal axes, by power iteration on the covariance (deflated for the second axis).
 * Rows with `has` = 0 are left at NaN. @param data count × dimension, row by row
 */
export function principalPlane(
  data: Float32Array,
  dimension: number,
  has: Uint8Array,
): { x: Float32Array; y: Float32Array } {
  const count = has.length;
  const mean = new Float64Array(dimension);
  let rows = 0;
  for (let r = 0; r < count; r++) {
    if (has[r] === 0) continue;
    rows++;
    for (let d = 0; d < dimension; d++) mean[d]! += data[r * dimension + d]!;
  }
  for (let d = 0; d < dimension; d++) mean[d]! /= Math.max(1, rows);
  const covariance = new Float64Array(dimension * dimension);
  for (let r = 0; r < count; r++) {
    if (has[r] === 0) continue;
    const at = r * dimension;
    for (let i = 0; i < dimension; i++) {
      const a = data[at + i]! - mean[i]!;
      for (let j = 0; j <= i; j++) covariance[i * dimension + j]! += a * (data[at + j]! - mean[j]!);
    }
  }
  for (let i = 0; i < dimension; i++)
    for (let j = 0; j < i; j++) covariance[j * dimension + i] = covariance[i * dimension + j]!;
  const first = leadingAxis(covariance, dimension);
  const second = leadingAxis(covariance, dimension);
  const project = (axis: Float64Array): Float32Array => {
    const out = new Float32Array(count).fill(Number.NaN);
    for (let r = 0; r < count; r++) {
      if (has[r] === 0) continue;
      let sum = 0;
      for (let d = 0; d < dimension; d++) sum += (data[r * dimension + d]! - mean[d]!) * axis[d]!;
      out[r] = sum;
    }
    return out;
  };
  return { x: project(first), y: project(second) };
}

/** The eigenvector of the largest eigenvalue, which is then taken out of the matrix. */
function leadingAxis(matrix: Float64Array, dimension: number): Float64Array {
  const rng = new Rng(1);
  let axis = Float64Array.from({ length: dimension }, () => rng.normal());
  let value = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(dimension);
    for (let i = 0; i < dimension; i++)
      for (let j = 0; j < dimension; j++) next[i]! += matrix[i * dimension + j]! * axis[j]!;
    value = Math.hypot(...next);
    if (value === 0) break;
    axis = next.map((v) => v / value);
  }
  for (let i = 0; i < dimension; i++)
    for (let j = 0; j < dimension; j++) matrix[i * dimension + j]! -= value * axis[i]! * axis[j]!;
  return axis;
}
