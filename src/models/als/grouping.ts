import type { Csr } from '../../math/csr.ts';

/**
 * Merges tracks that occur in the same rows with the same weights: their equations are equal, hence their vectors too, so they are trained as one
 * column that counts several times. In playlist data most tracks have a single owner and can be merged.
 */
export interface Grouping {
  /** rows × columns; values = confidence of one track × the number of tracks in the column. */
  matrix: Csr;
  /** Column of each track; −1 when nobody holds it. */
  columnOf: Int32Array;
  /** Tracks per column. */
  sizes: Int32Array;
}

/**
 * @param labels tracks are merged only within a label, e.g. their artist's row; null = all share one @param weighted the weights differ by owner:
 * nothing is merged
 */
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
 * Numbers the columns in order of their first track.
 * @param count owners that hold each track @param holder the only owner, where count is 1
 * @param grouped tracks with the same single owner and label become one column; null = none do
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

/** The rows in columns instead of tracks, each column at its first track's place; `from` is the entry that each was read from. */
export function asColumns(
  { rows, ptr, idx }: Csr,
  columnOf: Int32Array,
  sizes: Int32Array,
): Csr & { readonly from: Int32Array } {
  const outPtr = new Int32Array(rows + 1);
  const outIdx = new Int32Array(idx.length);
  const from = new Int32Array(idx.length);
  // Only a column of several tracks can repeat in a row. One byte per column stays in the cache; wider numbers would not.
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
