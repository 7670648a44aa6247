import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { datasetOf, track } from '../../test/support/content.ts';
import { datasetOf as listsOf, randomDataset } from '../../test/support/small-dataset.ts';
import { exploreData } from './explore-data.ts';
import { columnsOf, correlation, histogramOf, summaryOf } from './explore-statistics.ts';
import { exploreDataSchema } from './explore-types.ts';

test('histograms count every known value once, the ends take what lies beyond', () => {
  const bins = histogramOf(Float64Array.of(-5, 0, 0.49, 0.5, 1, 7, Number.NaN), 0, 1, 2);
  assert.deepEqual(bins, [
    { from: 0, to: 0.5, count: 3 },
    { from: 0.5, to: 1, count: 3 },
  ]);
});

test('summaries and correlations leave missing values out', () => {
  const x = Float64Array.of(1, 2, Number.NaN, 3, 10);
  assert.deepEqual(summaryOf(x.subarray(0, 4)), { known: 3, mean: 2, median: 2, deviation: Math.sqrt(2 / 3) });
  assert.deepEqual(summaryOf(Float64Array.of(Number.NaN)), { known: 0, mean: null, median: null, deviation: null });
  assert.equal(correlation(x, Float64Array.of(2, 4, 6, 6, Number.NaN)), 1);
  assert.equal(
    correlation(
      x,
      x.map((value) => -value),
    ),
    -1,
  );
  assert.equal(correlation(x, new Float64Array(5).fill(3)), null, 'a constant has no correlation');
  assert.equal(correlation(Float64Array.of(1, 2), Float64Array.of(2, 1)), null, 'two points say nothing');
});

test('the data of a random catalogue agrees with its columns, is plain JSON, and the same each time', async () => {
  const dataset = randomDataset(7, 300, 60);
  const data = await exploreData(dataset);
  assert.deepEqual(JSON.parse(JSON.stringify(data)), data);
  assert.deepEqual(await exploreData(dataset), data);
  assert.deepEqual([...Value.Errors(exploreDataSchema, data)], []);
  assert.deepEqual(Value.Clean(exploreDataSchema, structuredClone(data)), data, 'the schema declares every field');
  assert.equal(data.counts.tracks, 300);
  assert.equal(data.counts.entries, dataset.byOwner.idx.length);
  for (const { known, of } of data.gaps) assert.ok(known >= 0 && known <= of && of === 300);
  for (const feature of data.features)
    assert.equal(
      feature.bins.reduce((sum, bin) => sum + bin.count, 0),
      feature.known,
      feature.id,
    );
  assert.equal(data.features.length, columnsOf(dataset).length);
  assert.equal(
    data.lengths.reduce((sum, bin) => sum + bin.count, 0),
    60,
  );
  const k = data.correlations.names.length;
  for (let a = 0; a < k; a++)
    for (let b = 0; b < k; b++) assert.equal(data.correlations.values[a * k + b], data.correlations.values[b * k + a]);
  const points = data.map.points.length;
  assert.equal(
    points,
    data.clusters.reduce((sum, { tracks }) => sum + tracks, 0),
  );
});

test("popularity's tail: Gini, the share of the top, lists of one", async () => {
  const tracks = Array.from({ length: 4 }, (_, n) => track(n));
  const even = await exploreData(listsOf(tracks, [{ id: 'a', items: [0, 1, 2, 3] }]));
  assert.equal(even.popularity.gini, 0);
  const one = await exploreData(
    listsOf(tracks, [
      { id: 'a', items: [2] },
      { id: 'b', items: [2] },
    ]),
  );
  assert.equal(one.popularity.gini, 0.75);
  assert.equal(one.popularity.topShare, 1);
  assert.equal(one.popularity.unheld, 3);
  assert.deepEqual(one.popularity.curve, [{ rank: 1, owners: 2 }]);
});

test('an empty catalogue and one without any feature have their data too', async () => {
  assert.equal((await exploreData(datasetOf([]))).counts.tracks, 0);
  const bare = await exploreData(datasetOf([track(1), track(2)]));
  assert.equal(bare.map.points.length, 0);
  assert.ok(bare.features.every(({ known, mean }) => known === 0 && mean === null));
});
