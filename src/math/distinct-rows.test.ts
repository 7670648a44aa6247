import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { distinctRows } from './distinct-rows.ts';
import { Rng } from './rng.ts';

test('each different row once, and every row knows its kind and its place in it', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 4 }), (seed, n, d) => {
      const rng = new Rng(seed);
      const data = new Float32Array(n * d).map(() => rng.below(3) / 7);
      const text = (r: number): string => data.subarray(r * d, (r + 1) * d).join();
      const { first, kind, place } = distinctRows(data, d);
      const seen = new Map<string, number>();
      for (let r = 0; r < n; r++) {
        assert.equal(place[r], seen.get(text(r)) ?? 0);
        if (place[r] === 0) assert.equal(first[kind[r]!], r);
        assert.equal(text(first[kind[r]!]!), text(r));
        seen.set(text(r), place[r]! + 1);
      }
      assert.equal(first.length, seen.size);
    }),
  );
});
