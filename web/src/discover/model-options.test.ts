import assert from 'node:assert/strict';
import { test } from 'node:test';
import { humanise, optionsOf } from './model-options.ts';

const schema = {
  type: 'object',
  properties: {
    genres: { type: 'integer', minimum: 1, maximum: 7, default: 7, description: 'how many genres count' },
    mix: { type: 'number', minimum: 0, maximum: 1, default: 0.3 },
    era: { anyOf: [{ const: 'bucket' }, { const: 'smooth' }], default: 'smooth' },
    strict: { type: 'boolean' },
    weights: {
      type: 'object',
      properties: { genre: { type: 'number', minimum: 0, maximum: 10, default: 1 }, energy: { type: 'number' } },
    },
    list: { type: 'array', items: { type: 'string' } },
  },
};

test('every kind of option gets a dial; what has none is left out', () => {
  const options = optionsOf(schema, { mix: 0.8, weights: { genre: 3 } });
  assert.deepEqual(
    options.map((o) => [o.kind, o.name]),
    [
      ['number', 'genres'],
      ['number', 'mix'],
      ['choice', 'era'],
      ['boolean', 'strict'],
      ['weights', 'weights'],
    ],
  );
  const [genres, mix, era, , weights] = options;
  assert.ok(genres?.kind === 'number' && genres.value === 7 && genres.step === 1);
  assert.ok(mix?.kind === 'number' && mix.value === 0.8 && mix.step === 0.01);
  assert.ok(era?.kind === 'choice' && era.value === 'smooth');
  assert.ok(weights?.kind === 'weights' && weights.weights[0]!.value === 3 && weights.weights[1]!.value === 1);
});

test('a schema that is none gives no dials', () => {
  for (const bad of [null, 1, {}, { properties: [] }, { properties: { a: 1 } }])
    assert.deepEqual(optionsOf(bad, {}), []);
});

test('names become words', () => {
  assert.equal(humanise('keepUnknown_tracks'), 'Keep unknown tracks');
});
