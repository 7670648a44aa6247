import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setThreads, threads } from '../pool.ts';
import { Rng } from '../rng.ts';
import { Region } from './memory.ts';
import { topScores, VectorIndex } from './search.ts';

function table(count: number, d: number, seed: number): Float32Array {
  const rng = new Rng(seed);
  return new Float32Array(count * d).map(() => rng.normal());
}

/** Dot products in float64, sorted in full. */
function naive(
  data: Float32Array,
  count: number,
  d: number,
  query: ArrayLike<number>,
): { item: number; score: number }[] {
  return Array.from({ length: count }, (_, item) => {
    let score = 0;
    for (let j = 0; j < d; j++) score += data[item * d + j]! * query[j]!;
    return { item, score };
  }).sort((a, b) => b.score - a.score || a.item - b.item);
}

for (const [count, d] of [
  [1, 1],
  [50, 3],
  [1000, 20],
  [40_000, 37],
] as const) {
  test(`${count} × ${d}: the k best equal a full sort`, () => {
    const data = table(count, d, d);
    const query = table(1, d, 99);
    const index = new VectorIndex(data, count, d);
    const { items, scores } = index.search(query, 25);
    const expected = naive(data, count, d, query).slice(0, 25);
    assert.equal(items.length, Math.min(25, count));
    expected.forEach(({ score }, i) => {
      assert.ok(Math.abs(scores[i]! - score) < 1e-4);
    });
    const all = new Float32Array(count);
    index.scores(query, all);
    items.forEach((item, i) => {
      assert.equal(all[item], scores[i]);
    });
    assert.deepEqual(index.rows(), data);
  });
}

test('normalised rows give cosines; a zero row stays zero', () => {
  const data = table(100, 6, 1);
  data.fill(0, 12, 18);
  const index = new VectorIndex(data, 100, 6, { normalise: true });
  for (const r of [0, 1, 50, 99]) assert.ok(Math.abs(Math.hypot(...index.row(r)) - 1) < 1e-6);
  assert.deepEqual([...index.row(2)], [0, 0, 0, 0, 0, 0]);
  assert.equal(index.search(index.row(7), 1).items[0], 7);
});

test('ties go to the lower number, barred and low rows stay out', () => {
  const data = new Float32Array(70_000).fill(1);
  data[40_000] = 2;
  const index = new VectorIndex(data, 70_000, 1);
  assert.deepEqual([...index.search([1], 4).items], [40_000, 0, 1, 2]);
  const allowed = new Uint8Array(70_000).fill(1);
  allowed[40_000] = 0;
  allowed[1] = 0;
  assert.deepEqual([...index.search([1], 3, { allowed }).items], [0, 2, 3]);
  assert.deepEqual([...index.search([1], 3, { floor: 1 }).items], [40_000]);
  assert.equal(index.search([1], 0).items.length, 0);
});

test('the int8 pass finds what the exact search finds', () => {
  const data = table(30_000, 32, 5);
  const index = new VectorIndex(data, 30_000, 32, { normalise: true, int8: true });
  let found = 0;
  for (let q = 0; q < 50; q++) {
    const query = index.row(q * 100);
    const exact = index.search(query, 20);
    const fast = index.searchFast(query, 20);
    found += exact.items.filter((item) => fast.items.includes(item)).length;
    // What it finds carries the exact score.
    fast.items.forEach((item, i) => {
      const at = exact.items.indexOf(item);
      if (at >= 0) assert.equal(fast.scores[i], exact.scores[at]);
    });
  }
  assert.ok(found / 1000 >= 0.99, `recall ${found / 1000}`);
});

test('searchBatch equals single searches, one thread equals several', () => {
  const data = table(20_000, 16, 8);
  const queries = [table(1, 16, 1), table(1, 16, 2), table(1, 16, 3)];
  const index = new VectorIndex(data, 20_000, 16);
  const all = threads();
  setThreads(1);
  const single = queries.map((query) => index.search(query, 10));
  setThreads(3);
  assert.deepEqual(index.searchBatch(queries, 10), single);
  setThreads(all);
});

test('topScores never answers NaN', () => {
  const region = new Region();
  const scores = region.place(Float32Array.of(1, Number.NaN, 3, Number.NEGATIVE_INFINITY, 2));
  assert.deepEqual([...topScores(scores, 5, { floor: -10 }).items], [2, 4, 0]);
  region.free();
});

test('scores from the int8 copy are near the exact ones', () => {
  const [count, d] = [3000, 48];
  const data = table(count, d, 5);
  const query = table(1, d, 6);
  const exact = new Float32Array(count);
  const near = new Float32Array(count);
  new VectorIndex(data, count, d).scores(query, exact);
  new VectorIndex(data, count, d, { int8: true }).scoresFast(query, near);
  const length = Math.hypot(...query);
  for (let r = 0; r < count; r++) {
    const bound = (Math.hypot(...data.subarray(r * d, (r + 1) * d)) * length) / 60;
    assert.ok(Math.abs(exact[r]! - near[r]!) < bound);
  }
  new VectorIndex(data, count, d).scoresFast(query, near);
  assert.deepEqual(near, exact);
});

for (const int8 of [false, true])
  test(`scores of some rows${int8 ? ', int8' : ''}: those of all rows, 0 for none`, () => {
    const [count, d] = [500, 37];
    const data = table(count, d, 4);
    const query = table(1, d, 5);
    const index = new VectorIndex(data, count, d, { int8 });
    const all = new Float32Array(count);
    index.scoresFast(query, all);
    const region = new Region();
    const items = region.place(Int32Array.of(7, -1, 499, 0, 7));
    const out = region.float32(5).fill(9);
    index.scoresAt(query, items, out);
    assert.deepEqual([...out], [all[7], 0, all[499], all[0], all[7]]);
    assert.throws(() => index.scoresAt(query, items, region.float32(4)), { code: 'INTERNAL' });
    region.free();
  });
