/**
 * Compressed sparse rows: row r holds columns `idx[ptr[r] … ptr[r+1])`, with `values` parallel to them if present.
 * The order within a row is meaningful (a playlist's order) unless a caller says otherwise.
 */
export interface Csr {
  readonly rows: number;
  readonly columns: number;
  /** length rows + 1, non-decreasing, ptr[0] = 0 */
  readonly ptr: Int32Array;
  /** length ptr[rows], each in [0, columns) */
  readonly idx: Int32Array;
  /** length of idx, or null when every entry weighs 1 */
  readonly values: Float32Array | null;
}

/** Transposes the matrix by counting sort, O(entries + columns). Each row of the result lists the source's rows in ascending order. */
export function transpose(matrix: Csr): Csr {
  const { rows, columns, ptr, idx, values } = matrix;
  const outPtr = new Int32Array(columns + 1);
  const entries = ptr[rows]!;
  if (entries === 0) {
    const nothing = values ? new Float32Array(0) : null;
    return { rows: columns, columns: rows, ptr: outPtr, idx: new Int32Array(0), values: nothing };
  }
  for (let e = 0; e < entries; e++) outPtr[idx[e]! + 1]!++;
  for (let c = 0; c < columns; c++) outPtr[c + 1]! += outPtr[c]!;
  const cursor = outPtr.slice(0, columns);
  const outIdx = new Int32Array(entries);
  const outValues = values ? new Float32Array(entries) : null;
  for (let r = 0; r < rows; r++) {
    const end = ptr[r + 1]!;
    for (let e = ptr[r]!; e < end; e++) {
      const at = cursor[idx[e]!]!++;
      outIdx[at] = r;
      if (outValues) outValues[at] = values![e]!;
    }
  }
  return { rows: columns, columns: rows, ptr: outPtr, idx: outIdx, values: outValues };
}

/**
 * Row numbers sorted by group, ascending within each: group g has rows[ptr[g] … ptr[g + 1]). Counting sort. @param of the group of each row, in [0,
 * groups)
 */
export function rowsByGroup(of: Int32Array, groups: number): { ptr: Int32Array; rows: Int32Array } {
  const ptr = new Int32Array(groups + 1);
  for (let r = 0; r < of.length; r++) ptr[of[r]! + 1]!++;
  for (let g = 0; g < groups; g++) ptr[g + 1]! += ptr[g]!;
  const cursor = ptr.slice(0, groups);
  const rows = new Int32Array(of.length);
  for (let r = 0; r < of.length; r++) rows[cursor[of[r]!]!++] = r;
  return { ptr, rows };
}

/** The matrix of the given rows, in the order given. Shares nothing with the source. */
export function selectRows(matrix: Csr, rows: Int32Array): Csr {
  const ptr = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) ptr[i + 1] = ptr[i]! + matrix.ptr[rows[i]! + 1]! - matrix.ptr[rows[i]!]!;
  const idx = new Int32Array(ptr[rows.length]!);
  const values = matrix.values ? new Float32Array(idx.length) : null;
  for (let i = 0; i < rows.length; i++) {
    const from = matrix.ptr[rows[i]!]!;
    const to = matrix.ptr[rows[i]! + 1]!;
    idx.set(matrix.idx.subarray(from, to), ptr[i]!);
    if (values) values.set(matrix.values!.subarray(from, to), ptr[i]!);
  }
  return { rows: rows.length, columns: matrix.columns, ptr, idx, values };
}

/** Builds a matrix from rows of column numbers. */
export function fromRows(rows: readonly ArrayLike<number>[], columns: number): Csr {
  const ptr = new Int32Array(rows.length + 1);
  for (let r = 0; r < rows.length; r++) ptr[r + 1] = ptr[r]! + rows[r]!.length;
  const idx = new Int32Array(ptr[rows.length]!);
  for (let r = 0; r < rows.length; r++) idx.set(rows[r]!, ptr[r]!);
  return { rows: rows.length, columns, ptr, idx, values: null };
}
