import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { measureLists, measureRatings } from '../../../src/evaluate/metrics/measure.ts';
import type { EvaluationCase } from '../../../src/evaluate/protocol.ts';
import { fromRows } from '../../../src/math/csr.ts';
import { modelQuery } from '../../../src/models/model.ts';

interface Golden {
  tracks: number;
  artistOf: number[];
  cutoffs: number[];
  cases: { list: number[]; truth: number[] }[];
  /** metric key → tool → value per case */
  expected: Record<string, Record<string, number[]>>;
  ratings: { actual: number[]; predicted: number[]; rmse: number; mae: number };
  exposure: Record<string, { gini: number; coverage: number }>;
}

const golden = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8')) as Golden;
const cases: EvaluationCase[] = golden.cases.map((c, i) => ({
  owner: `q${i}`,
  scenario: '',
  query: modelQuery({}),
  truth: Int32Array.from(c.truth),
}));
const rows = fromRows(
  golden.cases.map((c) => c.list),
  golden.tracks,
);
const columns = measureLists(
  cases,
  { ptr: rows.ptr, tracks: rows.idx },
  {
    tracks: golden.tracks,
    artistOf: Int32Array.from(golden.artistOf),
    artists: Math.max(...golden.artistOf) + 1,
    genresOf: { ptr: new Int32Array(golden.tracks + 1), idx: new Int32Array(0) },
    genres: 0,
    popularity: new Int32Array(golden.tracks),
    owners: 1,
  },
  Int32Array.from(golden.cutoffs),
);

for (const [key, sources] of Object.entries(golden.expected)) {
  test(`${key} equals ${Object.keys(sources).join(' and ')}`, () => {
    const column = columns.find((c) => c.key === key);
    assert.ok(column, `no column ${key}`);
    for (const values of Object.values(sources)) {
      assert.equal(values.length, cases.length);
      for (let i = 0; i < values.length; i++)
        assert.ok(Math.abs(column.values[i]! - values[i]!) < 1e-9, `case ${i}: ${column.values[i]} for ${values[i]}`);
    }
  });
}

test('coverage and Gini equal their definitions over all pairs of tracks', () => {
  for (const [k, expected] of Object.entries(golden.exposure)) {
    for (const id of ['coverage', 'gini'] as const) {
      const column = columns.find((c) => c.key === `${id}@${k}`)!;
      assert.ok(Math.abs(column.values[0]! - expected[id]) < 1e-12, `${id}@${k}`);
    }
  }
});

test('RMSE and MAE equal scikit-learn, however the ratings are spread over owners', () => {
  const { actual, predicted } = golden.ratings;
  const bounds = [0, 1, 40, 41, 137, actual.length];
  const parts = bounds.slice(1).map((end, i) => [bounds[i]!, end] as const);
  const owners = parts.map(([from, to], i) => ({
    ...cases[i]!,
    ratings: Float32Array.from(actual.slice(from, to)),
  }));
  const measured = measureRatings(
    owners,
    parts.map(([from, to]) => predicted.slice(from, to)),
  );
  for (const { key, metric, values, weights } of measured) {
    const total = values.reduce((sum, value, i) => sum + value * weights![i]!, 0);
    const mean = total / weights!.reduce((a, b) => a + b, 0);
    assert.ok(metric.kind === 'rating');
    assert.ok(Math.abs(metric.finish(mean) - golden.ratings[key as 'rmse' | 'mae']) < 1e-9, key);
  }
});
