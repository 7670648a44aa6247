import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { setThreads, threads } from '../pool.ts';
import { Rng } from '../rng.ts';
import { addTreeScores, GrowingRows } from './growing.ts';
import { LambdaQueries } from './lambdas.ts';
import { Region } from './memory.ts';
import { binTable } from './trees.ts';

const region = new Region();
afterEach(() => region.free());
const usual = threads();
after(() => setThreads(usual));

const ROWS = 20_000;
const BINS = [3, 64, 7, 256, 2];
const RULES = { minRows: 30, minHessian: 1, l2: 2 };

function table(rng: Rng): Uint8Array {
  return Uint8Array.from({ length: ROWS * BINS.length }, (_, at) => rng.below(BINS[at % BINS.length]!));
}

function filled(bins: Uint8Array, rng: Rng): GrowingRows {
  const rows = new GrowingRows(bins, BINS);
  for (let r = 0; r < ROWS; r++) {
    // Larger where column 3 is large, so that there is something to find.
    rows.gradient[r] = rng.normal() + (bins[r * BINS.length + 3]! > 100 ? 0.4 : 0);
    rows.hessian[r] = rng.uniform();
  }
  return rows;
}

/** The best split by the definition, in float64 over the rows. */
function naiveSplit(rows: GrowingRows, bins: Uint8Array, list: Int32Array, part: Int32Array): [number, number, number] {
  const sums = (keep: (r: number) => boolean): [number, number, number] => {
    let g = 0;
    let h = 0;
    let n = 0;
    for (const r of part) {
      if (!keep(r)) continue;
      g += rows.gradient[r]!;
      h += rows.hessian[r]!;
      n++;
    }
    return [g, h, n];
  };
  const value = ([g, h]: [number, number, number]): number => g ** 2 / (h + RULES.l2);
  const whole = value(sums(() => true));
  let best: [number, number, number] = [0, -1, -1];
  list.forEach((column, k) => {
    for (let b = 0; b + 1 < BINS[column]!; b++) {
      const left = sums((r) => bins[r * BINS.length + column]! <= b);
      const right = sums((r) => bins[r * BINS.length + column]! > b);
      if (Math.min(left[2], right[2]) < RULES.minRows || Math.min(left[1], right[1]) < RULES.minHessian) continue;
      const gain = value(left) + value(right) - whole;
      if (gain > best[0]) best = [gain, k, b];
    }
  });
  return best;
}

test('splits from histograms, also by subtraction, equal the definition; any number of threads, the same bytes', () => {
  const bins = table(new Rng(1));
  const rows = filled(bins, new Rng(2));
  const bag = Int32Array.from({ length: ROWS }, (_, r) => r).filter((r) => r % 5 > 0);
  const list = Int32Array.of(1, 3, 4);
  rows.begin(bag, list);
  setThreads(1);
  const whole = rows.histogram(0, bag.length);
  setThreads(3);
  const again = rows.histogram(0, bag.length);
  assert.deepEqual(again, whole);
  const split = rows.bestSplit(whole, bag.length, RULES);
  const [gain, column, bin] = naiveSplit(rows, bins, list, bag);
  assert.ok(Math.abs(split.gain - gain) < 1e-5 * gain);
  assert.deepEqual([split.column, split.bin], [column, bin]);
  const middle = rows.partition(0, bag.length, split.column, split.bin);
  const binOf = (r: number): number => bins[r * BINS.length + list[split.column]!]!;
  assert.deepEqual(
    rows.order.slice(0, middle),
    bag.filter((r) => binOf(r) <= split.bin),
  );
  assert.deepEqual(
    rows.order.slice(middle, bag.length),
    bag.filter((r) => binOf(r) > split.bin),
  );
  const left = rows.histogram(0, middle);
  const right = rows.histogram(middle, bag.length);
  // Fixed-point sums: the bytes are those of the rows themselves.
  assert.deepEqual(
    new Int32Array(Float64Array.from(rows.subtract(whole, left)).buffer),
    new Int32Array(Float64Array.from(right).buffer),
  );
  const part = rows.order.slice(middle, bag.length);
  const next = rows.bestSplit(right, part.length, RULES);
  const [nextGain] = naiveSplit(rows, bins, list, part);
  assert.ok(Math.abs(next.gain - nextGain) < 1e-4);
  const sum = (values: Float32Array): number => part.reduce((a, r) => a + values[r]!, 0);
  assert.ok(Math.abs(next.gradient - sum(rows.gradient)) < 1e-3 && Math.abs(next.hessian - sum(rows.hessian)) < 1e-2);
  rows.free();
});

test('no split when no bin leaves enough rows on both sides', () => {
  const bins = table(new Rng(1));
  const rows = filled(bins, new Rng(2));
  rows.begin(
    Int32Array.from({ length: 50 }, (_, r) => r),
    Int32Array.of(0, 1),
  );
  const { gain, column } = rows.bestSplit(rows.histogram(0, 50), 50, RULES);
  assert.deepEqual([gain, column], [0, -1]);
  rows.free();
});

test('the scores of a tree are added to every row', () => {
  const rng = new Rng(3);
  const bins = table(rng);
  const tree = { feature: [3, 1, 0], bin: [120, 30, 0], children: [1, 2, -1, -2, -3, -4], leaves: [0.5, -1, 2, 4] };
  for (const rows of [1, 6, ROWS]) {
    const scores = region.float64(rows).fill(1);
    addTreeScores(tree, region.place(bins), BINS.length, scores);
    for (let r = 0; r < rows; r++) {
      let node = 0;
      while (node >= 0)
        node = tree.children[2 * node + (bins[r * BINS.length + tree.feature[node]!]! > tree.bin[node]! ? 1 : 0)]!;
      assert.equal(scores[r], 1 + tree.leaves[-node - 1]!);
    }
  }
});

test('bins count the smaller thresholds, NaN is bin 0', () => {
  const thresholds = [
    Float32Array.of(-1, 0, 0.5),
    new Float32Array(0),
    Float32Array.from({ length: 254 }, (_, i) => i),
  ];
  const values = [Number.NaN, Number.NEGATIVE_INFINITY, -1, -0.5, 0.5, 0.6, 100.5, 253, 254, Number.POSITIVE_INFINITY];
  // More rows than are copied at a time.
  const features = Float32Array.from({ length: 70_000 * 3 }, (_, at) => values[(at * 7) % 10]!);
  const bins = region.uint8(features.length);
  binTable(features, thresholds, bins);
  features.forEach((x, at) => {
    const expected = Number.isNaN(x) ? 0 : 1 + thresholds[at % 3]!.filter((t) => t < x).length;
    if (bins[at] !== expected) assert.equal(bins[at], expected, `${x} in column ${at % 3}`);
  });
});

test('lambdas from one round to the next do not depend on the order that the round before left, nor on threads', () => {
  const rng = new Rng(4);
  const groups = Int32Array.of(0, 700, 701, 705, 1205);
  const n = groups.at(-1)!;
  const labels = Float32Array.from({ length: n }, () => (rng.uniform() < 0.2 ? 1 : 0));
  const discounts = Float64Array.from({ length: 700 }, (_, rank) => (rank < 50 ? 1 / Math.log2(rank + 2) : 0));
  const make = (): LambdaQueries => new LambdaQueries(labels, groups, discounts, Float64Array.of(2, 0, 1, 3));
  const used = make();
  const every = new Uint8Array(4).fill(1);
  const run = (queries: LambdaQueries, scores: Float64Array, picked = every): Float32Array[] => {
    const out = [region.float32(n), region.float32(n)] as const;
    queries.derive(region.place(scores), out[0], out[1], (sum) => 1 / (1 + sum), picked);
    return [...out];
  };
  for (let round = 0; round < 4; round++) {
    // Many ties.
    const scores = Float64Array.from({ length: n }, () => Math.round(rng.normal() * 4) / 2 - (round === 3 ? 200 : 0));
    setThreads(3);
    const got = run(used, scores);
    setThreads(1);
    const fresh = make();
    const whole = run(fresh, scores);
    assert.deepEqual(got, whole);
    // Queries that are left out are 0 and do not affect the next round.
    const picked = Uint8Array.of(1, 1, 1, round % 2);
    const part = whole.map((values) => values.map((value, r) => (r >= 705 && round % 2 === 0 ? 0 : value)));
    assert.deepEqual(run(used, scores, picked), part);
    assert.ok(got[0]!.some((g) => g !== 0) && got[0]![700] === 0);
    fresh.free();
  }
  used.free();
});
