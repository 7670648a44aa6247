import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Csr, fromRows, selectRows, transpose } from './csr.ts';

const COLUMNS = 9;
const rowsArbitrary = fc.array(fc.array(fc.integer({ min: 0, max: COLUMNS - 1 }), { maxLength: 12 }), {
  maxLength: 12,
});

/** Values that identify entries: the position of the entry. */
const numbered = (matrix: Csr): Csr => ({ ...matrix, values: Float32Array.from(matrix.idx, (_, e) => e + 1) });

function dense(matrix: Csr): number[][] {
  return Array.from({ length: matrix.rows }, (_, r) => {
    const row = new Array<number>(matrix.columns).fill(0);
    for (let e = matrix.ptr[r]!; e < matrix.ptr[r + 1]!; e++) row[matrix.idx[e]!]! += matrix.values?.[e] ?? 1;
    return row;
  });
}

test('fromRows keeps rows and their order', () => {
  fc.assert(
    fc.property(rowsArbitrary, (rows) => {
      const matrix = fromRows(rows, COLUMNS);
      assert.equal(matrix.rows, rows.length);
      rows.forEach((row, r) => {
        assert.deepEqual([...matrix.idx.subarray(matrix.ptr[r], matrix.ptr[r + 1])], row);
      });
    }),
  );
});

test('transpose equals the dense transpose, with ascending rows; twice gives the same matrix', () => {
  fc.assert(
    fc.property(rowsArbitrary, fc.boolean(), (rows, withValues) => {
      const matrix = withValues ? numbered(fromRows(rows, COLUMNS)) : fromRows(rows, COLUMNS);
      const turned = transpose(matrix);
      const before = dense(matrix);
      const after = dense(turned);
      for (let r = 0; r < matrix.rows; r++) for (let c = 0; c < COLUMNS; c++) assert.equal(after[c]![r], before[r]![c]);
      for (let c = 0; c < COLUMNS; c++)
        for (let e = turned.ptr[c]! + 1; e < turned.ptr[c + 1]!; e++) assert.ok(turned.idx[e - 1]! <= turned.idx[e]!);
      assert.deepEqual(dense(transpose(turned)), before);
    }),
  );
});

test('selectRows copies the chosen rows in the order given, repeats included', () => {
  fc.assert(
    fc.property(rowsArbitrary, fc.array(fc.nat(), { maxLength: 20 }), (rows, picks) => {
      if (rows.length === 0) return;
      const matrix = numbered(fromRows(rows, COLUMNS));
      const chosen = Int32Array.from(picks, (p) => p % rows.length);
      const selected = selectRows(matrix, chosen);
      const all = dense(matrix);
      assert.deepEqual(
        dense(selected),
        [...chosen].map((r) => all[r]),
      );
      selected.idx.fill(0);
      assert.deepEqual(dense(matrix), all, 'the source is untouched');
    }),
  );
});
