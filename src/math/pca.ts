import { symmetricEigen } from './eigen.ts';

export interface Pca {
  /** Mean of each column. */
  readonly mean: Float64Array;
  /** count × d, the directions of greatest variance, length 1, each with its largest element positive. */
  readonly components: Float64Array;
  /** Variance along each, divisor n − 1. */
  readonly variance: Float64Array;
  /** The variance as a fraction of the total. */
  readonly share: Float64Array;
}

/**
 * Principal components by the eigenvectors of the covariance matrix, exact, in float64.
 * @param data n × d @param wanted components; at most d @param use one byte per row, 0 = exclude
 */
export function pca(data: Float32Array, d: number, wanted: number, use: Uint8Array | null = null): Pca {
  const n = data.length / d;
  const mean = new Float64Array(d);
  let rows = 0;
  for (let r = 0; r < n; r++) {
    if (use && use[r] === 0) continue;
    rows++;
    for (let j = 0; j < d; j++) mean[j]! += data[r * d + j]!;
  }
  for (let j = 0; j < d && rows > 0; j++) mean[j]! /= rows;
  const covariance = new Float64Array(d * d);
  const centred = new Float64Array(d);
  for (let r = 0; r < n; r++) {
    if (use && use[r] === 0) continue;
    for (let j = 0; j < d; j++) centred[j] = data[r * d + j]! - mean[j]!;
    for (let i = 0; i < d; i++) {
      const x = centred[i]!;
      if (x === 0) continue;
      for (let j = i; j < d; j++) covariance[i * d + j]! += x * centred[j]!;
    }
  }
  let total = 0;
  for (let i = 0; i < d; i++) {
    for (let j = i; j < d; j++) {
      const value = covariance[i * d + j]! / Math.max(1, rows - 1);
      covariance[i * d + j] = value;
      covariance[j * d + i] = value;
    }
    total += covariance[i * d + i]!;
  }
  const { values, vectors } = symmetricEigen(covariance, d, wanted);
  for (let c = 0; c < values.length; c++) {
    let largest = 0;
    for (let j = 0; j < d; j++)
      if (Math.abs(vectors[c * d + j]!) > Math.abs(vectors[c * d + largest]!) + 1e-12) largest = j;
    if (vectors[c * d + largest]! < 0) for (let j = 0; j < d; j++) vectors[c * d + j]! *= -1;
  }
  return { mean, components: vectors, variance: values, share: values.map((v) => (total > 0 ? v / total : 0)) };
}

/** Coordinates of the rows on the components, n × components. */
export function project(data: Float32Array, d: number, { mean, components, variance }: Pca): Float32Array {
  const n = data.length / d;
  const k = variance.length;
  const out = new Float32Array(n * k);
  for (let r = 0; r < n; r++) {
    for (let c = 0; c < k; c++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += (data[r * d + j]! - mean[j]!) * components[c * d + j]!;
      out[r * k + c] = sum;
    }
  }
  return out;
}
