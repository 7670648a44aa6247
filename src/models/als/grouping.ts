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
  const { columnOf, sizes } = numberColumns(
    columns,
    (t) => counts[t]!,
    (t) => holder[t]!,
    owners,
    weighted ? null : { labels },
  );
  const lists = asColumns(matrix, columnOf, sizes);
  const values = new Float32Array(lists.idx.length);
  for (let e = 0; e < values.length; e++)
    values[e] = (matrix.values ? matrix.values[lists.from[e]!]! : 1) * sizes[lists.idx[e]!]!;
  return { matrix: { ...lists, values }, columnOf, sizes };
}

/**
 * Numbers the columns by their first track.
 * @param count owners that hold a track @param holder the only one, where count is 1
 * @param grouped tracks of one owner and one label become one column; null = none do
 */
export function numberColumns(
  tracks: number,
  count: (track: number) => number,
  holder: (track: number) => number,
  owners: number,
  grouped: { readonly labels: ArrayLike<number> | null } | null,
): Pick<Grouping, 'columnOf' | 'sizes'> {
  const columnOf = new Int32Array(tracks).fill(-1);
  const groups = new Map<number, number>();
  let next = 0;
  for (let t = 0; t < tracks; t++) {
    const held = count(t);
    if (held === 0) continue;
    if (held > 1 || !grouped) {
      columnOf[t] = next++;
      continue;
    }
    const key = holder(t) + owners * ((grouped.labels?.[t] ?? -1) + 1);
    let column = groups.get(key);
    if (column === undefined) {
      column = next++;
      groups.set(key, column);
    }
    columnOf[t] = column;
  }
  const sizes = new Int32Array(next);
  for (const column of columnOf) if (column >= 0) sizes[column]!++;
  return { columnOf, sizes };
}

/** The rows as columns, each column where its first track stands; `from` is the entry that it was read from. */
export function asColumns(
  { rows, ptr, idx }: Csr,
  columnOf: Int32Array,
  sizes: Int32Array,
): Csr & { readonly from: Int32Array } {
  const outPtr = new Int32Array(rows + 1);
  const outIdx = new Int32Array(idx.length);
  const from = new Int32Array(idx.length);
  // Only a column of several tracks can come again in a row. Bytes stay in the cache where numbers would not.
  const several = Uint8Array.from(sizes, (size) => (size > 1 ? 1 : 0));
  const seenIn = new Int32Array(sizes.length).fill(-1);
  let at = 0;
  for (let r = 0; r < rows; r++) {
    for (let e = ptr[r]!; e < ptr[r + 1]!; e++) {
      const column = columnOf[idx[e]!]!;
      if (column < 0) continue;
      if (several[column] !== 0) {
        if (seenIn[column] === r) continue;
        seenIn[column] = r;
      }
      from[at] = e;
      outIdx[at++] = column;
    }
    outPtr[r + 1] = at;
  }
  return {
    rows,
    columns: sizes.length,
    ptr: outPtr,
    idx: outIdx.slice(0, at),
    values: null,
    from: from.subarray(0, at),
  };
}
