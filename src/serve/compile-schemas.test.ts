import assert from 'node:assert/strict';
import { test } from 'node:test';
import fastify from 'fastify';
import { plainApp } from '../../test/support/plain-app.ts';
import { randomDataset } from '../../test/support/small-dataset.ts';
import { Engine } from '../recommend/engine.ts';
import { MemoryLibrary } from '../recommend/memory-library.ts';
import { compileSchemas } from './compile-schemas.ts';
import type { App } from './context.ts';
import { withoutUnions } from './without-unions.ts';

const WRONG = { type: 'object', properties: { n: { type: 'no such type' } } };

test('every schema of every route compiles, and answers are serialised without validating unions', async () => {
  const engine = await Engine.open(new MemoryLibrary(randomDataset(9, 50, 10)));
  const app = await plainApp(engine, undefined, { compileNow: true });
  await app.ready();
  const checked = Object.entries(app.swagger().paths ?? {}).flatMap(([path, methods]) =>
    [methods?.get, methods?.post, methods?.put, methods?.patch, methods?.delete].some(
      (method) => method && /"anyOf":\[/.test(JSON.stringify(withoutUnions(method.responses))),
    )
      ? [path]
      : [],
  );
  assert.deepEqual(checked, ['/api/plugins/navidrome/{question}']);
  await app.close();
});

test('an invalid schema is reported at once if requested, otherwise by the first request that needs it', async () => {
  for (const part of ['body', 'response'] as const) {
    const built = (now: boolean): App => {
      const app = fastify() as unknown as App;
      compileSchemas(app, now);
      app.post('/', { schema: part === 'body' ? { body: WRONG } : { response: { 200: WRONG } } }, async () => ({
        n: 1,
      }));
      return app;
    };
    await assert.rejects(async () => built(true).ready(), part);
    const app = built(false);
    await app.ready();
    assert.equal((await app.inject({ method: 'POST', url: '/', payload: { n: 1 } })).statusCode, 500, part);
  }
});

test('each validator reports its refusals, on every call', async () => {
  const app = fastify() as unknown as App;
  compileSchemas(app);
  const whole = { type: 'object', properties: { n: { type: 'integer' } } };
  app.post('/', { schema: { body: whole, response: { 200: whole } } }, async ({ body }) => body as { n: number });
  for (const _ of [1, 2]) {
    const wrong = await app.inject({ method: 'POST', url: '/', payload: { n: 'one' } });
    assert.equal(wrong.statusCode, 400);
    assert.match(wrong.json().message, /n must be integer/);
    assert.equal((await app.inject({ method: 'POST', url: '/', payload: { n: 1, more: 1 } })).body, '{"n":1}');
  }
});

test('schemas that no request has needed are compiled in the background, with pauses', async () => {
  const schema = { type: 'object', properties: { n: { type: 'integer' } } };
  const app = fastify() as unknown as App;
  const compileRest = compileSchemas(app);
  app.post('/', { schema: { body: schema, response: { 200: schema } } }, async ({ body }) => body as { n: number });
  app.post('/wrong', { schema: { body: WRONG, querystring: schema } }, async () => null);
  await app.ready();
  let turns = 0;
  const turn = (): void => {
    turns++;
    next = setImmediate(turn);
  };
  let next = setImmediate(turn);
  await compileRest();
  clearImmediate(next);
  assert.ok(turns >= 3, `${turns} turns for 4 schemas`);
  // What is compiled already does not follow a change.
  schema.properties.n.type = 'string';
  assert.equal((await app.inject({ method: 'POST', url: '/', payload: { n: 'one' } })).statusCode, 400);
  assert.equal((await app.inject({ method: 'POST', url: '/', payload: { n: 1 } })).body, '{"n":1}');
  assert.equal((await app.inject({ method: 'POST', url: '/wrong', payload: {} })).statusCode, 500);
});
