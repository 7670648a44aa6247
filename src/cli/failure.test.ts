import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { SegueError } from '../errors.ts';
import { reportFailure } from './failure.ts';

test('an error that quotes a foreign file cannot steer the terminal', () => {
  let said = '';
  const out = new Writable({
    write(chunk, _encoding, done) {
      said += chunk;
      done();
    },
  });
  const hostile = '\u001b[2J\u001b]0;title\u0007\r\u009b31m\u202e';
  const error = new SegueError('COLUMNS_MISSING', { got: `It has the columns ${hostile}`, suggestions: [hostile] });
  assert.equal(reportFailure(error, out), error.exitCode);
  assert.match(said, /It has the columns/);
  assert.deepEqual(said.match(/[^\P{Cc}\n\t]|\u202e/gu), null);
});
