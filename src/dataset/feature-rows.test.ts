import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../math/rng.ts';
import { AUDIO_FEATURES } from './audio-features.ts';
import { FeatureRows } from './feature-rows.ts';

const WIDTH = AUDIO_FEATURES.length;

test('the first known value of each track and feature is kept, over blocks and batches', () => {
  const rng = new Rng(3);
  const TRACKS = 2_300_000;
  const expected = new Float32Array(TRACKS * WIDTH).fill(Number.NaN);
  let rows = new FeatureRows();
  for (let batch = 0; batch < 6; batch++) {
    // The second block gets nothing.
    const tracks = Int32Array.from(
      { length: 500 },
      () => (rng.uniform() < 0.5 ? 0 : 2_097_152) + rng.below(40_000 * (batch + 1)),
    );
    const values = Float32Array.from({ length: 500 * WIDTH }, () => (rng.uniform() < 0.5 ? Number.NaN : rng.uniform()));
    rows.fill(tracks, values);
    for (let i = 0; i < 500; i++)
      for (let f = 0; f < WIDTH; f++) {
        const at = tracks[i]! * WIDTH + f;
        if (Number.isNaN(expected[at]!)) expected[at] = values[i * WIDTH + f]!;
      }
    if (batch === 3) {
      const before = rows.take(TRACKS);
      rows = new FeatureRows();
      rows.adopt(before);
    }
  }
  const features = rows.take(TRACKS);
  assert.equal(features.length, expected.length);
  assert.ok(features.every((value, i) => Object.is(value, expected[i])));
});

test('there is no matrix where no track has a feature, even after a dataset that has an empty one', () => {
  const rows = new FeatureRows();
  rows.adopt(new Float32Array(3 * WIDTH).fill(Number.NaN));
  rows.fill(Int32Array.of(0, 1), new Float32Array(2 * WIDTH).fill(Number.NaN));
  rows.fill(Int32Array.of(0), new Float32Array(0));
  assert.equal(rows.take(3).length, 0);
});
