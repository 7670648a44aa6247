import type { Csr } from './csr.ts';
import { NumbersOnDemand } from './kernels/file-memory.ts';

/**
 * A sparse matrix whose entries may stay in their file until requested. Callers state which entries they need and receive the matrix with these
 * loaded; its other entries may be zeros. When everything is already loaded, a request costs next to nothing.
 */
export class RowsOnDemand {
  readonly rows: number;
  readonly columns: number;
  readonly ptr: Int32Array;
  private readonly matrix: Csr;
  private readonly idx: NumbersOnDemand;
  private readonly values: NumbersOnDemand | null;

  constructor(matrix: Csr) {
    const { rows, columns, ptr, idx, values } = matrix;
    this.matrix = matrix;
    this.rows = rows;
    this.columns = columns;
    this.ptr = ptr;
    this.idx = new NumbersOnDemand(idx, columns);
    this.values = values && new NumbersOnDemand(values);
  }

  /** The matrix with entries [from, to) loaded. @throws SegueError FILE_UNREADABLE */
  entries(from: number, to: number): Csr {
    this.idx.read(from, to);
    this.values?.read(from, to);
    return this.matrix;
  }

  /** The matrix with the first `count` of these rows loaded. @throws SegueError FILE_UNREADABLE */
  holding(rows: Int32Array, count: number): Csr {
    const { ptr } = this;
    for (let i = 0; i < count; i++) this.entries(ptr[rows[i]!]!, ptr[rows[i]! + 1]!);
    return this.matrix;
  }

  /** The matrix with all entries loaded. @throws SegueError FILE_UNREADABLE */
  get whole(): Csr {
    return this.entries(0, this.matrix.idx.length);
  }
}
