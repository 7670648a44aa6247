import assert from 'node:assert/strict';
import { test } from 'node:test';
import { symmetricEigen } from './eigen.ts';
import { Rng } from './rng.ts';

function randomSymmetric(n: number, rank: number, seed: number): Float64Array {
  const rng = new Rng(seed);
  const b = Float64Array.from({ length: n * rank }, () => rng.normal());
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) for (let k = 0; k < rank; k++) a[i * n + j]! += b[i * rank + k]! * b[j * rank + k]!;
  return a;
}

for (const [n, rank] of [
  [1, 1],
  [2, 2],
  [3, 1],
  [17, 17],
  [40, 5],
  [60, 80],
] as const) {
  test(`A v = λ v with orthonormal v, order ${n}, rank ${rank}`, () => {
    const a = randomSymmetric(n, rank, n * 100 + rank);
    const { values, vectors } = symmetricEigen(a.slice(), n);
    const scale = values[0]!;
    for (let k = 0; k < n; k++) {
      if (k > 0) assert.ok(values[k]! <= values[k - 1]!);
      const v = vectors.subarray(k * n, (k + 1) * n);
      for (let i = 0; i < n; i++) {
        let image = 0;
        for (let j = 0; j < n; j++) image += a[i * n + j]! * v[j]!;
        assert.ok(Math.abs(image - values[k]! * v[i]!) < 1e-11 * scale);
      }
      for (let other = 0; other <= k; other++) {
        let dot = 0;
        for (let i = 0; i < n; i++) dot += v[i]! * vectors[other * n + i]!;
        assert.ok(Math.abs(dot - (other === k ? 1 : 0)) < 1e-11);
      }
    }
  });
}

test('zero and diagonal matrices', () => {
  assert.deepEqual([...symmetricEigen(new Float64Array(9), 3).values], [0, 0, 0]);
  const { values, vectors } = symmetricEigen(Float64Array.of(1, 0, 0, 0, 3, 0, 0, 0, 2), 3, 2);
  assert.deepEqual([...values], [3, 2]);
  assert.deepEqual([...vectors].map(Math.abs), [0, 1, 0, 0, 0, 1]);
});
