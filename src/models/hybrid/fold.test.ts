import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf } from '../../../test/support/small-dataset.ts';
import { hybridCatalogue } from './catalogue.ts';
import { COLUMNS } from './columns.ts';
import { answerFold } from './fold.ts';

test('training queries are answered under the bounds of the whole library, however many owners are held out', async () => {
  const tracks = Array.from({ length: 60 }, (_, t) => ({
    uri: `t:${t}`,
    name: `Song ${t}`,
    artists: [{ name: `A ${t % 20}` }],
  }));
  // More owners than are answered without bounds, fewer without those held out; all of one title, so that all would vote.
  const owners = Array.from({ length: 20_030 }, (_, o) => ({
    id: `o:${o}`,
    title: 'mix',
    items: Array.from({ length: 12 }, (_, i) => (o + i * (1 + (o % 5))) % 60),
  }));
  const dataset = datasetOf(tracks, owners);
  const held = Int32Array.from({ length: 40 }, (_, i) => i * 7);
  const config = { trainingQueriesPerOwner: 1, negatives: 5 };
  const { features } = await answerFold(dataset, hybridCatalogue(dataset), config, { held, judged: 0, seed: 1 }, {});
  const votersByTitle = features.filter((_, i) => i % COLUMNS.length === COLUMNS.indexOf('equal titles'));
  const most = votersByTitle.reduce((max, value) => (value > max ? value : max), 0);
  assert.ok(most > 0 && most <= 1500, `${most} owners of the title voted`);
});
