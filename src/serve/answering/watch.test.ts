import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOADING, LONGEST, Watch } from './watch.ts';

test('a question’s time counts from its start, or from the end of the last model load that delayed it', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const said: string[] = [];
  const watch = new Watch(() => said.push('end'));
  const begin = (): void => watch.begin(() => said.push('late'));
  begin();
  t.mock.timers.tick(LONGEST - 1);
  watch.done();
  begin();
  t.mock.timers.tick(LONGEST - 1);
  assert.deepEqual(said, []);
  watch.load(true);
  watch.load(true);
  watch.load(false);
  t.mock.timers.tick(1);
  assert.deepEqual(said, ['late']);
  watch.load(false);
  t.mock.timers.tick(LONGEST - 1);
  assert.deepEqual(said, ['late']);
  t.mock.timers.tick(1);
  assert.deepEqual(said, ['late', 'end']);
});

test('loading has a time limit of its own, with or without a question; a thread that has ended is not ended again', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let ends = 0;
  const watch = new Watch(() => ends++);
  watch.load(true);
  t.mock.timers.tick(LOADING - 1);
  watch.load(false);
  watch.load(true);
  t.mock.timers.tick(LOADING - 1);
  assert.equal(ends, 0);
  t.mock.timers.tick(1);
  assert.equal(ends, 1);
  watch.begin(() => {});
  watch.stop();
  t.mock.timers.tick(LOADING);
  assert.equal(ends, 1);
});
