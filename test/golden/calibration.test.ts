import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DatasetBuilder } from '../../src/dataset/builder.ts';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { resolveOptions } from '../../src/evaluate/options.ts';
import { protocolById } from '../../src/evaluate/registry.ts';
import { modelById } from '../../src/models/registry.ts';
import { demoDataset } from '../../src/sources/demo/demo-dataset.ts';
import { mpd } from '../../src/sources/mpd.ts';
import { MPD_SAMPLE, skipWithoutRealData } from '../support/real-data.ts';

const protocol = protocolById('challenge');
/** As published by the Definitive Turtles: cosine of L2-normalised rows, squared votes; p = .3 is what the independent program used. */
const RECIPE = { popularityExponent: 0.3, lengthExponent: 1, votePower: 2 };
/** Splits of 1,000 playlists differ by .007 in NDCG (one standard deviation), so the mean over several is compared. */
const SEEDS = [1, 2, 3, 4];
/** Well below the values measured when this test was written, so that only a real loss fails. */
const DEMO_FLOOR = { rPrecision: 0.45, ndcg: 0.68, clicks: 0.6 };

/** Means of the challenge's three metrics for playlist neighbours, the recipe that needs no training. */
async function neighbours(dataset: Dataset, perScenario: number, seed: number, set: Record<string, unknown> = {}) {
  const model = modelById('playlist-neighbours');
  const report = await evaluate({
    dataset,
    protocol,
    options: resolveOptions(protocol.options, { perScenario }, 'protocol'),
    seed,
    candidates: [{ name: model.id, model, config: resolveOptions(model.config, set, model.id) }],
    threads: 0,
    examples: 0,
  });
  const [result] = report.results;
  assert.equal(result!.failed, undefined);
  return ['r-precision-challenge', 'ndcg-challenge@500', 'clicks@500'].map((key) => result!.values[key]!.mean!);
}

const near = (got: number, expected: number, tolerance: number, what: string): void =>
  assert.ok(Math.abs(got - expected) <= tolerance, `${what} ${got.toFixed(4)}, expected ${expected} ± ${tolerance}`);

test('playlist neighbours on real playlists match the figures of an independent program', {
  skip: skipWithoutRealData,
  timeout: 600_000,
}, async (t) => {
  const builder = new DatasetBuilder();
  for (const file of await mpd.files([MPD_SAMPLE])) for await (const batch of mpd.read(file)) builder.add(batch);
  const dataset = builder.finish();
  const splits: number[][] = [];
  for (const seed of SEEDS) splits.push(await neighbours(dataset, 100, seed, RECIPE));
  const [rPrecision, ndcg, clicks] = [0, 1, 2].map((m) => splits.reduce((sum, s) => sum + s[m]!, 0) / splits.length);
  t.diagnostic(`R-precision ${rPrecision!.toFixed(4)}, NDCG ${ndcg!.toFixed(4)}, clicks ${clicks!.toFixed(2)}`);
  near(rPrecision!, 0.15, 0.004, 'R-precision');
  near(ndcg!, 0.2385, 0.006, 'NDCG');
  assert.ok(clicks! <= 7.4, `clicks ${clicks}`);
});

test('playlist neighbours keep their floor on the demo world', async (t) => {
  const dataset = demoDataset({ tracks: 3000, playlists: 1500, seed: 1 });
  const [rPrecision, ndcg, clicks] = await neighbours(dataset, 8, 1);
  t.diagnostic(`R-precision ${rPrecision!.toFixed(4)}, NDCG ${ndcg!.toFixed(4)}, clicks ${clicks!.toFixed(2)}`);
  assert.ok(rPrecision! > DEMO_FLOOR.rPrecision && ndcg! > DEMO_FLOOR.ndcg && clicks! < DEMO_FLOOR.clicks);
});
