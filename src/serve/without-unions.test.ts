import assert from 'node:assert/strict';
import { test } from 'node:test';
import buildSerializer, { type Schema } from 'fast-json-stringify';
import { Type } from '#typebox';
import { withoutUnions } from './without-unions.ts';

const orNull = <T extends Parameters<typeof Type.Array>[0]>(schema: T) => Type.Union([schema, Type.Null()]);
const schema = Type.Object({
  words: Type.Union([Type.Literal('a'), Type.Literal('b')]),
  maybeWords: orNull(Type.Union([Type.Literal('a'), Type.Literal('b')])),
  text: orNull(Type.String()),
  count: orNull(Type.Integer()),
  list: orNull(Type.Array(orNull(Type.Number()))),
  part: orNull(Type.Object({ deep: orNull(Type.Object({ n: Type.Integer() })), anyOf: Type.Integer() })),
  record: orNull(Type.Record(Type.String(), Type.Unknown())),
  other: Type.Union([Type.Boolean(), Type.Record(Type.String(), Type.Unknown())]),
  left: Type.Optional(orNull(Type.String())),
});

const ANSWERS = [
  {
    words: 'b',
    maybeWords: 'a',
    text: 'é"\n',
    count: 3,
    list: [1.5, null],
    part: { deep: { n: 1, secret: 1 }, anyOf: 2, secret: 1 },
    record: { x: [1] },
    other: true,
    left: 'x',
    secret: 1,
  },
  {
    words: 'a',
    maybeWords: null,
    text: null,
    count: null,
    list: null,
    part: { deep: null, anyOf: 0 },
    record: null,
    other: { y: 1 },
    left: null,
  },
  { words: 'a', maybeWords: null, text: '', count: 0, list: [], part: null, record: {}, other: false },
];

test('answers are serialised as the schema with its unions would, without undeclared fields', () => {
  const plain = withoutUnions(schema) as Schema;
  const [before, after] = [buildSerializer(schema as Schema), buildSerializer(plain)];
  for (const answer of ANSWERS) {
    assert.equal(after(answer), before(answer));
    assert.doesNotMatch(after(answer), /secret/);
  }
  assert.deepEqual(JSON.parse(after(ANSWERS[1])), ANSWERS[1]);
});

test('only unions of other things than null and words remain', () => {
  const text = JSON.stringify(withoutUnions(schema));
  assert.equal(text.match(/"anyOf":\[/g)?.length, 1);
  assert.match(text, /"other":\{"anyOf":\[\{"type":"boolean"\}/);
  // A description of the whole stands; another description of a part gives way.
  const described = Type.Union([Type.String({ description: 'part' }), Type.Null()], { description: 'whole' });
  assert.deepEqual(withoutUnions(described), { type: 'string', nullable: true, description: 'whole' });
});
