import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TSchema, Type } from '#typebox';
import Value from '#typebox/value';
import { type Bound, boundWords, isBound, placeWords, typeWords } from './rule-words.ts';

/** What a validator reports for a value that breaks the schema's only rule. */
function broken(schema: TSchema, value: unknown): { keyword: string; params: Readonly<Record<string, unknown>> } {
  const { keyword, params } = Value.Errors(schema, value)[0]!;
  return { keyword, params: { ...params } };
}

test('every bound of a number is worded as validators report it', () => {
  const words: Readonly<Record<Bound, string>> = {
    minimum: 'a number of at least 3',
    maximum: 'a number of at most 3',
    exclusiveMinimum: 'a number of more than 3',
    exclusiveMaximum: 'a number of less than 3',
  };
  for (const [bound, expected] of Object.entries(words)) {
    const { keyword, params } = broken(Type.Number({ [bound]: 3 }), bound.endsWith('inimum') ? 2.5 : 3.5);
    assert.ok(isBound(keyword), keyword);
    assert.equal(boundWords(keyword, params.limit), expected);
  }
  for (const keyword of ['type', 'minLength', 'toString', undefined]) assert.equal(isBound(keyword), false);
});

test('every type of a value is worded as validators report it', () => {
  const words: readonly [schema: TSchema, expected: string][] = [
    [Type.Object({}), 'an object'],
    [Type.Array(Type.String()), 'a list'],
    [Type.String(), 'text'],
    [Type.Number(), 'a number'],
    [Type.Integer(), 'a whole number'],
    [Type.Boolean(), 'true or false'],
    [Type.Null(), 'null'],
  ];
  for (const [schema, expected] of words) {
    const { keyword, params } = broken(schema, undefined);
    assert.equal(keyword, 'type');
    assert.equal(typeWords(params.type), expected);
  }
  assert.equal(typeWords(['string', 'array']), 'text or a list');
  assert.equal(typeWords('toString'), 'toString', 'a type that has no words keeps its name');
});

test('a place is named as code would name it', () => {
  assert.equal(placeWords('body', ''), 'body');
  assert.equal(placeWords('body', '/seeds/0/track'), 'body.seeds[0].track');
  assert.equal(placeWords('lists', '/10/2'), 'lists[10][2]');
});
