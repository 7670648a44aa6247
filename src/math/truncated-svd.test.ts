import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Csr } from './csr.ts';
import { fromRows } from './csr.ts';
import { symmetricEigen } from './eigen.ts';
import { Rng } from './rng.ts';
import { truncatedSvd } from './truncated-svd.ts';

function randomMatrix(rows: number, columns: number, density: number, seed: number): Csr {
  const rng = new Rng(seed);
  const lists = Array.from({ length: rows }, () => {
    const list: number[] = [];
    for (let c = 0; c < columns; c++) if (rng.uniform() < density) list.push(c);
    return list;
  });
  const matrix = fromRows(lists, columns);
  return { ...matrix, values: Float32Array.from(matrix.idx, () => 0.5 + rng.uniform()) };
}

function gramOf(matrix: Csr): Float64Array {
  const n = matrix.columns;
  const out = new Float64Array(n * n);
  for (let r = 0; r < matrix.rows; r++)
    for (let e = matrix.ptr[r]!; e < matrix.ptr[r + 1]!; e++)
      for (let f = matrix.ptr[r]!; f < matrix.ptr[r + 1]!; f++)
        out[matrix.idx[e]! * n + matrix.idx[f]!]! += matrix.values![e]! * matrix.values![f]!;
  return out;
}

for (const [rows, columns, density, wanted] of [
  [120, 80, 0.1, 12],
  [70, 200, 0.05, 12],
  [30, 30, 0.3, 30],
] as const) {
  test(`agrees with a dense eigensolver: ${rows} × ${columns}, ${wanted} vectors`, async () => {
    const matrix = randomMatrix(rows, columns, density, rows);
    const { values, right } = await truncatedSvd(matrix, wanted, { rng: new Rng(1), block: 8, oversampling: 5 });
    const dense = symmetricEigen(gramOf(matrix), columns, wanted);
    assert.ok(values.length >= Math.min(wanted, 12));
    const count = values.length;
    for (let k = 0; k < count; k++) {
      assert.ok(Math.abs(values[k]! - Math.sqrt(dense.values[k]!)) < 2e-4 * values[0]!);
      let dot = 0;
      for (let c = 0; c < columns; c++) dot += right[c * count + k]! * dense.vectors[k * columns + c]!;
      if (values[k]! > 0.2 * values[0]!) assert.ok(Math.abs(Math.abs(dot) - 1) < 1e-3, `vector ${k}: ${dot}`);
    }
  });
}

test('a matrix of low rank gives only its rank', async () => {
  // Three kinds of rows only.
  const rows = Array.from({ length: 60 }, (_, r) => [0, 1, 2, 3, 4].map((c) => c + 5 * (r % 3)));
  const { values } = await truncatedSvd(fromRows(rows, 15), 10, { rng: new Rng(3), block: 4 });
  assert.equal(values.length, 3);
  for (const value of values) assert.ok(Math.abs(value - Math.sqrt(100)) < 1e-3);
});

test('the same seed gives the same bytes', async () => {
  const matrix = randomMatrix(50, 60, 0.1, 9);
  const [a, b] = await Promise.all([1, 2].map(() => truncatedSvd(matrix, 8, { rng: new Rng(5), block: 8 })));
  assert.deepEqual(a, b);
});
