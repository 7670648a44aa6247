import type { Csr } from './csr.ts';
import { NumbersOnDemand } from './kernels/file-memory.ts';

/**
 * A sparse matrix whose entries may have been left in their file until they are asked for. Whoever needs entries says which, and gets the matrix with
 * these there; its others may be zeros. Where all was read at once, asking costs next to nothing.
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

  /** With entries [from, to) there. @throws SegueError FILE_UNREADABLE */
  entries(from: number, to: number): Csr {
    this.idx.read(from, to);
    this.values?.read(from, to);
    return this.matrix;
  }

  /** With the first `count` of these rows there. @throws SegueError FILE_UNREADABLE */
  holding(rows: Int32Array, count: number): Csr {
    const { ptr } = this;
    for (let i = 0; i < count; i++) this.entries(ptr[rows[i]!]!, ptr[rows[i]! + 1]!);
    return this.matrix;
  }

  /** All of it. @throws SegueError FILE_UNREADABLE */
  get whole(): Csr {
    return this.entries(0, this.matrix.idx.length);
  }
}
