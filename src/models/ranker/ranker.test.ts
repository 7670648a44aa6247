import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import fc from 'fast-check';
import { Region } from '../../math/kernels/memory.ts';
import type { FlatTrees } from '../../math/kernels/trees.ts';
import { Rng } from '../../math/rng.ts';
import { binEdges, binRows } from './binning.ts';
import { EnsembleBuilder, TreeEnsemble } from './ensemble.ts';
import { TreeGrower } from './grow.ts';
import { lambdaRank, type Objective } from './objectives.ts';
import { RANKER_DEFAULTS, type RankingData, trainRanker } from './train.ts';

/** NDCG of one query with the label as gain, from the definition. */
function naiveNdcg(scores: number[], labels: number[], truncation: number): number {
  const dcg = (order: number[]): number =>
    order.slice(0, truncation).reduce((sum, i, rank) => sum + labels[i]! / Math.log2(rank + 2), 0);
  const byScore = labels.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const ideal = labels.map((_, i) => i).sort((a, b) => labels[b]! - labels[a]!);
  return dcg(byScore) / dcg(ideal);
}

/** Lambdas from the definition: the change of NDCG when two documents swap places. */
function naiveLambdas(
  scores: number[],
  labels: number[],
  truncation: number,
): { gradient: number[]; hessian: number[] } {
  const n = scores.length;
  const gradient = new Array<number>(n).fill(0);
  const hessian = new Array<number>(n).fill(0);
  const base = naiveNdcg(scores, labels, truncation);
  const place = labels.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const rankScores = new Array<number>(n);
  place.forEach((doc, rank) => {
    rankScores[doc] = n - rank;
  });
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (labels[i]! <= labels[j]!) continue;
      const swapped = rankScores.slice();
      swapped[i] = rankScores[j]!;
      swapped[j] = rankScores[i]!;
      const delta = Math.abs(naiveNdcg(swapped, labels, truncation) - base);
      const probability = 1 / (1 + Math.exp(scores[i]! - scores[j]!));
      gradient[i]! -= probability * delta;
      gradient[j]! += probability * delta;
      hessian[i]! += probability * (1 - probability) * delta;
      hessian[j]! += probability * (1 - probability) * delta;
    }
  }
  return { gradient, hessian };
}

const region = new Region();
afterEach(() => region.free());

/** Gradients in the kernels' memory, as the objectives require. */
function derive(objective: Objective, scores: readonly number[]): { gradient: Float32Array; hessian: Float32Array } {
  const gradient = region.float32(scores.length).fill(9);
  const hessian = region.float32(scores.length).fill(9);
  objective.derive(region.place(Float64Array.from(scores)), gradient, hessian, new Uint8Array(scores.length).fill(1));
  objective.free();
  return { gradient, hessian };
}

test('lambdas equal the definition by swapping documents', () => {
  const score = fc.integer({ min: -40, max: 40 }).map((x) => x / 10);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(score, fc.integer({ min: 0, max: 2 })), { minLength: 2, maxLength: 12 }),
      fc.integer({ min: 1, max: 14 }),
      (documents, truncation) => {
        const scores = documents.map(([s]) => s);
        const labels = documents.map(([, l]) => l);
        fc.pre(labels.some((l) => l > 0));
        const { gradient, hessian } = derive(
          lambdaRank(Float32Array.from(labels), Int32Array.of(0, scores.length), truncation, false),
          scores,
        );
        const naive = naiveLambdas(scores, labels, truncation);
        for (let i = 0; i < scores.length; i++) {
          assert.ok(
            Math.abs(gradient[i]! - naive.gradient[i]!) < 1e-5,
            `gradient ${gradient[i]} against ${naive.gradient[i]}`,
          );
          assert.ok(Math.abs(hessian[i]! - naive.hessian[i]!) < 1e-5);
        }
      },
    ),
  );
});

/** The best split of a root by trying every column and threshold. */
function naiveSplit(
  features: number[][],
  gradient: number[],
  l2: number,
  minRows: number,
): { gain: number; left: string } {
  const side = (rows: number[]): number => rows.reduce((a, r) => a + gradient[r]!, 0) ** 2 / (rows.length + l2);
  const all = gradient.map((_, r) => r);
  let best = { gain: 0, left: '' };
  for (let c = 0; c < features[0]!.length; c++) {
    for (const threshold of [Number.NEGATIVE_INFINITY, ...features.map((f) => f[c]!)]) {
      const left = all.filter((r) => !(features[r]![c]! > threshold));
      const right = all.filter((r) => features[r]![c]! > threshold);
      if (left.length < minRows || right.length < minRows) continue;
      const gain = side(left) + side(right) - side(all);
      if (gain > best.gain + 1e-9) best = { gain, left: left.join() };
    }
  }
  return best;
}

test('the first split equals brute force over all columns and thresholds, missing values included', () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, value, fc.integer({ min: -8, max: 8 })), { minLength: 4, maxLength: 25 }),
      (rows) => {
        const features = rows.map(([a, b]) => [a, b]);
        const gradient = Float32Array.from(rows, ([, , g]) => g);
        const flat = Float32Array.from(features.flat());
        const matrix = binRows(flat, rows.length, binEdges(flat, rows.length, 2, 32), region);
        const grower = new TreeGrower(matrix, { leaves: 2, minRows: 2, minHessian: 0, l2: 1 });
        grower.gradient.set(gradient);
        grower.hessian.fill(1);
        const tree = grower.grow(Int32Array.from(rows.keys()), Int32Array.of(0, 1));
        grower.free();
        const naive = naiveSplit(features, [...gradient], 1, 2);
        if (tree.feature.length === 0) assert.ok(naive.gain < 1e-6);
        else assert.ok(Math.abs(tree.gain[0]! - naive.gain) < 1e-4, `gain ${tree.gain[0]} against ${naive.gain}`);
      },
    ),
  );
});

test('the histogram of the larger child, by subtraction, grows the same tree as histograms from rows', () => {
  const data = synthetic(40, 20, 7);
  const matrix = binRows(
    data.features,
    data.labels.length,
    binEdges(data.features, data.labels.length, data.columns, 16),
    region,
  );
  const gradient = data.labels.map((l) => 0.3 - l);
  const grower = new TreeGrower(matrix, { leaves: 8, minRows: 5, minHessian: 0, l2: 1 });
  grower.gradient.set(gradient);
  grower.hessian.fill(1);
  const columns = Int32Array.from({ length: data.columns }, (_, c) => c);
  const tree = grower.grow(Int32Array.from(gradient.keys()), columns);
  grower.free();
  // Each leaf's value from the rows that reach it.
  const sums = new Float64Array(tree.leaves.length);
  const counts = new Float64Array(tree.leaves.length);
  for (let r = 0; r < gradient.length; r++) {
    let node = 0;
    while (node >= 0)
      node =
        tree.children[
          2 * node + (data.features[r * data.columns + tree.feature[node]!]! > tree.threshold[node]! ? 1 : 0)
        ]!;
    sums[-node - 1]! += gradient[r]!;
    counts[-node - 1]!++;
  }
  assert.equal(tree.leaves.length, 8);
  tree.leaves.forEach((leaf, l) => {
    assert.ok(Math.abs(leaf + sums[l]! / (counts[l]! + 1)) < 1e-5);
    assert.ok(counts[l]! >= 5);
  });
});

/** One row through every tree, step by step. */
function naiveScore(trees: FlatTrees, row: Float32Array): number {
  let sum = 0;
  for (let t = 0; t + 1 < trees.nodePtr.length; t++) {
    let node = trees.nodePtr[t] === trees.nodePtr[t + 1] ? -1 : 0;
    while (node >= 0) {
      const at = trees.nodePtr[t]! + node;
      node = trees.children[2 * at + (row[trees.feature[at]!]! > trees.threshold[at]! ? 1 : 0)]!;
    }
    sum += trees.leaves[trees.leafPtr[t]! - node - 1]!;
  }
  return sum;
}

/** Trees of random shape over a few thresholds, infinite ones included. */
function randomTrees(trees: number, columns: number, rng: Rng): FlatTrees {
  const builder = new EnsembleBuilder();
  const thresholds = [Number.NEGATIVE_INFINITY, -1, -0.5, 0, 0.25, 3];
  for (let t = 0; t < trees; t++) {
    // A tree of one leaf, small ones and the largest that there is.
    const nodes = t === 0 ? 0 : t === 1 ? 255 : rng.below(40);
    const children: number[] = [];
    const open: number[] = [];
    let leaves = 0;
    for (let i = 0; i < nodes; i++) {
      if (i > 0) children[open.splice(rng.below(open.length), 1)[0]!] = i;
      open.push(2 * i, 2 * i + 1);
    }
    for (const at of open) children[at] = -++leaves;
    builder.add({
      feature: Array.from({ length: nodes }, () => rng.below(columns)),
      threshold: Array.from({ length: nodes }, () => thresholds[rng.below(thresholds.length)]!),
      children,
      leaves: Array.from({ length: nodes + 1 }, () => rng.normal()),
    });
  }
  return builder.finish(columns).arrays;
}

test('thirty-two rows at once reach the leaves that one row reaches step by step', () => {
  const columns = 5;
  const values = [Number.NaN, Number.NEGATIVE_INFINITY, -1, -0.75, -0.5, -0, 0.1, 0.25, 3, 4, Number.POSITIVE_INFINITY];
  for (const rows of [1, 16, 17, 31, 32, 33, 300]) {
    const rng = new Rng(rows);
    const ensemble = new TreeEnsemble(columns, randomTrees(12, columns, rng));
    assert.ok(ensemble.isValid());
    const features = Float32Array.from({ length: rows * columns }, () => values[rng.below(values.length)]!);
    const out = new Float32Array(rows + 1).fill(7);
    ensemble.predict(features, rows, out);
    for (let r = 0; r < rows; r++) {
      const expected = naiveScore(ensemble.arrays, features.subarray(r * columns, (r + 1) * columns));
      assert.ok(Math.abs(out[r]! - expected) < 1e-5, `row ${r}: ${out[r]} for ${expected}`);
    }
    assert.equal(out[rows], 7);
  }
});

test('more thresholds or leaves than bytes can number are refused', () => {
  const rng = new Rng(5);
  const chain = (nodes: number, threshold: (i: number) => number): TreeEnsemble => {
    const builder = new EnsembleBuilder();
    const children = Array.from({ length: 2 * nodes }, (_, at) =>
      at % 2 === 1 && at < 2 * nodes - 1 ? (at + 1) / 2 : -1,
    );
    let leaf = 0;
    for (let at = 0; at < children.length; at++) if (children[at]! < 0) children[at] = -++leaf;
    builder.add({
      feature: new Array(nodes).fill(0),
      threshold: Array.from({ length: nodes }, (_, i) => threshold(i)),
      children,
      leaves: Array.from({ length: nodes + 1 }, () => rng.normal()),
    });
    return builder.finish(1);
  };
  assert.ok(chain(255, (i) => i).isValid());
  assert.ok(!chain(256, () => 0).isValid());
  assert.ok(!chain(3, () => Number.NaN).isValid());
  const two = new EnsembleBuilder();
  for (const first of [0, 200]) two.add(chain(200, (i) => first + i).arrays);
  assert.ok(!two.finish(1).isValid());
  assert.throws(() => two.finish(1).predict(new Float32Array(1), 1, new Float32Array(1)), { code: 'INTERNAL' });
  assert.throws(() => trainRanker(synthetic(5, 10, 1), { ...quick, leaves: 257 }, { rng }), {
    code: 'OUT_OF_RANGE',
  });
});

/** Queries whose relevance depends on two columns, one of them with gaps. */
function synthetic(queries: number, size: number, seed: number): RankingData {
  const rng = new Rng(seed);
  const columns = 6;
  const features = new Float32Array(queries * size * columns);
  const labels = new Float32Array(queries * size);
  for (let r = 0; r < labels.length; r++) {
    for (let c = 0; c < columns; c++) features[r * columns + c] = rng.normal();
    const signal = features[r * columns]! + features[r * columns + 1]! ** 2 + 0.3 * rng.normal();
    if (rng.uniform() < 0.1) features[r * columns + 2] = Number.NaN;
    labels[r] = signal > 1.8 ? 1 : 0;
  }
  return { features, columns, labels, groups: Int32Array.from({ length: queries + 1 }, (_, q) => q * size) };
}

const quick = { ...RANKER_DEFAULTS, rounds: 40, leaves: 8, minRows: 5, learningRate: 0.2 };

test('ranks queries that it has not seen; the kernel predicts what the trees say', () => {
  const unseen = synthetic(60, 30, 2);
  const { ensemble } = trainRanker(synthetic(200, 30, 1), quick, { rng: new Rng(1) });
  const out = new Float32Array(unseen.labels.length);
  ensemble.predict(unseen.features, out.length, out);
  for (let r = 0; r < out.length; r += 37)
    assert.ok(Math.abs(out[r]! - naiveScore(ensemble.arrays, unseen.features.subarray(r * 6, r * 6 + 6))) < 1e-4);
  const qualities: number[] = [];
  for (let q = 0; q < 60; q++) {
    const labels = [...unseen.labels.subarray(q * 30, (q + 1) * 30)];
    if (labels.includes(1))
      qualities.push(naiveNdcg([...out.subarray(q * 30, (q + 1) * 30)], labels, quick.truncation));
  }
  const mean = qualities.reduce((sum, quality) => sum + quality, 0) / qualities.length;
  assert.ok(mean > 0.93, `NDCG ${mean}`);
});

test('the same seed grows the same trees; saved arrays are checked', () => {
  const data = synthetic(50, 20, 3);
  const one = trainRanker(data, quick, { rng: new Rng(9) }).ensemble;
  const two = trainRanker(data, quick, { rng: new Rng(9) }).ensemble;
  assert.deepEqual(one.arrays, two.arrays);
  assert.ok(one.isValid());
  const broken = one.arrays.children.slice();
  broken[0] = 0;
  assert.equal(
    Object.assign(Object.create(Object.getPrototypeOf(one)), one, {
      arrays: { ...one.arrays, children: broken },
    }).isValid(),
    false,
  );
});

test('constant features give no tree and a score of 0', () => {
  const data = {
    features: new Float32Array(40),
    columns: 2,
    labels: Float32Array.from({ length: 20 }, (_, i) => i % 2),
    groups: Int32Array.of(0, 20),
  };
  const { ensemble } = trainRanker(data, quick, { rng: new Rng(1) });
  assert.equal(ensemble.trees, 0);
  const out = new Float32Array(20).fill(7);
  ensemble.predict(data.features, 20, out);
  assert.deepEqual([...new Set(out)], [0]);
});

test('cancelled training throws CANCELLED', () => {
  assert.throws(() => trainRanker(synthetic(5, 10, 1), quick, { rng: new Rng(1), signal: AbortSignal.abort() }), {
    code: 'CANCELLED',
  });
});
