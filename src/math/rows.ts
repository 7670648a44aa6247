/** Copies the chosen rows into one array, in order. @param data n × d */
export function gatherRows(data: Float32Array, d: number, chosen: Int32Array): Float32Array {
  const out = new Float32Array(chosen.length * d);
  chosen.forEach((row, i) => {
    out.set(data.subarray(row * d, (row + 1) * d), i * d);
  });
  return out;
}
