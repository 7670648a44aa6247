import { Rng } from '../src/math/rng.ts';
import type { TreeEnsemble } from '../src/models/ranker/ensemble.ts';
import { RANKER_DEFAULTS, type RankingData, trainRanker } from '../src/models/ranker/train.ts';
import { type Bench, lineOf, once, time } from './harness.ts';

/** The hybrid's shape: columns, and rows of a query in training and in an answer. */
const COLUMNS = 69;
const ROWS_EACH = 160;
const ANSWER_ROWS = 1230;
const QUERIES = 2000;
const TREES = 40;

/** A quarter of the rows are relevant, depending on twelve of the columns; a ninth of the columns have missing values. */
function questions(count: number, size: number, rng: Rng): RankingData {
  const rows = count * size;
  const features = new Float32Array(rows * COLUMNS);
  const labels = new Float32Array(rows);
  for (let r = 0; r < rows; r++) {
    let signal = 2 * rng.uniform() - 1;
    for (let c = 0; c < COLUMNS; c++) {
      const value = 2 * rng.uniform() - 1;
      features[r * COLUMNS + c] = c % 9 === 0 && value < 0 ? Number.NaN : value;
      if (c < 12) signal += value * ((c % 3) - 1);
    }
    labels[r] = signal > 1.3 ? 1 : 0;
  }
  return { features, columns: COLUMNS, labels, groups: Int32Array.from({ length: count + 1 }, (_, q) => q * size) };
}

/** Mean over the queries; the gain is the label. */
function meanNdcg({ labels, groups }: RankingData, scores: Float32Array, truncation: number): number {
  let sum = 0;
  for (let q = 0; q + 1 < groups.length; q++) {
    const rows = Array.from({ length: groups[q + 1]! - groups[q]! }, (_, i) => groups[q]! + i);
    const dcg = (by: Float32Array): number =>
      rows
        .sort((a, b) => by[b]! - by[a]! || a - b)
        .slice(0, truncation)
        .reduce((total, row, rank) => total + labels[row]! / Math.log2(rank + 2), 0);
    sum += dcg(scores) / (dcg(labels) || 1);
  }
  return sum / (groups.length - 1);
}

/** Row after row, tree after tree, in plain JavaScript. */
function walk({ arrays }: TreeEnsemble, features: Float32Array, rows: number, out: Float32Array): void {
  const { nodePtr, leafPtr, feature, threshold, children, leaves } = arrays;
  for (let r = 0; r < rows; r++) {
    let sum = 0;
    for (let t = 0; t + 1 < nodePtr.length; t++) {
      const first = nodePtr[t]!;
      let node = 0;
      while (node >= 0) {
        const at = first + node;
        node = children[2 * at + (features[r * COLUMNS + feature[at]!]! > threshold[at]! ? 1 : 0)]!;
      }
      sum += leaves[leafPtr[t]! - node - 1]!;
    }
    out[r] = sum;
  }
}

export const ranker: Bench = {
  id: 'ranker',
  title: `Ranker: ${QUERIES} questions × ${ROWS_EACH} rows × ${COLUMNS} columns, ${TREES} trees; scores of ${ANSWER_ROWS} rows`,
  async run({ seed }) {
    const rng = new Rng(seed);
    const data = questions(QUERIES, ROWS_EACH, rng);
    const config = {
      ...RANKER_DEFAULTS,
      rounds: TREES,
      columnShare: 0.4,
      queryShare: 0.8,
      maxBins: 64,
      truncation: 100,
    };
    let ensemble: TreeEnsemble | null = null;
    const before = process.cpuUsage();
    const took = await once(() => {
      ensemble = trainRanker(data, config, { rng }).ensemble;
    });
    const { user, system } = process.cpuUsage(before);
    const trained = ensemble as unknown as TreeEnsemble;
    const scores = new Float32Array(data.labels.length);
    trained.predict(data.features, scores.length, scores);
    const ndcg = meanNdcg(data, scores, config.truncation);
    const out = new Float32Array(ANSWER_ROWS);
    const predicted = time(() => trained.predict(data.features, ANSWER_ROWS, out));
    const peer = new Float32Array(ANSWER_ROWS);
    const walked = time(() => walk(trained, data.features, ANSWER_ROWS, peer));
    const worst = out.reduce((most, score, r) => Math.max(most, Math.abs(score - peer[r]!)), 0);
    const each = (times: readonly number[]): string =>
      `${((lineOf('', times).median * 1e6) / ANSWER_ROWS / TREES).toFixed(1)} ns a row and tree`;
    return [
      lineOf('training, binning included', [took], {
        rate: `${((user + system) / 1e3 / TREES).toFixed(0)} ms of processor time a tree`,
        quality: `NDCG ${ndcg.toFixed(3)}`,
      }),
      lineOf('scores', predicted, {
        rate: each(predicted),
        quality: `at most ${worst.toExponential(0)} from the peer`,
      }),
      lineOf('peer: plain JavaScript, tree by tree', walked, { rate: each(walked) }),
    ];
  },
};
