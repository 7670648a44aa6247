import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf } from '../../../test/support/small-dataset.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { hybridCatalogue } from './catalogue.ts';
import { AT, COLUMNS, type Column } from './columns.ts';
import { answerFold } from './fold.ts';

test('training queries are answered under the bounds of the whole library, however many owners are held out', async () => {
  const tracks = Array.from({ length: 60 }, (_, t) => ({
    uri: `t:${t}`,
    name: `Song ${t}`,
    artists: [{ name: `A ${t % 20}` }],
  }));
  // More owners than are answered without bounds, but fewer without those held out; all have the same title, so that all would vote.
  const owners = Array.from({ length: 20_030 }, (_, o) => ({
    id: `o:${o}`,
    title: 'mix',
    items: Array.from({ length: 12 }, (_, i) => (o + i * (1 + (o % 5))) % 60),
  }));
  const dataset = datasetOf(tracks, owners);
  const held = Int32Array.from({ length: 40 }, (_, i) => i * 7);
  const config = { trainingQueriesPerOwner: 1, negatives: 5 };
  const { features } = await answerFold(
    dataset,
    hybridCatalogue(dataset),
    config,
    { fold: 0, held, judged: 0, titled: 0, seed: 1 },
    {},
  );
  const votersByTitle = features.filter((_, i) => i % COLUMNS.length === COLUMNS.indexOf('equal titles'));
  const most = votersByTitle.reduce((max, value) => (value > max ? value : max), 0);
  assert.ok(most > 0 && most <= 1500, `${most} owners of the title voted`);
});

test('judged owners teach nothing, and their candidates are kept whether right or wrong', async () => {
  const dataset = demoDataset({ tracks: 600, playlists: 200, seed: 8 });
  const held = Int32Array.from({ length: 40 }, (_, i) => 5 * i);
  const config = { trainingQueriesPerOwner: 1, negatives: 5 };
  const titled = 0;
  const answered = (judged: number) =>
    answerFold(dataset, hybridCatalogue(dataset), config, { fold: 0, held, judged, titled, seed: 1 }, {});
  const [all, some] = [await answered(0), await answered(15)];
  assert.equal(all.judged.truths.length, 0);
  assert.equal(some.judged.truths.length, 15);
  assert.equal(some.judged.groups.length, 16);
  assert.ok(all.groups.length - 1 > 25 && some.groups.length - 1 <= 25, `${some.groups.length - 1} queries taught`);
  assert.ok(some.truths < all.truths && some.found < all.found);
  for (let q = 0; q < 15; q++) {
    const labels = some.judged.labels.subarray(some.judged.groups[q], some.judged.groups[q + 1]);
    const right = labels.reduce((sum, label) => sum + label, 0);
    assert.ok(right <= some.judged.truths[q]! && labels.length - right >= 50, `${right} of ${labels.length}`);
  }
});

test('queries by title alone come besides and change nothing of the others; judged owners are not asked for by title', async () => {
  const dataset = demoDataset({ tracks: 600, playlists: 200, seed: 8 });
  const held = Int32Array.from({ length: 40 }, (_, i) => 5 * i);
  const config = { trainingQueriesPerOwner: 1, negatives: 5 };
  const answered = (judged: number, titled: number) =>
    answerFold(dataset, hybridCatalogue(dataset), config, { fold: 0, held, judged, titled, seed: 1 }, {});
  const [none, ten, all] = [await answered(0, 0), await answered(0, 10), await answered(15, 40)];
  const column = (name: Column, { features }: { features: Float32Array }): Set<number> =>
    new Set(features.filter((_, i) => i % COLUMNS.length === COLUMNS.indexOf(name)));
  assert.deepEqual(ten.features, none.features);
  assert.deepEqual(ten.labels, none.labels);
  assert.deepEqual([none.titled.labels.length, [...none.titled.groups]], [0, [0]]);
  const queries = ten.titled.groups.length - 1;
  assert.ok(queries > 5 && queries <= 10, `${queries}`);
  const most = all.titled.groups.length - 1;
  assert.ok(most > 15 && most <= 25, `${most}`);
  assert.deepEqual(column('seeds', ten.titled), new Set([0]));
  assert.deepEqual(column('title given', ten.titled), new Set([1]));
  assert.ok(column('seeds', ten).size > 2);
  // Titles are scored as points only in queries without seeds.
  const withoutSeeds = ({ features }: { features: Float32Array }): number[] => {
    const found: number[] = [];
    for (let at = 0; at < features.length; at += COLUMNS.length)
      if (features[at + AT.seeds] === 0)
        found.push(features[at + AT['als score']]!, features[at + AT['spectral score']]!);
    return found;
  };
  assert.ok(withoutSeeds(all).length > 0 && withoutSeeds(all).every(Number.isNaN));
  assert.ok(withoutSeeds(ten.titled).every((score) => score <= 1) && withoutSeeds(ten.titled).includes(1));
});
