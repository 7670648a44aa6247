import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SegueError } from '../errors.ts';
import { modelSettings, pair } from './pairs.ts';

const usage = (error: unknown): boolean => error instanceof SegueError && error.code === 'USAGE';

test('a pair is cut at its first equals sign and trimmed', () => {
  assert.deepEqual(pair('user = alice ', '--set', 'user=alice'), ['user', 'alice']);
  assert.deepEqual(pair('address=http://nas/?a=b', '--set', 'user=alice'), ['address', 'http://nas/?a=b']);
  assert.deepEqual(pair('note=', '--set', 'user=alice'), ['note', '']);
});

test('without a name it is refused, and what was typed is not repeated', () => {
  for (const text of ['hunter2', '=hunter2', '  =hunter2'])
    assert.throws(
      () => pair(text, '--set', 'user=alice'),
      (error) => usage(error) && !String((error as Error).message).includes('hunter2'),
    );
});

test('model settings: numbers and booleans are values, the rest is text, the last one counts', () => {
  assert.deepEqual(modelSettings(['als.factors=32', 'als.solver=cholesky', 'ease.scaled=true', 'als.factors=64']), {
    als: { factors: 64, solver: 'cholesky' },
    ease: { scaled: true },
  });
  for (const text of ['oops', 'als=3', '.factors=3', 'als.=3', 'Als.factors=3'])
    assert.throws(() => modelSettings([text]), usage);
});
