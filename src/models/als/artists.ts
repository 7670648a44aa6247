import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';

/**
 * Adds one row per artist with several held tracks: the artist's tracks as a list, each entry weighing `weight`. This pulls a song that only one
 * playlist holds towards its artist's other songs. Artists never become owners; queries are folded in as before.
 */
export function withArtists(matrix: Csr, dataset: Dataset, weight: number): Csr {
  if (weight === 0) return matrix;
  const { rows, columns, ptr, idx } = matrix;
  const held = new Uint8Array(columns);
  for (const t of idx) held[t] = 1;
  const sizes = new Int32Array(dataset.artists.count);
  for (let t = 0; t < columns; t++) if (held[t] === 1 && dataset.mainArtist(t) >= 0) sizes[dataset.mainArtist(t)]!++;
  const rowOf = new Int32Array(sizes.length).fill(-1);
  let added = 0;
  let entries = 0;
  for (let a = 0; a < sizes.length; a++) {
    if (sizes[a]! < 2) continue;
    rowOf[a] = rows + added++;
    entries += sizes[a]!;
  }
  const outPtr = new Int32Array(rows + added + 1);
  outPtr.set(ptr);
  for (let a = 0; a < sizes.length; a++) if (rowOf[a]! >= 0) outPtr[rowOf[a]! + 1] = sizes[a]!;
  for (let r = rows; r < rows + added; r++) outPtr[r + 1] = outPtr[r + 1]! + outPtr[r]!;
  const outIdx = new Int32Array(idx.length + entries);
  outIdx.set(idx);
  const values = new Float32Array(outIdx.length).fill(weight);
  if (matrix.values) values.set(matrix.values);
  else values.fill(1, 0, idx.length);
  const cursor = outPtr.slice();
  for (let t = 0; t < columns; t++) {
    const row = held[t] === 1 && dataset.mainArtist(t) >= 0 ? rowOf[dataset.mainArtist(t)]! : -1;
    if (row >= 0) outIdx[cursor[row]!++] = t;
  }
  return { rows: rows + added, columns, ptr: outPtr, idx: outIdx, values };
}
