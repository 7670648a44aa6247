import type { Csr } from '../../math/csr.ts';

/**
 * Tracks with one and the same owner have the same equations, hence the same vector: they are trained as one column that counts several
 * times. In lists of songs most of the catalogue is like that.
 */
export interface Grouping {
  /** owners × columns; values = how many tracks an entry stands for, times its confidence. */
  matrix: Csr;
  /** Column of each track; −1 when nobody holds it. */
  columnOf: Int32Array;
  /** Tracks per column. */
  sizes: Int32Array;
}

/** Entries with values of their own are kept apart. */
export function groupTracks(matrix: Csr): Grouping {
  const { rows, columns, ptr, idx, values } = matrix;
  const counts = new Int32Array(columns);
  const holder = new Int32Array(columns);
  for (let u = 0; u < rows; u++) {
    for (let e = ptr[u]!; e < ptr[u + 1]!; e++) {
      counts[idx[e]!]!++;
      holder[idx[e]!] = u;
    }
  }
  const columnOf = new Int32Array(columns).fill(-1);
  const groupOf = new Int32Array(rows).fill(-1);
  let next = 0;
  for (let t = 0; t < columns; t++) {
    if (counts[t] === 0) continue;
    if (counts[t]! > 1 || values !== null) columnOf[t] = next++;
    else {
      const owner = holder[t]!;
      if (groupOf[owner]! < 0) groupOf[owner] = next++;
      columnOf[t] = groupOf[owner]!;
    }
  }
  const sizes = new Int32Array(next);
  for (const column of columnOf) if (column >= 0) sizes[column]!++;
  return { matrix: compress(matrix, columnOf, sizes), columnOf, sizes };
}

function compress({ rows, ptr, idx, values }: Csr, columnOf: Int32Array, sizes: Int32Array): Csr {
  const outPtr = new Int32Array(rows + 1);
  const outIdx = new Int32Array(idx.length);
  const outValues = new Float32Array(idx.length);
  let at = 0;
  for (let u = 0; u < rows; u++) {
    let grouped = -1;
    for (let e = ptr[u]!; e < ptr[u + 1]!; e++) {
      const column = columnOf[idx[e]!]!;
      const several = sizes[column]! > 1;
      // A group has one owner only, so all its tracks stand in this row.
      if (several && grouped === column) continue;
      if (several) grouped = column;
      outIdx[at] = column;
      outValues[at++] = values ? values[e]! : sizes[column]!;
    }
    outPtr[u + 1] = at;
  }
  return { rows, columns: sizes.length, ptr: outPtr, idx: outIdx.slice(0, at), values: outValues.slice(0, at) };
}
