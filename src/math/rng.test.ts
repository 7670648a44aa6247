import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Rng } from './rng.ts';

const take = (n: number, next: () => number): number[] => Array.from({ length: n }, next);

test('the same seed gives the same sequence; another seed another one', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), (a, b) => {
      const [x, y, z] = [new Rng(a), new Rng(a), new Rng(b)];
      const first = take(8, () => x.uint32());
      assert.deepEqual(
        take(8, () => y.uint32()),
        first,
      );
      if (a >>> 0 !== b >>> 0)
        assert.notDeepEqual(
          take(8, () => z.uint32()),
          first,
        );
    }),
  );
});

test('the sequence of seed 42 never changes: saved figures and golden values depend on it', () => {
  const rng = new Rng(42);
  assert.deepEqual(
    take(4, () => rng.uint32()),
    [660444221, 3652823732, 77678286, 922035873],
  );
});

test('uniform lies in [0, 1) with the right mean, variance and no serial correlation', () => {
  const rng = new Rng(7);
  const values = take(100_000, () => rng.uniform());
  const mean = values.reduce((s, x) => s + x, 0) / values.length;
  const variance = values.reduce((s, x) => s + (x - mean) ** 2, 0) / values.length;
  const serial = values.slice(1).reduce((s, x, i) => s + (x - mean) * (values[i]! - mean), 0) / values.length;
  assert.ok(values.every((x) => x >= 0 && x < 1));
  assert.ok(Math.abs(mean - 0.5) < 0.005);
  assert.ok(Math.abs(variance - 1 / 12) < 0.002);
  assert.ok(Math.abs(serial / variance) < 0.015);
});

test('normal has mean 0, variance 1 and the usual share within one deviation', () => {
  const rng = new Rng(8);
  const values = take(100_000, () => rng.normal());
  const mean = values.reduce((s, x) => s + x, 0) / values.length;
  const variance = values.reduce((s, x) => s + x * x, 0) / values.length;
  assert.ok(Math.abs(mean) < 0.015);
  assert.ok(Math.abs(variance - 1) < 0.02);
  assert.ok(Math.abs(values.filter((x) => Math.abs(x) < 1).length / values.length - 0.6827) < 0.006);
});

test('below is uniform over its range', () => {
  const rng = new Rng(9);
  const counts = new Float64Array(7);
  for (let i = 0; i < 70_000; i++) counts[rng.below(7)]!++;
  // χ² with 6 degrees of freedom: 22.5 is the 99.9 % point.
  assert.ok(counts.reduce((s, c) => s + (c - 10_000) ** 2 / 10_000, 0) < 22.5);
  assert.equal(new Rng(1).below(1), 0);
});

test('shuffle keeps the elements, and each place is equally likely', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (values, seed) => {
      assert.deepEqual(new Rng(seed).shuffle([...values]).sort(), [...values].sort());
    }),
  );
  const rng = new Rng(10);
  const counts = new Float64Array(5);
  for (let i = 0; i < 20_000; i++) counts[rng.shuffle([0, 1, 2, 3, 4]).indexOf(0)]!++;
  assert.ok(counts.every((c) => Math.abs(c - 4000) < 250));
});

test('sample draws distinct numbers of the range', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 250 }), fc.integer(), (n, k, seed) => {
      const drawn = new Rng(seed).sample(n, k);
      assert.equal(drawn.length, Math.min(n, k));
      assert.equal(new Set(drawn).size, drawn.length);
      assert.ok(drawn.every((x) => x >= 0 && x < n));
    }),
  );
});

test('forks depend on the label and the seed, not on what was drawn before', () => {
  const rng = new Rng(11);
  const early = rng.fork('split').uint32();
  rng.uint32();
  assert.equal(rng.fork('split').uint32(), early);
  assert.notEqual(rng.fork('train').uint32(), early);
  assert.notEqual(new Rng(12).fork('split').uint32(), early);
});

test('a state goes on with the same numbers, through JSON, also between the two of a pair of normal ones', () => {
  const rng = new Rng(9);
  for (let i = 0; i < 7; i++) rng.normal();
  const again = Rng.at(JSON.parse(JSON.stringify(rng.state)));
  for (let i = 0; i < 9; i++) assert.equal(again.normal(), rng.normal());
  assert.equal(again.fork('a').uint32(), rng.fork('a').uint32());
});
