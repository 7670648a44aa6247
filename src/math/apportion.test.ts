import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { apportion, largestRemainder } from './apportion.ts';

const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 });
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

test('the classic example', () => {
  assert.deepEqual([...largestRemainder([47000, 16000, 15800, 12000, 6100, 3100], 10)], [5, 2, 1, 1, 1, 0]);
});

test('ties go to the lower number, and nothing to weights that are not positive', () => {
  assert.deepEqual([...largestRemainder([1, 1, 1, 1], 2)], [1, 1, 0, 0]);
  assert.deepEqual([...largestRemainder([0, 3, -1, Number.NaN], 2)], [0, 2, 0, 0]);
  assert.deepEqual([...largestRemainder([0, 0], 5)], [0, 0]);
});

test('every place is given, each share is its quota rounded down or up, and only the largest remainders are rounded up', () => {
  fc.assert(
    fc.property(weights, fc.integer({ min: 0, max: 500 }), (w, n) => {
      const places = largestRemainder(w, n);
      const total = sum(w);
      if (total === 0) return sum(places) === 0;
      assert.equal(sum(places), n);
      // Remainders as integers n·w mod Σw, so that the check has no rounding of its own.
      let leastUp = Number.POSITIVE_INFINITY;
      let mostDown = -1;
      for (let i = 0; i < w.length; i++) {
        const floor = Math.floor((n * w[i]!) / total);
        const remainder = (n * w[i]!) % total;
        assert.ok(places[i] === floor || places[i] === floor + 1);
        if (places[i]! > floor) leastUp = Math.min(leastUp, remainder);
        else if (w[i]! > 0) mostDown = Math.max(mostDown, remainder);
      }
      assert.ok(leastUp >= mostDown);
      return true;
    }),
  );
});

test('capacities are kept, and what one cannot take goes to the others', () => {
  assert.deepEqual([...apportion([8, 1, 1], 10, [2, 100, 100])], [2, 4, 4]);
  assert.deepEqual([...apportion([1, 1], 10, [3, 2])], [3, 2]);
  fc.assert(
    fc.property(
      weights.chain((w) =>
        fc.tuple(
          fc.constant(w),
          fc.array(fc.integer({ min: 0, max: 60 }), { minLength: w.length, maxLength: w.length }),
        ),
      ),
      fc.integer({ min: 0, max: 300 }),
      ([w, capacities], n) => {
        const places = apportion(w, n, capacities);
        assert.ok(places.every((p, i) => p >= 0 && p <= capacities[i]! && (p === 0 || w[i]! > 0)));
        const room = sum(capacities.filter((_, i) => w[i]! > 0));
        assert.equal(sum(places), Math.min(n, room));
      },
    ),
  );
});
