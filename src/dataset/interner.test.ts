import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Interner } from './interner.ts';
import { Vocabulary } from './vocabulary.ts';

test('numbers texts by first appearance, as a Map does', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 600 }), (texts) => {
      const interner = new Interner();
      const expected = new Map<string, number>();
      for (const text of texts) {
        const known = expected.get(text) ?? expected.size;
        expected.set(text, known);
        assert.equal(interner.addText(text), known);
      }
      assert.equal(interner.size, expected.size);
      for (const [text, number] of expected) assert.equal(interner.indexOfText(text), number);
      assert.equal(interner.indexOfText('a text of more than eight characters'), -1);
      const column = interner.finish();
      assert.deepEqual(
        Array.from({ length: column.length }, (_, i) => column.get(i)),
        [...expected.keys()],
      );
    }),
    { numRuns: 50 },
  );
});

test('texts that ascend, with repeats, and then no more', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 6 });
  const before = (a: string, b: string): number => {
    const [one, other] = [Buffer.from(a), Buffer.from(b)];
    return one.length - other.length || Buffer.compare(one, other);
  };
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 200 }),
      fc.array(text, { maxLength: 50 }),
      fc.boolean(),
      (some, others, atOnce) => {
        const texts = [...some.sort(before), ...others];
        const interner = new Interner();
        const numbers = atOnce
          ? [...interner.addAll(Vocabulary.from(texts).ids)]
          : texts.map((one) => interner.addText(one));
        const distinct = [...new Set(texts)];
        assert.deepEqual(
          numbers,
          texts.map((one) => distinct.indexOf(one)),
        );
        assert.equal(interner.size, distinct.length);
        for (const [number, one] of distinct.entries()) assert.equal(interner.indexOfText(one), number);
        assert.deepEqual(interner.finishVocabulary().table, Vocabulary.from(distinct).table);
      },
    ),
  );
});

test('texts of any length: each longer than all before', () => {
  const interner = new Interner();
  const texts = Array.from({ length: 12 }, (_, i) => 'é'.repeat(20 * 3 ** i));
  for (const [i, text] of texts.entries()) {
    if (i % 2 === 1) assert.equal(interner.indexOfText(text), -1);
    assert.equal(interner.addText(text), i);
  }
  for (const [i, text] of texts.entries()) assert.equal(interner.indexOfText(text), i);
});

test('as a vocabulary it has the look-up table that one of the same texts makes, however it grew', () => {
  for (const count of [0, 1, 8, 127, 128, 129, 500, 1024, 4100, 70_000, 131_000]) {
    const texts = Array.from({ length: count }, (_, i) => `text ${(i * 7919) % 1_000_003}`);
    const one = new Interner();
    for (const text of texts) one.addText(text);
    const all = new Interner();
    all.addAll(Vocabulary.from(texts).ids);
    for (const interner of [one, all])
      assert.deepEqual(interner.finishVocabulary().table, Vocabulary.from(texts).table);
  }
});
