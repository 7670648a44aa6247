import { Region } from '../src/math/kernels/memory.ts';
import { weightedRowSum } from '../src/math/kernels/sparse.ts';
import { Rng } from '../src/math/rng.ts';
import { type Bench, lineOf, quantile, time } from './harness.ts';

const COLUMNS = 1_000_000;
const ROWS = 100;
const EACH = 40_000;

export const sparse: Bench = {
  id: 'sparse',
  title: `Sparse accumulation: ${ROWS} rows of ${EACH} entries into ${COLUMNS} places`,
  run({ seed }) {
    const rng = new Rng(seed);
    const region = new Region();
    const ptr = region.int32(ROWS + 1);
    const idx = region.int32(ROWS * EACH);
    for (let r = 0; r < ROWS; r++) {
      ptr[r + 1] = (r + 1) * EACH;
      const row = idx.subarray(r * EACH, (r + 1) * EACH);
      for (let e = 0; e < EACH; e++) row[e] = Math.floor((e + rng.uniform()) * (COLUMNS / EACH));
    }
    const rows = region.int32(ROWS).map((_, r) => r);
    const weights = new Float32Array(ROWS).fill(1);
    const out = region.float32(COLUMNS);
    const kernels = time(() => weightedRowSum({ ptr, idx, values: null, columns: COLUMNS }, rows, weights, out));
    const plainOut = new Float32Array(COLUMNS);
    const plainIdx = idx.slice();
    const javascript = time(() => {
      plainOut.fill(0);
      for (let r = 0; r < ROWS; r++) {
        const weight = weights[r]!;
        const end = ptr[r + 1]!;
        for (let e = ptr[r]!; e < end; e++) plainOut[plainIdx[e]!]! += weight;
      }
    });
    const equal = plainOut.every((x, c) => x === out[c]);
    region.free();
    const rate = (times: number[]): string => `${((ROWS * EACH) / quantile(times, 0.5) / 1000).toFixed(0)} M entries/s`;
    return [
      lineOf('kernels', kernels, { rate: rate(kernels), quality: equal ? 'equal' : 'WRONG' }),
      lineOf('peer: plain JavaScript', javascript, { rate: rate(javascript) }),
    ];
  },
};
