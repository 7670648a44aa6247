import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nested, type StepTree } from './nested-steps.ts';

const names = (trees: readonly StepTree[]): unknown =>
  Object.fromEntries(trees.map(({ name, within }) => [name, names(within)]));

test('steps contain those that ran during them; earlier waiting is a sibling', () => {
  const steps = [
    { name: 'queue', start: 1000, ms: 40 },
    { name: 'query', start: 1041, ms: 1 },
    { name: 'candidates als', start: 1042, ms: 5 },
    { name: 'limits', start: 1050, ms: 0 },
    { name: 'adventure', start: 1048, ms: 4 },
    // Measured a little late, as the last reading of a clock may be.
    { name: 'explain', start: 1052, ms: 3.01 },
    { name: 'recommend', start: 1041, ms: 14 },
  ];
  assert.deepEqual(names(nested(steps)), {
    queue: {},
    recommend: { query: {}, 'candidates als': {}, adventure: { limits: {} }, explain: {} },
  });
});

test('of two equally long steps, the one reported last contains the other; no steps give no trees', () => {
  const both = ['candidates als', 'similar'].map((name) => ({ name, start: 5, ms: 2 }));
  assert.deepEqual(names(nested(both)), { similar: { 'candidates als': {} } });
  assert.deepEqual(nested([]), []);
});
