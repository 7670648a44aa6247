import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromRows } from '../csr.ts';
import { Rng } from '../rng.ts';
import { Region } from './memory.ts';
import { columnMaxima, sparseTimesDense } from './spmm.ts';

/** A random sparse matrix with empty rows, and a dense table to multiply it with. */
function world(d: number, weighted: boolean, rng: Rng) {
  const columns = 60;
  const lists = Array.from({ length: 700 }, (_, r) => (r % 7 === 3 ? [] : rng.sample(columns, 1 + (r % 20))));
  const matrix = fromRows(lists, columns);
  const values = weighted ? Float32Array.from(matrix.idx, () => rng.normal()) : null;
  return { ...matrix, values, x: Float32Array.from({ length: columns * d }, () => rng.normal()) };
}

for (const d of [1, 3, 4, 16, 20, 27, 30])
  for (const weighted of [false, true])
    test(`sparse times dense, rows of ${d}${weighted ? ', weighted' : ''}: as the sum over entries`, () => {
      const region = new Region();
      const { rows, columns, ptr, idx, values, x } = world(d, weighted, new Rng(d));
      const out = region.float32(rows * d).fill(7);
      const placed = {
        ptr: region.place(ptr),
        idx: region.place(idx),
        values: values && region.place(values),
        columns,
      };
      sparseTimesDense(placed, region.place(x), d, out);
      for (let r = 0; r < rows; r++)
        for (let j = 0; j < d; j++) {
          let expected = 0;
          for (let e = ptr[r]!; e < ptr[r + 1]!; e++) expected += (values ? values[e]! : 1) * x[idx[e]! * d + j]!;
          assert.ok(Math.abs(out[r * d + j]! - expected) < 1e-4, `row ${r}, column ${j}`);
        }
      region.free();
    });

for (const d of [8, 16, 36])
  test(`column maxima, rows of ${d}: as one looks`, () => {
    const region = new Region();
    const rng = new Rng(3);
    const rows = 500;
    const table = region.float32(rows * d);
    for (let i = 0; i < table.length; i++) table[i] = i % d === 2 ? -1 : rng.normal();
    const maxima = region.float32(d);
    columnMaxima(table, d, maxima);
    for (let c = 0; c < d; c++) {
      let most = 0;
      for (let r = 0; r < rows; r++) most = Math.max(most, table[r * d + c]!);
      assert.equal(maxima[c], most);
    }
    region.free();
  });

test('a table that does not fit is refused', () => {
  const region = new Region();
  const table = region.float32(30);
  assert.throws(() => columnMaxima(table, 3, region.float32(3)), { code: 'INTERNAL' });
  region.free();
});
