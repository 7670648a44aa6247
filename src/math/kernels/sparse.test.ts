import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setThreads, threads } from '../pool.ts';
import { Rng } from '../rng.ts';
import { Region } from './memory.ts';
import { weightedRowSum } from './sparse.ts';

for (const withValues of [false, true]) {
  test(`weighted rows ${withValues ? 'with' : 'without'} values equal a plain loop, on one thread and several`, () => {
    const rng = new Rng(4);
    const region = new Region();
    const columns = 150_000;
    const rows = 60;
    const lists = Array.from({ length: rows }, () => rng.sample(columns, rng.below(4000)).sort());
    const ptr = region.int32(rows + 1);
    lists.forEach((list, r) => {
      ptr[r + 1] = ptr[r]! + list.length;
    });
    const idx = region.int32(ptr[rows]!);
    lists.forEach((list, r) => {
      idx.set(list, ptr[r]!);
    });
    const values = withValues ? region.place(Float32Array.from(idx, () => rng.below(8))) : null;
    const matrix = { ptr, idx, values, columns };
    const chosen = rng.sample(rows, 25);
    // Small whole numbers: sums are exact in float32.
    const weights = Float32Array.from(chosen, () => rng.below(10) + 1);
    const expected = new Float32Array(columns);
    chosen.forEach((r, i) => {
      for (let e = ptr[r]!; e < ptr[r + 1]!; e++) expected[idx[e]!]! += weights[i]! * (values ? values[e]! : 1);
    });
    const out = region.float32(columns).fill(3);
    const all = threads();
    for (const n of [1, 2]) {
      setThreads(n);
      weightedRowSum(matrix, chosen, weights, out);
      assert.deepEqual(Float32Array.from(out), expected);
    }
    setThreads(all);
    region.free();
  });
}
