import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromRows } from './csr.ts';
import { memoryUse } from './kernels/memory.ts';
import { Rng } from './rng.ts';
import { sparseRidge } from './sparse-ridge.ts';

/** Gaussian elimination on the normal equations, for one column. */
function naive(x: number[][], y: number[], penalty: number): number[] {
  const n = x[0]!.length;
  const rows = Array.from({ length: n }, (_, i) => [
    ...Array.from({ length: n }, (_, j) => x.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? penalty : 0)),
    x.reduce((sum, row, r) => sum + row[i]! * y[r]!, 0),
  ]);
  for (let i = 0; i < n; i++)
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const factor = rows[r]![i]! / rows[i]![i]!;
      rows[r] = rows[r]!.map((value, c) => value - factor * rows[i]![c]!);
    }
  return rows.map((row, i) => row[n]! / row[i]!);
}

test('equals the normal equations solved by elimination, for every column, and leaves no memory behind', async () => {
  const rng = new Rng(3);
  const [rows, columns, d, penalty] = [40, 9, 5, 0.7];
  const x = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => (rng.uniform() < 0.3 ? rng.uniform() : 0)),
  );
  const y = Float32Array.from({ length: rows * d }, () => rng.uniform() - 0.5);
  const held = x.map((row) => row.flatMap((value, c) => (value > 0 ? [c] : [])));
  const sparse = { ...fromRows(held, columns), values: Float32Array.from(x.flat().filter((value) => value > 0)) };
  const before = memoryUse().inUse;
  const steps: number[] = [];
  const found = await sparseRidge(sparse, y, d, {
    penalty,
    tolerance: 1e-6,
    onStep: (step) => void steps.push(step),
  });
  assert.equal(memoryUse().inUse, before);
  assert.ok(steps.length >= 3 && steps.length <= 2 * columns, `${steps.length} steps`);
  for (let j = 0; j < d; j++) {
    const expected = naive(
      x,
      Array.from({ length: rows }, (_, r) => y[r * d + j]!),
      penalty,
    );
    for (let c = 0; c < columns; c++)
      assert.ok(Math.abs(found[c * d + j]! - expected[c]!) < 1e-4, `${c}, ${j}: ${found[c * d + j]} ${expected[c]}`);
  }
});

test('a column of nothing stays 0, and a stop stops', async () => {
  const sparse = { ...fromRows([[0], [1]], 2), values: Float32Array.of(1, 2) };
  const y = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0);
  const found = await sparseRidge(sparse, y, 4, { penalty: 1 });
  assert.deepEqual(
    [...found].map((value) => Math.round(value * 1e4) / 1e4),
    [0.5, 0, 0, 0, 0.4, 0, 0, 0],
  );
  const stop = (): never => {
    throw new Error('stopped');
  };
  await assert.rejects(sparseRidge(sparse, y, 4, { penalty: 1, onStep: stop }), /stopped/);
});
