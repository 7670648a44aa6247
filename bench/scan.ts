import { VectorIndex } from '../src/math/kernels/search.ts';
import { setThreads, threads } from '../src/math/pool.ts';
import { Rng } from '../src/math/rng.ts';
import { TopK } from '../src/math/topk.ts';
import { type Bench, lineOf, quantile, time } from './harness.ts';

const COUNT = 200_000;
const D = 64;
const K = 50;

function plain(data: Float32Array, query: Float32Array): Int32Array {
  const top = new TopK(K);
  for (let r = 0; r < COUNT; r++) {
    let sum = 0;
    for (let j = 0; j < D; j++) sum += data[r * D + j]! * query[j]!;
    top.push(r, sum);
  }
  return top.drain().items;
}

export const scan: Bench = {
  id: 'scan',
  title: `Exact cosine scan, ${COUNT} × ${D} float32, the best ${K}`,
  run({ seed }) {
    const rng = new Rng(seed);
    const raw = new Float32Array(COUNT * D);
    for (let i = 0; i < raw.length; i++) raw[i] = rng.normal();
    const index = new VectorIndex(raw, COUNT, D, { normalise: true, int8: true });
    const data = index.rows();
    const queries = Array.from({ length: 16 }, () => index.row(rng.below(COUNT)));
    const copy = new Float32Array(data.length);
    const query = (i: number): Float32Array => queries[i % queries.length]!;
    let same = 0;
    let fast = 0;
    for (const q of queries) {
      const expected = new Set(plain(data, q));
      same += index.search(q, K).items.filter((item) => expected.has(item)).length;
      fast += index.searchFast(q, K).items.filter((item) => expected.has(item)).length;
    }
    const recall = (hits: number): string => `recall ${(hits / K / queries.length).toFixed(4)}`;
    const all = threads();
    setThreads(1);
    const single = time((i) => index.search(query(i), K));
    setThreads(all);
    const own = time((i) => index.search(query(i), K));
    const quantised = time((i) => index.searchFast(query(i), K));
    const limit = time(() => copy.set(data));
    const javascript = time((i) => plain(data, query(i)), { warmUp: 2, runs: 5 });
    const median = quantile(own, 0.5);
    const bandwidth = (times: number[]): string => `${((COUNT * D * 4) / quantile(times, 0.5) / 1e6).toFixed(1)} GB/s`;
    return [
      lineOf(`kernels, ${all} threads`, own, {
        rate: bandwidth(own),
        quality: recall(same),
        goal: { text: '≤ 8 ms', met: median <= 8 },
      }),
      lineOf('kernels, 1 thread', single, { rate: bandwidth(single) }),
      lineOf('int8 first, float32 again', quantised, { quality: recall(fast) }),
      lineOf('limit: copying the table (memcpy)', limit, { rate: `${bandwidth(limit)} read and written` }),
      lineOf('peer: plain JavaScript', javascript, {
        rate: `${(quantile(javascript, 0.5) / median).toFixed(1)} × slower`,
      }),
    ];
  },
};
