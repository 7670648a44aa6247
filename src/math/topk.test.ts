import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TopK } from './topk.ts';

test('equals a full sort, ties by item number', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 }),
      fc.integer({ min: 0, max: 20 }),
      (scores, k) => {
        const top = new TopK(k);
        scores.forEach((score, item) => {
          top.push(item, score);
        });
        const expected = scores
          .map((score, item) => ({ score, item }))
          .sort((a, b) => b.score - a.score || a.item - b.item);
        const { items, scores: best } = top.drain();
        assert.deepEqual(
          [...items],
          expected.slice(0, k).map((e) => e.item),
        );
        assert.deepEqual(
          [...best],
          expected.slice(0, k).map((e) => e.score),
        );
        scores.forEach((score, item) => {
          top.push(item, score);
        });
        assert.deepEqual(top.drainItems(), [...items]);
        assert.equal(top.length, 0);
      },
    ),
  );
});

test('NaN never enters', () => {
  const top = new TopK(2);
  top.push(0, Number.NaN);
  top.push(1, 1);
  top.push(2, Number.NaN);
  assert.deepEqual([...top.drain().items], [1]);
});
