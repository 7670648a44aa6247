import assert from 'node:assert/strict';
import { test } from 'node:test';
import Fastify from 'fastify';
import { type Static, Type } from '#typebox';
import { firstProblem } from '../recommend/check.ts';
import type { Bound } from '../schema/rule-words.ts';
import { type errorSchema, handleErrors } from './errors.ts';

test('a number outside a bound of any kind is OUT_OF_RANGE, in the words of the engine', async () => {
  const outside: Readonly<Record<Bound, number>> = {
    minimum: 2,
    maximum: 4,
    exclusiveMinimum: 3,
    exclusiveMaximum: 3,
  };
  const app = Fastify();
  handleErrors(app);
  for (const bound of Object.keys(outside)) {
    const body = Type.Object({ share: Type.Number({ [bound]: 3 }) });
    app.post(`/${bound}`, { schema: { body } }, () => 'fits');
  }
  for (const [bound, share] of Object.entries(outside)) {
    const payload = { share };
    const response = await app.inject({ method: 'POST', url: `/${bound}`, payload });
    const { code, expected } = response.json<Static<typeof errorSchema>>().error;
    const schema = Type.Object({ share: Type.Number({ [bound]: 3 }) });
    const engine = firstProblem(schema, payload, 'body')!;
    assert.deepEqual([response.statusCode, code, expected], [400, 'OUT_OF_RANGE', engine.expected], bound);
    assert.equal(engine.code, 'OUT_OF_RANGE');
  }
  await app.close();
});
