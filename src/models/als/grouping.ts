import type { Csr } from '../../math/csr.ts';

/**
 * Tracks that stand in the same rows with the same weights have the same equations, hence the same vector: they are trained as one column
 * that counts several times. In lists of songs most of the catalogue has one owner only and is like that.
 */
export interface Grouping {
  /** rows × columns; values = confidence of one track × how many the column stands for. */
  matrix: Csr;
  /** Column of each track; −1 when nobody holds it. */
  columnOf: Int32Array;
  /** Tracks per column. */
  sizes: Int32Array;
}

/** @param labels tracks are grouped only inside a label, e.g. their artist's row; null = all alike @param weighted entries differ by owner: no grouping */
export function groupTracks(
  matrix: Csr,
  owners: number,
  labels: ArrayLike<number> | null,
  weighted: boolean,
): Grouping {
  const { columns, ptr, idx } = matrix;
  const counts = new Int32Array(columns);
  const holder = new Int32Array(columns);
  for (let u = 0; u < owners; u++) {
    for (let e = ptr[u]!; e < ptr[u + 1]!; e++) {
      counts[idx[e]!]!++;
      holder[idx[e]!] = u;
    }
  }
  const columnOf = new Int32Array(columns).fill(-1);
  const groups = new Map<number, number>();
  let next = 0;
  for (let t = 0; t < columns; t++) {
    if (counts[t] === 0) continue;
    if (counts[t]! > 1 || weighted) {
      columnOf[t] = next++;
      continue;
    }
    const key = holder[t]! + owners * ((labels?.[t] ?? -1) + 1);
    let column = groups.get(key);
    if (column === undefined) {
      column = next++;
      groups.set(key, column);
    }
    columnOf[t] = column;
  }
  const sizes = new Int32Array(next);
  for (const column of columnOf) if (column >= 0) sizes[column]!++;
  return { matrix: compress(matrix, columnOf, sizes), columnOf, sizes };
}

function compress({ rows, ptr, idx, values }: Csr, columnOf: Int32Array, sizes: Int32Array): Csr {
  const outPtr = new Int32Array(rows + 1);
  const outIdx = new Int32Array(idx.length);
  const outValues = new Float32Array(idx.length);
  const seenIn = new Int32Array(sizes.length).fill(-1);
  let at = 0;
  for (let r = 0; r < rows; r++) {
    for (let e = ptr[r]!; e < ptr[r + 1]!; e++) {
      const column = columnOf[idx[e]!]!;
      if (column < 0 || seenIn[column] === r) continue;
      seenIn[column] = r;
      outIdx[at] = column;
      outValues[at++] = (values ? values[e]! : 1) * sizes[column]!;
    }
    outPtr[r + 1] = at;
  }
  return { rows, columns: sizes.length, ptr: outPtr, idx: outIdx.slice(0, at), values: outValues.slice(0, at) };
}
