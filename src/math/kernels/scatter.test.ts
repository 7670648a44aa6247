import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromRows } from '../csr.ts';
import { Rng } from '../rng.ts';
import { Region } from './memory.ts';
import { LINE, scatterRows, sumByLabel } from './scatter.ts';

const close = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-4, `${a} instead of ${b}`);

test('scattered rows: as one adds entry by entry, on top of what is there', () => {
  const region = new Region();
  const rng = new Rng(5);
  const targets = 40;
  const lists = fromRows(
    Array.from({ length: 90 }, (_, r) => (r % 6 === 2 ? [] : rng.sample(targets, 1 + (r % 15)))),
    targets,
  );
  const x = Float32Array.from({ length: lists.rows * LINE }, () => rng.normal());
  const out = region.float32(targets * LINE).fill(2);
  const ptr = region.place(lists.ptr);
  const idx = region.place(lists.idx);
  // Only the first rows take part.
  const rows = 80;
  scatterRows({ rows, ptr, idx }, region.place(x), out);
  const expected = new Float64Array(targets * LINE).fill(2);
  for (let r = 0; r < rows; r++)
    for (let e = lists.ptr[r]!; e < lists.ptr[r + 1]!; e++)
      for (let j = 0; j < LINE; j++) expected[lists.idx[e]! * LINE + j]! += x[r * LINE + j]!;
  for (let i = 0; i < out.length; i++) close(out[i]!, expected[i]!);
  region.free();
});

test('sums by label: weighted, without negative labels', () => {
  const region = new Region();
  const rng = new Rng(6);
  const rows = 70;
  const x = Float32Array.from({ length: rows * LINE }, () => rng.normal());
  const labels = Int32Array.from({ length: rows }, (_, r) => (r % 5 === 0 ? -1 : rng.below(9)));
  const weights = Float32Array.from({ length: rows }, () => 1 + rng.below(4));
  const out = region.float32(9 * LINE);
  sumByLabel(region.place(x), region.place(labels), region.place(weights), out);
  for (let label = 0; label < 9; label++)
    for (let j = 0; j < LINE; j++) {
      let expected = 0;
      for (let r = 0; r < rows; r++) if (labels[r] === label) expected += weights[r]! * x[r * LINE + j]!;
      close(out[label * LINE + j]!, expected);
    }
  region.free();
});

test('a table that is too small is refused', () => {
  const region = new Region();
  const ptr = region.int32(3);
  assert.throws(() => scatterRows({ rows: 2, ptr, idx: region.int32(1) }, region.float32(LINE), region.float32(LINE)), {
    code: 'INTERNAL',
  });
  assert.throws(() => sumByLabel(region.float32(LINE), region.int32(2), region.float32(2), region.float32(LINE)), {
    code: 'INTERNAL',
  });
  region.free();
});
