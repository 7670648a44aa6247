import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { foldedWords } from './fold.ts';
import { titleParts } from './title-parts.ts';

test('plain titles are taken apart as those are that need a closer look', () => {
  const word = fc.constantFrom(
    'Love',
    'live',
    'Pt.',
    '2',
    'feat.',
    'ft',
    'Mix',
    '1999',
    "Don't",
    '&',
    'a',
    '???',
    'P!nk',
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
      // Two spaces mean nothing, but only the longer way knows that.
      const [plain, other] = [words.join(' '), words.join('  ')];
      assert.deepEqual(foldedWords(plain), foldedWords(other));
      assert.deepEqual(titleParts(plain), titleParts(other));
    }),
  );
});
