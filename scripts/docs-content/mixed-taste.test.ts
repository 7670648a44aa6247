import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { Rng } from '../../src/math/rng.ts';
import { balanced } from '../../src/models/balanced.ts';
import { clusters } from '../../src/models/clusters.ts';
import type { FittedClusters } from '../../src/models/fitted-clusters.ts';
import type { Fitted, Model } from '../../src/models/model.ts';
import { demoDataset } from '../../src/sources/demo/demo-dataset.ts';
import { joinedLists, measureTastes, mostMixed, sharesOf, tasteFigure } from './mixed-taste.ts';

const dataset = demoDataset({ tracks: 2000, playlists: 60, seed: 3 });
const fit = (model: Model): Promise<Fitted> =>
  model.fit(dataset, Value.Default(model.config, {}) as Record<string, unknown>, { rng: new Rng(1) });

test('shares, figures of tastes and their picture agree with one another', async () => {
  const divided = (await fit(clusters)) as FittedClusters;
  const oneMean = await fit(balanced);
  const tastes = joinedLists(
    dataset,
    Int32Array.from({ length: 30 }, (_, o) => o),
    20,
  );
  assert.equal(tastes.length, 10);
  for (const taste of tastes) {
    assert.equal(new Set(taste).size, taste.length);
    assert.ok(Math.abs(sharesOf(divided, taste).reduce((sum, share) => sum + share) - 1) < 1e-9);
  }
  const [own, mean] = measureTastes(divided, [divided, oneMean], tastes);
  assert.ok(own!.misplaced < mean!.misplaced && own!.covered >= mean!.covered);
  for (const { misplaced, covered } of [own!, mean!]) {
    assert.ok(misplaced >= 0 && misplaced <= 1);
    assert.ok(covered >= 0 && covered <= 1);
  }
  const svg = tasteFigure(divided, oneMean, mostMixed(divided, tastes));
  assert.match(svg, /^<svg [^>]*role="img"/);
  assert.equal((svg.match(/<text/g) ?? []).length, 3 + 4 * (((svg.match(/<rect/g) ?? []).length - 4) / 3));
  assert.doesNotMatch(svg, /NaN|undefined/);
});
