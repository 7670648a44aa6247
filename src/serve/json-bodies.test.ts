import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import { turn } from '../turn/turn.ts';
import type { App } from './context.ts';
import { limitJson } from './json-bodies.ts';

/** Longer than a turn of the event loop may work. */
const HELD = 8;

const hold = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HELD);

test('a long body is parsed, validated and used, and a long answer serialised, in separate turns; short ones at once', async (t) => {
  const app = fastify() as unknown as App;
  t.after(() => app.close());
  let turns = 0;
  let next = setImmediate(function count() {
    turns++;
    next = setImmediate(count);
  });
  t.after(() => clearImmediate(next));
  const steps: [string, number][] = [];
  const step = (name: string): void => {
    steps.push([name, turns]);
    hold();
  };
  app.addHook('preParsing', async () => step('read'));
  limitJson(app);
  app.setValidatorCompiler(() => () => {
    step('check');
    return true;
  });
  app.setSerializerCompiler(() => (answer) => {
    step('write');
    return JSON.stringify(answer);
  });
  const schema = { body: {}, response: { 200: {} } };
  app.post('/', { schema }, async (request) => {
    step('use');
    const { songs } = request.body as { songs: unknown[] };
    return { songs };
  });
  const send = async (songs: number): Promise<number> => {
    steps.length = 0;
    await turn();
    const payload = { songs: Array.from({ length: songs }, (_, i) => `a song with a long name ${i}`) };
    const answer = await app.inject({ method: 'POST', url: '/', payload });
    assert.deepEqual(answer.json(), payload);
    assert.deepEqual(
      steps.map(([name]) => name),
      ['read', 'check', 'use', 'write'],
    );
    return new Set(steps.slice(1).map(([, at]) => at)).size;
  };
  await send(1);
  assert.equal(await send(2000), 3);
  assert.equal(await send(10), 1);
});
