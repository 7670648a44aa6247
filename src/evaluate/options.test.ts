import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from '#typebox';
import { SegueError } from '../errors.ts';
import { resolveOptions, settingsOf } from './options.ts';

const schema = Type.Object({
  factors: Type.Integer({ default: 64, minimum: 1, maximum: 512, description: 'length', scale: 'log' }),
  rate: Type.Number({ default: 0.5, minimum: 0, description: 'rate', tune: false }),
  fast: Type.Boolean({ default: true }),
  kind: Type.Union([Type.Literal('a'), Type.Literal('b')], { default: 'a' }),
  title: Type.Optional(Type.String()),
});
const fails = (given: Record<string, unknown>, code: string, message: RegExp): void =>
  assert.throws(
    () => resolveOptions(schema, given, 'model "als"'),
    (error: unknown) => error instanceof SegueError && error.code === code && message.test(error.message),
  );

test('defaults are filled in and texts of a command line are converted', () => {
  assert.deepEqual(resolveOptions(schema, {}, 'model'), { factors: 64, rate: 0.5, fast: true, kind: 'a' });
  assert.deepEqual(resolveOptions(schema, { factors: '32', fast: 'false', rate: '0.25', kind: 'b' }, 'model'), {
    factors: 32,
    rate: 0.25,
    fast: false,
    kind: 'b',
  });
});

test('unknown names, wrong types and numbers out of range are named', () => {
  fails({ factor: 3 }, 'USAGE', /model "als" has no setting "factor".*factors/);
  fails({ factors: 'many' }, 'USAGE', /factors of the model "als" is "many".*integer/);
  fails({ factors: 0 }, 'OUT_OF_RANGE', /at least 1 and at most 512/);
  fails({ kind: 'c' }, 'USAGE', /one of a, b/);
});

test('settings tell ranges, choices and the hints for tuning', () => {
  const [factors, rate, , kind] = settingsOf(schema);
  assert.deepEqual([factors!.minimum, factors!.maximum, factors!.logarithmic, factors!.tunable], [1, 512, true, true]);
  assert.equal(rate!.tunable, false);
  assert.deepEqual(kind!.choices, ['a', 'b']);
});
