import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { Rng } from '../../src/math/rng.ts';
import { type Model, modelQuery } from '../../src/models/model.ts';
import { popularity } from '../../src/models/popularity.ts';
import { MODELS } from '../../src/models/registry.ts';
import { demoDataset } from '../../src/sources/demo/demo-dataset.ts';
import { exemption } from './exemptions.ts';

/** On the demo world, given ten songs and the title of unseen playlists, every model beats popularity by this factor. */
const FLOOR: Record<Model['family'], number> = { baseline: 1, content: 1.05, collaborative: 2, hybrid: 2.5 };
const SEEDS = 10;
const HELD_OUT = 120;

const dataset = demoDataset({ tracks: 3000, playlists: 1500, seed: 5 });
const owners = new Rng(5).sample(dataset.owners.count, dataset.owners.count);
const train = dataset.withOwners(owners.slice(HELD_OUT));

/** Mean share of a playlist's other songs among equally many answers (R-precision). */
async function quality(model: Model): Promise<number> {
  const fitted = await model.fit(train, Value.Default(model.config, {}) as Record<string, unknown>, {
    rng: new Rng(1),
  });
  let sum = 0;
  let asked = 0;
  for (const owner of owners.slice(0, HELD_OUT)) {
    const tracks = dataset.tracksOf(owner);
    if (tracks.length < SEEDS + 5) continue;
    const rest = new Set(tracks.subarray(SEEDS));
    const query = modelQuery({ seeds: tracks.subarray(0, SEEDS), title: dataset.owners.titles.get(owner) });
    const answer = fitted.recommend(query, rest.size);
    sum += [...answer.tracks].filter((t) => rest.has(t)).length / rest.size;
    asked++;
  }
  assert.ok(asked > 50);
  return sum / asked;
}

const unusable = (model: Model, data: Dataset): string | false => model.unusable?.(data) ?? false;
let base: Promise<number> | null = null;

for (const model of MODELS) {
  const skip = exemption(model.id, 'quality floor') || unusable(model, train);
  test(`${model.id} on the demo world`, { skip }, async (t) => {
    const floor = (await (base ??= quality(popularity))) * FLOOR[model.family];
    const reached = await quality(model);
    t.diagnostic(`R-precision ${reached.toFixed(4)}, floor ${floor.toFixed(4)}`);
    assert.ok(reached >= floor, `R-precision ${reached.toFixed(4)} is below ${floor.toFixed(4)}`);
  });
}
