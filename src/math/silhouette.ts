/**
 * Silhouettes (Rousseeuw 1987) of clustered rows: (b − a) / max(a, b), a = mean distance to the other rows of its cluster,
 * b = least mean distance to those of another; 0 for the only row of a cluster. O(n²·d): pass a sample.
 * @param data n × d @returns the mean per cluster (NaN for empty ones) and over all rows
 */
export function silhouette(
  data: Float32Array,
  d: number,
  clusterOf: Int32Array,
  k: number,
): { mean: number; byCluster: Float64Array } {
  const n = clusterOf.length;
  const sums = new Float64Array(n * k);
  const counts = new Int32Array(k);
  for (const c of clusterOf) counts[c]!++;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      let squared = 0;
      for (let a = 0; a < d; a++) {
        const difference = data[i * d + a]! - data[j * d + a]!;
        squared += difference * difference;
      }
      const distance = Math.sqrt(squared);
      sums[i * k + clusterOf[j]!]! += distance;
      sums[j * k + clusterOf[i]!]! += distance;
    }
  }
  const byCluster = new Float64Array(k);
  let total = 0;
  for (let i = 0; i < n; i++) {
    const own = clusterOf[i]!;
    if (counts[own]! < 2) continue;
    const a = sums[i * k + own]! / (counts[own]! - 1);
    let b = Number.POSITIVE_INFINITY;
    for (let c = 0; c < k; c++) if (c !== own && counts[c]! > 0) b = Math.min(b, sums[i * k + c]! / counts[c]!);
    if (b === Number.POSITIVE_INFINITY) continue;
    const value = Math.max(a, b) > 0 ? (b - a) / Math.max(a, b) : 0;
    total += value;
    byCluster[own]! += value;
  }
  for (let c = 0; c < k; c++) byCluster[c]! /= counts[c]!;
  return { mean: n > 0 ? total / n : 0, byCluster };
}
