import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { StringColumn } from './strings.ts';
import { Vocabulary } from './vocabulary.ts';

test('ids and numbers are inverse to each other; unknown ids are −1', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ maxLength: 40 }), { maxLength: 300 }), fc.string(), (ids, other) => {
      const vocabulary = Vocabulary.from(ids);
      assert.equal(vocabulary.size, ids.length);
      ids.forEach((id, i) => {
        assert.equal(vocabulary.indexOf(id), i);
        assert.equal(vocabulary.id(i), id);
      });
      assert.equal(vocabulary.indexOf(other), ids.indexOf(other));
    }),
    { numRuns: 60 },
  );
});

test('a hundred thousand ids that differ in few characters are all found', () => {
  const ids = Array.from({ length: 100_000 }, (_, i) => `spotify:track:${String(i).padStart(22, '0')}`);
  const vocabulary = Vocabulary.from(ids);
  for (let i = 0; i < ids.length; i += 37) assert.equal(vocabulary.indexOf(ids[i]!), i);
  assert.equal(vocabulary.indexOf('spotify:track:x'), -1);
});

test('the table is the same whether it is built at once or in steps, and is built once', () => {
  const ids = StringColumn.from(Array.from({ length: 70_000 }, (_, i) => `${i * 7}`));
  const stepped = new Vocabulary(ids);
  let pauses = 0;
  for (const _ of stepped.makeTable()) pauses++;
  assert.ok(pauses >= 2, `${pauses}`);
  assert.deepEqual(stepped.table, new Vocabulary(ids).table);
  assert.deepEqual([...stepped.makeTable()], []);
});

test('an empty vocabulary answers', () => {
  const vocabulary = Vocabulary.from([]);
  assert.equal(vocabulary.size, 0);
  assert.equal(vocabulary.indexOf('a'), -1);
});

test('fingerprints tell apart order, boundaries and content', () => {
  const of = (...ids: string[]): string => Vocabulary.from(ids).fingerprint();
  assert.equal(of('a', 'b'), of('a', 'b'));
  const all = [of('a', 'b'), of('b', 'a'), of('ab'), of('a', 'c'), of('ab', ''), of('', 'ab'), of()];
  assert.equal(new Set(all).size, all.length);
});
