import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Value } from '#typebox/value';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { type Artifact, decodeArtifact, encodeArtifact } from '../artifact.ts';
import { modelQuery } from '../model.ts';
import { hybridCatalogue } from './catalogue.ts';
import type { HybridConfig } from './config.ts';
import { hybrid } from './hybrid.ts';
import { loadOwnerIndexes, type OwnerRows, ownerIndexes, ownerRows, saveOwnerIndexes } from './owner-indexes.ts';

const dataset = demoDataset({ tracks: 500, playlists: 250, seed: 4 });
const catalogue = hybridCatalogue(dataset);
const made = ownerIndexes(dataset, catalogue);
const config = { ...(Value.Default(hybrid.config, {}) as HybridConfig), folds: 2, trees: 5, leastOwners: 50 };
let artifact: Artifact;
before(async () => {
  const fitted = await hybrid.fit(dataset, config, { rng: new Rng(1) });
  artifact = decodeArtifact(encodeArtifact(fitted.toArtifact()), 'hybrid');
});

test('what was saved is what is made anew, and answers are the same with and without it', () => {
  const { groups, artists, byArtist, worksPtr, byWork } = loadOwnerIndexes(artifact, dataset, catalogue) as OwnerRows;
  assert.deepEqual(
    {
      groups: { of: groups.of, lists: groups.lists.whole },
      artists: artists.whole,
      byArtist: byArtist.whole,
      worksPtr,
      byWork: byWork.whole,
    },
    made,
  );
  const { madeFrom: _, ...meta } = artifact.meta;
  const [saved, anew] = [artifact, { ...artifact, meta }].map((one) => hybrid.load(one, dataset));
  const query = modelQuery({ seeds: dataset.tracksOf(9).slice(0, 6), title: 'rock' });
  assert.deepEqual(saved!.recommend(query, 40), anew!.recommend(query, 40));
  // A model that was saved without them gains them when it is saved again.
  assert.deepEqual(encodeArtifact(anew!.toArtifact()), encodeArtifact(artifact));
});

test('saved from other owners, it is not used', () => {
  const fewer = dataset.withOwners(Int32Array.from({ length: 249 }, (_, o) => o));
  assert.equal(loadOwnerIndexes(artifact, fewer, catalogue), null);
  const others = dataset.withOwners(Int32Array.from({ length: 250 }, (_, o) => 249 - o));
  assert.equal(loadOwnerIndexes(artifact, others, catalogue), null);
  assert.equal(hybrid.load(artifact, others).recommend(modelQuery({ seeds: Int32Array.of(1) }), 5).tracks.length, 5);
});

test('numbers out of range, rows that overlap and missing columns are refused', () => {
  const { madeFrom, arrays } = saveOwnerIndexes(ownerRows(made), dataset, catalogue);
  const without = (name: string): Artifact => {
    const { [name]: _, ...rest } = arrays;
    return { ...artifact, meta: { madeFrom }, arrays: rest };
  };
  for (const name of Object.keys(arrays))
    assert.throws(() => loadOwnerIndexes(without(name), dataset, catalogue), { code: 'FILE_UNREADABLE' }, name);
  for (const name of Object.keys(arrays).filter((key) => !key.endsWith('.values')))
    for (const wrong of [-2, 1_000_000]) {
      const array = (arrays[name] as Int32Array).slice();
      array[array.length >> 1] = wrong;
      const twin = { ...without(name), arrays: { ...arrays, [name]: array } };
      assert.throws(() => loadOwnerIndexes(twin, dataset, catalogue), { code: 'FILE_UNREADABLE' }, `${name} ${wrong}`);
    }
});
