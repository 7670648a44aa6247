import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { communities, titleOf, uriOf } from '../../../test/contract/worlds.ts';
import { Rng } from '../../math/rng.ts';
import { decodeArtifact, encodeArtifact } from '../artifact.ts';
import { modelQuery } from '../model.ts';
import { spectral } from '../spectral/spectral.ts';
import { TitleEncoder } from '../title-encoder/encoder.ts';
import { hybrid } from './hybrid.ts';
import { TITLE_WEIGHT, TitlePlaces } from './title-places.ts';

const dataset = communities(false);
const space = await spectral.fit(dataset, Value.Create(spectral.config), { rng: new Rng(1) });
const encoder = (await TitleEncoder.train(dataset, space, async () => {}))!;
const all = Int32Array.from({ length: dataset.tracks.count }, (_, t) => t);

test('adds the weight times a track’s score at the title’s point, relative to the best candidate’s', () => {
  const places = new TitlePlaces(encoder, space, all.length);
  const raw = new Float32Array(all.length);
  space.scorePoint(encoder.encode('jazz')!, raw);
  const best = Math.max(...raw);
  const scores = new Float32Array(all.length).fill(3);
  places.add('jazz', all, all.length - 1, scores);
  for (const t of all.subarray(0, -1))
    assert.ok(Math.abs(scores[t]! - 3 - (TITLE_WEIGHT * raw[t]!) / best) < 1e-5, `${t}`);
  assert.equal(scores.at(-1), 3);
  assert.ok(scores.some((score) => score === Math.fround(3 + TITLE_WEIGHT)));
  const few = all.filter((t) => raw[t]! < best);
  const bestOfFew = Math.max(...Array.from(few, (t) => raw[t]!));
  const own = new Float32Array(few.length);
  places.add('jazz', few, few.length, own);
  few.forEach((t, i) => {
    assert.ok(Math.abs(own[i]! - (TITLE_WEIGHT * raw[t]!) / bestOfFew) < 1e-4, `${t}`);
  });
  places.add('ДЖАЗ', all, all.length, scores.fill(1));
  assert.ok(scores.every((score) => score === 1));
});

test('hybrid: trees of its own rank titles alone, those for all queries where none were saved; broken ones are refused', async () => {
  const config = { ...Value.Create(hybrid.config), folds: 2, trees: 20, leastOwners: 10 };
  const fitted = await hybrid.fit(dataset, config, { rng: new Rng(2) });
  const artifact = decodeArtifact(encodeArtifact(fitted.toArtifact()), 'hybrid');
  const isTree = (name: string): boolean => name.startsWith('titleTrees.');
  const trees = Object.keys(artifact.arrays).filter(isTree);
  assert.equal(trees.length, 6);
  const without = Object.fromEntries(Object.entries(artifact.arrays).filter(([name]) => !isTree(name)));
  const former = hybrid.load({ ...artifact, modelVersion: 10, arrays: without }, dataset);
  const alone = modelQuery({ title: titleOf(1) });
  const seeded = modelQuery({ seeds: [dataset.tracks.vocabulary.indexOf(uriOf(1, 2))], title: titleOf(1) });
  assert.deepEqual(former.recommend(seeded, 20), fitted.recommend(seeded, 20));
  assert.notDeepEqual(former.recommend(alone, 20).scores, fitted.recommend(alone, 20).scores);
  // Used in place of the general trees, the trees for titles give the same result for a title alone.
  const moved = Object.fromEntries(trees.map((name) => [name.slice('titleTrees.'.length), artifact.arrays[name]!]));
  const swapped = hybrid.load({ ...artifact, arrays: { ...without, ...moved } }, dataset);
  assert.deepEqual(swapped.recommend(alone, 20), fitted.recommend(alone, 20));
  const feature = (artifact.arrays['titleTrees.feature'] as Int32Array).with(0, 10_000);
  const broken = { ...artifact, arrays: { ...artifact.arrays, 'titleTrees.feature': feature } };
  assert.throws(() => hybrid.load(broken, dataset), { code: 'FILE_UNREADABLE' });
});

test('hybrid: a title alone finds its community; queries with seeds are answered as without the map', async () => {
  const config = { ...Value.Create(hybrid.config), folds: 2, trees: 20, leastOwners: 10 };
  const fitted = await hybrid.fit(dataset, config, { rng: new Rng(1) });
  const artifact = decodeArtifact(encodeArtifact(fitted.toArtifact()), 'hybrid');
  const own = Object.entries(artifact.arrays).filter(([name]) => !name.startsWith('titles.'));
  assert.ok(own.length < Object.keys(artifact.arrays).length);
  const without = hybrid.load({ ...artifact, arrays: Object.fromEntries(own) }, dataset);
  const seeded = modelQuery({ seeds: [dataset.tracks.vocabulary.indexOf(uriOf(1, 2))], title: titleOf(1) });
  assert.deepEqual(fitted.recommend(seeded, 20), without.recommend(seeded, 20));
  const alone = modelQuery({ title: titleOf(1) });
  const community = new Set(Array.from({ length: 12 }, (_, i) => dataset.tracks.vocabulary.indexOf(uriOf(1, i))));
  assert.ok(fitted.recommend(alone, 10).tracks.every((track) => community.has(track)));
  assert.notDeepEqual(fitted.recommend(alone, 10).scores, without.recommend(alone, 10).scores);
  assert.deepEqual(hybrid.load(artifact, dataset).recommend(alone, 10), fitted.recommend(alone, 10));
});
