import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PatchSample } from './patch-sample.ts';

/** Patches of two rows of three numbers, patch p of 2p and 2p + 1. */
const sampled = (patches: number, wanted: number, rest = 0): number[][] => {
  const sample = new PatchSample(6, wanted);
  for (let row = 0; row < 2 * patches + rest; row++) sample.push(new Float32Array(3).fill(row));
  return sample.spread().map((patch) => [...patch]);
};

test('few patches are all kept, and a half one is none', () => {
  assert.deepEqual(sampled(0, 4, 1), []);
  assert.deepEqual(sampled(2, 4, 1), [
    [0, 0, 0, 1, 1, 1],
    [2, 2, 2, 3, 3, 3],
  ]);
  assert.equal(sampled(4, 4).length, 4);
});

test('of many patches the wanted ones are whole and evenly spread from beginning to end', () => {
  for (const patches of [5, 7, 8, 9, 31, 200, 1001]) {
    const places = sampled(patches, 4).map(([first, , , second]) => {
      assert.equal(second, first! + 1);
      return first! / 2;
    });
    assert.equal(places.length, 4, `${patches} patches`);
    places.forEach((place, i) => {
      assert.ok(Math.abs((place + 0.5) / patches - (i + 0.5) / 4) <= 0.2, `${places} of ${patches}`);
    });
  }
});
