import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inWords } from './info.ts';

test('what a model says of itself fits a line of words', () => {
  assert.equal(inWords(5257868), '5,257,868');
  assert.equal(inWords(0.06906437873840332), '0.06906');
  assert.equal(inWords({ factors: 192, solver: 'conjugate' }), 'factors 192, solver conjugate');
  assert.equal(inWords({ range: { from: 1, to: 2 } }), 'range (from 1, to 2)');
  assert.equal(inWords([{ name: 'jazz' }, { name: 'rock' }]), '2');
  assert.equal(inWords([0.25, 3]), '0.25, 3');
  assert.equal(inWords([]), '');
  assert.equal(inWords('x'.repeat(500)).length, 160);
  assert.ok(!inWords('a\u001b[2Jb').includes('\u001b'));
});
