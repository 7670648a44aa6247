import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chooseBlend } from './choose-blend.ts';
import { fuse } from './fuse.ts';
import { ndcg, recall } from './list-measures.ts';

const range = (from: number, n: number): number[] => Array.from({ length: n }, (_, i) => from + i);

test('fusion: the sum of weight / (60 + rank), against a plain computation', () => {
  const list = fc.uniqueArray(fc.nat(30), { maxLength: 20 });
  const weight = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(list, list, weight, weight, (a, b, wa, wb) => {
      const lists = new Map([
        ['a', a],
        ['b', b],
      ]);
      const { tracks, scores } = fuse(
        [
          { name: 'a', weight: wa },
          { name: 'b', weight: wb },
        ],
        lists,
        100,
      );
      const score = (t: number): number =>
        (a.includes(t) ? wa / (61 + a.indexOf(t)) : 0) + (b.includes(t) ? wb / (61 + b.indexOf(t)) : 0);
      assert.deepEqual(
        [...tracks].sort((x, y) => x - y),
        [...new Set([...a, ...b])].sort((x, y) => x - y),
      );
      tracks.forEach((t, i) => {
        assert.ok(Math.abs(scores[i]! - score(t)) < 1e-12);
        if (i > 0) assert.ok(scores[i - 1]! >= scores[i]!);
      });
    }),
  );
});

test('NDCG and recall of known lists', () => {
  const truth = new Set([1, 2]);
  assert.equal(ndcg([1, 2, 3], truth, 50), 1);
  assert.ok(Math.abs(ndcg([3, 1], truth, 50) - 1 / Math.log2(3) / (1 + 1 / Math.log2(3))) < 1e-12);
  assert.equal(ndcg([3, 1], truth, 1), 0);
  assert.equal(recall([1, 9], truth), 0.5);
  assert.ok(Number.isNaN(ndcg([1], new Set(), 50)) && Number.isNaN(recall([1], new Set())));
});

test('a part that alone finds everything is chosen alone; two that find halves are chosen together; nothing found, nothing chosen', async () => {
  const truth = new Set(range(0, 20));
  const lists = new Map([
    ['all', range(0, 20)],
    ['first', [...range(0, 10), ...range(100, 40)]],
    ['second', [...range(10, 10), ...range(200, 40)]],
    ['noise', range(300, 50)],
  ]);
  assert.deepEqual(await chooseBlend(['noise', 'first', 'all'], [{ lists, truth }]), [{ name: 'all', weight: 1 }]);
  const both = (await chooseBlend(['noise', 'first', 'second'], [{ lists, truth }]))!;
  assert.deepEqual(both.map(({ name }) => name).sort(), ['first', 'second']);
  assert.equal(await chooseBlend(['noise'], [{ lists, truth }]), null);
  assert.equal(await chooseBlend(['first'], [{ lists, truth: new Set() }]), null);
});
