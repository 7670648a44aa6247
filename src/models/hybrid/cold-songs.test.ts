import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Value } from '#typebox/value';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { type Artifact, decodeArtifact, encodeArtifact } from '../artifact.ts';
import { type Fitted, modelQuery } from '../model.ts';
import { fitBaseModels } from './base-models.ts';
import { UNBOUNDED } from './bounds.ts';
import { hybridCatalogue } from './catalogue.ts';
import { AT, COLUMNS, FORMER_COLUMNS } from './columns.ts';
import type { HybridConfig } from './config.ts';
import { coldAttributes } from './content-inputs.ts';
import { Features } from './features.ts';
import { HYBRID_VERSION } from './fitted.ts';
import { barredFor } from './fold.ts';
import { hybrid } from './hybrid.ts';
import { RetrieverScores } from './retriever-scores.ts';

/** Owners after the first 120 are left out, so that many songs have no owner. */
const all = demoDataset({ tracks: 900, playlists: 500, seed: 4 });
const dataset = all.withOwners(Int32Array.from({ length: 120 }, (_, owner) => owner));
const catalogue = hybridCatalogue(dataset);
const isCold = (track: number): boolean => dataset.ownersOf(track) === 0;
const config: HybridConfig = {
  ...(Value.Default(hybrid.config, {}) as HybridConfig),
  folds: 2,
  trees: 20,
  leastOwners: 50,
};
const queries = [3, 40, 77].map((owner) =>
  modelQuery({ seeds: dataset.tracksOf(owner).slice(0, 6), title: dataset.owners.titles.get(owner) }),
);

describe('songs that nobody holds', () => {
  let fitted: Fitted;
  let artifact: Artifact;
  before(async () => {
    fitted = await hybrid.fit(dataset, config, { rng: new Rng(1) });
    artifact = fitted.toArtifact();
  });

  test('are candidates, those of the seeds’ genres first, and are explained without playlists', () => {
    const { artistOf, genres } = catalogue;
    const genresOf = (track: number): number[] => [
      ...genres.idx.subarray(genres.ptr[artistOf[track]!]!, genres.ptr[artistOf[track]! + 1]!),
    ];
    const every = Array.from({ length: dataset.tracks.count }, (_, t) => t).filter(isCold);
    for (const query of queries) {
      const tracks = [...fitted.recommend(query, dataset.tracks.count).tracks];
      const cold = tracks.filter(isCold);
      assert.ok(cold.length > 50 && tracks.length - cold.length > 200, `${cold.length} of ${tracks.length}`);
      const wanted = new Set(Array.from(query.seeds).flatMap(genresOf));
      const alike = (some: number[]): number =>
        some.filter((track) => genresOf(track).some((genre) => wanted.has(genre))).length / some.length;
      assert.ok(alike(cold.slice(0, 10)) > alike(every) + 0.1, `${alike(cold.slice(0, 10))}, ${alike(every)} of all`);
      const reasons = cold.slice(0, 10).map((track) => fitted.explain!(query, track));
      assert.ok(reasons.filter((own) => own.length > 0).length > 5);
      const texts = reasons.flat().map(({ text }) => text);
      assert.ok(!texts.some((text) => /playlist/.test(text)), texts.join('; '));
    }
  });

  test('saved and loaded: the same answers; a map of another size is refused', () => {
    const saved = decodeArtifact(encodeArtifact(artifact), 'hybrid');
    const loaded = hybrid.load(saved, dataset);
    for (const query of queries) assert.deepEqual(loaded.recommend(query, 300), fitted.recommend(query, 300));
    const map = saved.arrays['content.map'] as Float32Array;
    const twin = { ...saved, arrays: { ...saved.arrays, 'content.map': map.slice(1) } };
    assert.throws(() => hybrid.load(twin, dataset), { code: 'FILE_UNREADABLE' });
  });

  test('a model of the version before has none; other versions are refused', () => {
    const { 'content.map': _, ...arrays } = artifact.arrays;
    const former = {
      ...artifact,
      arrays,
      modelVersion: 9,
      meta: { ...artifact.meta, columns: COLUMNS.slice(0, FORMER_COLUMNS[1]) },
    };
    const answer = hybrid.load(former, dataset).recommend(queries[0]!, 400);
    assert.ok(answer.tracks.length > 100 && answer.tracks.every((track) => !isCold(track)));
    for (const modelVersion of [8, HYBRID_VERSION + 1])
      assert.throws(() => hybrid.load({ ...former, modelVersion }, dataset), { code: 'MODEL_MISMATCH' });
  });

  test('where every song is held or has no known artist, nothing is learned about them', async () => {
    assert.equal(coldAttributes(demoDataset({ tracks: 300, playlists: 400, seed: 2 })), null);
    assert.notEqual(coldAttributes(dataset), null);
    const baseModels = await fitBaseModels(dataset, { rng: new Rng(1) }, null);
    assert.equal(baseModels.contentMap, null);
    const features = new Features(new RetrieverScores(dataset, catalogue, baseModels, UNBOUNDED));
    for (const query of queries) {
      const count = features.build(query, new Set(query.seeds));
      for (let i = 0; i < count; i++) {
        assert.ok(!isCold(features.candidates.tracks[i]!));
        for (const column of ['listed popularity', 'content fit', 'cold songs of artist'] as const)
          assert.equal(features.rows[i * COLUMNS.length + AT[column]], 0);
      }
    }
    features.dispose();
  });

  test('those by the seeds’ artists have rows, without bounds also those by artists that spread finds; the scores are the same', async () => {
    const baseModels = await fitBaseModels(dataset, { rng: new Rng(1) }, catalogue);
    const free = new RetrieverScores(dataset, catalogue, baseModels, UNBOUNDED);
    const bounded = new RetrieverScores(dataset, catalogue, baseModels, { ...UNBOUNDED, leastHeld: 1 });
    const { groups } = free;
    const { artistOf } = catalogue;
    const held = new Set(Array.from({ length: dataset.tracks.count }, (_, t) => t).filter((t) => !isCold(t)));
    const seeds = [...held].filter((t) => groups.artist.indexOf(artistOf[t]!, groups.cold) >= 0).slice(0, 5);
    assert.equal(seeds.length, 5);
    const artists = new Map(seeds.map((seed) => [artistOf[seed]!, 1]));
    for (const scores of [free, bounded, bounded]) scores.gather(modelQuery({ seeds }), artists);
    let found = 0;
    for (let group = groups.cold; group < groups.count; group++) {
      const artist = groups.artist[group]!;
      const spread = Array.from(groups.of.keys()).some((t) => artistOf[t] === artist && free.scoreOf(t, 'spread') > 0);
      assert.equal(free.rows.of(group) >= 0, spread || artists.has(artist), `group ${group}`);
      if (free.rows.of(group) >= 0) found++;
      assert.equal(bounded.rows.of(group) >= 0, artists.has(groups.artist[group]!), `group ${group}`);
      if (bounded.rows.of(group) < 0) continue;
      const [track] = groups.members.idx.subarray(groups.members.ptr[group]!);
      assert.notEqual(free.scoreOf(track!, 'als'), 0);
      for (const retriever of ['als', 'spread'] as const)
        assert.equal(bounded.scoreOf(track!, retriever), free.scoreOf(track!, retriever));
    }
    assert.ok(found > artists.size && found < groups.count - groups.cold, `${found} of ${groups.count - groups.cold}`);
    free.dispose();
    bounded.dispose();
  });

  test('a training query does not put forward what its owner alone holds', () => {
    let alone = 0;
    for (let owner = 0; owner < 50; owner++) {
      const tracks = dataset.tracksOf(owner);
      const seeds = tracks.slice(0, 3);
      const barred = barredFor(dataset, { query: modelQuery({ seeds }), truth: new Set(tracks.slice(3)) });
      const expected = tracks.filter((track, i) => i < 3 || dataset.ownersOf(track) === 1);
      assert.deepEqual(new Set(barred), new Set(expected));
      alone += expected.length - 3;
    }
    assert.ok(alone > 5, `${alone} songs that one owner alone holds`);
  });
});
