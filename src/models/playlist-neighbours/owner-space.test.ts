import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Csr, fromRows } from '../../math/csr.ts';
import { largestAt } from '../../math/select.ts';
import { type OwnerSpace, ownerSpace, vote, voteForSome } from './owner-space.ts';

const OWNERS = 12;
const ITEMS = 15;

const world = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: ITEMS - 1 }), { maxLength: 10 }), {
  minLength: OWNERS,
  maxLength: OWNERS,
});
const query = fc.uniqueArray(fc.integer({ min: 0, max: ITEMS - 1 }), { minLength: 1, maxLength: 6 });

/** Similarities by the definition, one owner at a time. */
function naive(
  rows: number[][],
  items: number[],
  weights: number[],
  exponent: number,
  lengthExponent: number,
): number[] {
  const owners = (item: number): number => rows.filter((row) => row.includes(item)).length;
  return rows.map((row) => {
    let sum = 0;
    items.forEach((item, i) => {
      if (row.includes(item)) sum += weights[i]! / ((owners(item) - 1) ** exponent + 1);
    });
    return row.length > 0 ? sum * row.length ** (-lengthExponent / 2) : 0;
  });
}

function votesOf(matrix: Csr, space: OwnerSpace, limit: number, power: number): number[] {
  const out = new Float32Array(matrix.columns);
  vote(space.neighbours({ limit, power }), matrix, out);
  return [...out];
}

test('votes of some: the same as of all, and each track that has one is listed once', () => {
  fc.assert(
    fc.property(world, query, fc.constantFrom(1, 3, OWNERS), (rows, items, limit) => {
      const matrix = fromRows(rows, ITEMS);
      const space = ownerSpace(matrix, 1);
      space.compare(
        items,
        items.map(() => 1),
        0.5,
      );
      const neighbours = space.neighbours({ limit, power: 1.5 });
      // A vote of 0 proposes nothing.
      if (neighbours.count > 1) neighbours.weights[0] = 0;
      const [all, some] = [new Float32Array(ITEMS), new Float32Array(ITEMS)];
      vote(neighbours, matrix, all);
      const voted = new Int32Array(ITEMS);
      const count = voteForSome(neighbours, matrix, some, voted);
      assert.deepEqual(some, all);
      const expected = Array.from(all.keys()).filter((item) => all[item]! > 0);
      assert.deepEqual(
        [...voted.subarray(0, count)].sort((a, b) => a - b),
        expected,
      );
    }),
  );
});

const close = (a: number, b: number): void => assert.ok(Math.abs(a - b) <= 1e-4 * (1 + Math.abs(b)), `${a} ≠ ${b}`);

test('similarities and votes are those of the definition, call after call', () => {
  fc.assert(
    fc.property(
      world,
      fc.array(query, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(0.3, 0.5, 1),
      fc.constantFrom(0.7, 1, 1.4),
      fc.integer({ min: 1, max: OWNERS }),
      (rows, queries, exponent, lengthExponent, limit) => {
        const matrix = fromRows(rows, ITEMS);
        const space = ownerSpace(matrix, lengthExponent);
        for (const items of queries) {
          const weights = items.map((_, i) => 1 + i / 2);
          space.compare(items, weights, exponent);
          const expected = naive(rows, items, weights, exponent, lengthExponent);
          for (let owner = 0; owner < rows.length; owner++) close(space.similarityOf(owner), expected[owner]!);
          const positive = expected.filter((s) => s > 0).sort((a, b) => b - a);
          const max = positive[0] ?? 1;
          const floor = positive.length > limit ? positive[limit - 1]! : 0;
          const votes = votesOf(matrix, space, limit, 2);
          for (let item = 0; item < ITEMS; item++) {
            let sum = 0;
            rows.forEach((row, owner) => {
              if (row.includes(item)) sum += (Math.max(0, expected[owner]! - floor) / max) ** 2;
            });
            close(votes[item]!, sum);
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('a dislike turns its owners away', () => {
  const matrix = fromRows(
    [
      [0, 1, 2],
      [1, 3],
      [0, 4],
    ],
    5,
  );
  const space = ownerSpace(matrix, 1);
  space.compare([0, 1], [1, -1], 0);
  assert.deepEqual(
    votesOf(matrix, space, 10, 1).map((v) => v > 0),
    [true, false, false, false, true],
  );
});

test('nothing in common: no neighbours', () => {
  const matrix = fromRows([[0], []], 2);
  const space = ownerSpace(matrix, 1);
  space.compare([1], [1], 0.4);
  assert.equal(space.neighbours({ limit: 5, power: 2 }).count, 0);
});

test('largestAt is the value of that rank', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 40 }), fc.nat(), (values, r) => {
      const rank = r % values.length;
      assert.equal(largestAt(Float32Array.from(values), values.length, rank), [...values].sort((a, b) => b - a)[rank]);
    }),
  );
});

test('a budget of entries: the items of the fewest owners first, the first one always', () => {
  const matrix = fromRows([[0, 1, 2], [0, 1], [0], [0, 3]], 4);
  const space = ownerSpace(matrix, 0);
  const similarities = (budget: number): number[] => {
    space.compare([0, 1, 2, 3], [1, 1, 1, 1], null, budget);
    return [0, 1, 2, 3].map((owner) => space.similarityOf(owner));
  };
  assert.deepEqual(similarities(100), [3, 2, 1, 2]);
  // Items 2 and 3 have one owner, item 1 two, item 0 four.
  assert.deepEqual(similarities(4), [2, 1, 0, 1]);
  assert.deepEqual(similarities(3), [1, 0, 0, 1]);
  assert.deepEqual(similarities(0), [1, 0, 0, 0]);
});
