import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { Value } from '#typebox/value';
import { setThreads, threads } from '../../math/pool.ts';
import { Rng } from '../../math/rng.ts';
import { demoDataset } from '../../sources/demo/demo-dataset.ts';
import { decodeArtifact, encodeArtifact } from '../artifact.ts';
import { lasting, ROOM, sharedDerived } from '../derived.ts';
import { DERIVED_VERSION, type DerivedParts, encodeDerived, viewDerived } from '../derived-parts.ts';
import { type Fitted, modelQuery } from '../model.ts';
import { rankScores } from '../ranking.ts';
import type { HybridConfig } from './config.ts';
import type { Features } from './features.ts';
import { hybrid } from './hybrid.ts';
import { trainingQueryOf } from './training-queries.ts';
import { ALONE } from './validation.ts';

const dataset = demoDataset({ tracks: 800, playlists: 400, seed: 2 });
const config: HybridConfig = {
  ...(Value.Default(hybrid.config, {}) as HybridConfig),
  folds: 2,
  trees: 20,
  leastOwners: 50,
};
const query = modelQuery({ seeds: dataset.tracksOf(3).slice(0, 5), title: dataset.owners.titles.get(3) });

describe('hybrid with a learned ranker', () => {
  let fitted: Fitted;
  before(async () => {
    fitted = await hybrid.fit(dataset, config, { rng: new Rng(1) });
  });

  test('threads that load it share what it derives: made once, in shared memory, never written to, with the same answers', () => {
    const artifact = decodeArtifact(encodeArtifact(fitted.toArtifact()), 'hybrid');
    // The second was saved before owner indexes were.
    for (const saved of [artifact, { ...artifact, meta: { ...artifact.meta, madeFrom: null } }]) {
      const made = {};
      const first = hybrid.load(saved, dataset, sharedDerived(made));
      const before = JSON.stringify(made);
      const arrays: ArrayBufferView[] = [];
      JSON.stringify(made, (_, value) => (ArrayBuffer.isView(value) ? void arrays.push(value) : value));
      assert.ok(arrays.length > 20 && arrays.every(({ buffer }) => buffer instanceof SharedArrayBuffer));
      const second = hybrid.load(saved, dataset, sharedDerived(Object.freeze(structuredClone(made))));
      for (const one of [first, second]) assert.deepEqual(one.recommend(query, 50), fitted.recommend(query, 50));
      assert.equal(JSON.stringify(made), before);
    }
  });

  test('with what was saved of it, it derives nothing when it is loaded, and answers the same', () => {
    const artifact = decodeArtifact(encodeArtifact(fitted.toArtifact()), 'hybrid');
    const made: DerivedParts = {};
    hybrid.load(artifact, dataset, sharedDerived(made));
    const file = new Uint8Array(Buffer.concat(encodeDerived(lasting(made), 'key')));
    const read = viewDerived(file, 'key', false)!;
    const loaded = hybrid.load(artifact, dataset, <T>(name: string, make: () => T) => {
      if (name.startsWith(ROOM)) return make();
      assert.ok(name in read, name);
      return read[name] as T;
    });
    assert.deepEqual(loaded.recommend(query, 50), fitted.recommend(query, 50));
    const sum = createHash('sha256').update(file).digest('hex').slice(0, 16);
    assert.deepEqual(
      [DERIVED_VERSION, sum],
      [1, 'de871aa67aa48abe'],
      'raise DERIVED_VERSION, or servers go on with what they saved, and put the new sum here',
    );
  });

  test('says what was learned', () => {
    assert.match(String(fitted.info!().ranking), /^20 trees over \d+ features$/);
    assert.ok(Number(fitted.info!().candidateRecall) > 0.2);
  });

  test('recommend is the top of score', () => {
    const scores = new Float32Array(dataset.tracks.count);
    fitted.score(query, scores);
    assert.deepEqual(fitted.recommend(query, 50), rankScores(scores, query, 50));
  });

  test('scores its seeds', () => {
    const scores = new Float32Array(dataset.tracks.count);
    fitted.score(query, scores);
    for (const seed of query.seeds) assert.ok(scores[seed]! > 0, `seed ${seed}`);
  });

  test('finds the rest of a playlist', () => {
    const rest = new Set(dataset.tracksOf(3).slice(5));
    const hits = [...fitted.recommend(query, rest.size).tracks].filter((t) => rest.has(t)).length;
    assert.ok(hits / rest.size > 0.3, `${hits} of ${rest.size}`);
  });

  test('reasons are the same right after the answer, after other queries, of a list at once, and in a model that answered nothing else', () => {
    const other = modelQuery({ seeds: dataset.tracksOf(40).slice(0, 4), title: 'rock' });
    for (const title of ['', dataset.owners.titles.get(3)]) {
      const asked = modelQuery({ seeds: query.seeds, title });
      const tracks = [...fitted.recommend(asked, 30).tracks];
      const first = tracks.map((track) => fitted.explain!(asked, track));
      assert.ok(first.every((reasons) => reasons.length > 0) && first.flat().some(({ owners }) => owners?.length));
      const unknown = [...tracks, query.seeds[0]!];
      for (let others = 0; others < 2; others++) {
        assert.deepEqual(fitted.explainList!(asked, unknown), [...first, fitted.explain!(asked, query.seeds[0]!)]);
        fitted.recommend(other, 10);
        fitted.score(modelQuery({ seeds: [7] }), new Float32Array(dataset.tracks.count));
        assert.deepEqual(fitted.explainList!(asked, tracks), first, 'after other queries');
      }
      const alone = hybrid.load(fitted.toArtifact(), dataset);
      const again = modelQuery({ seeds: query.seeds, title });
      alone.recommend(again, 30);
      assert.deepEqual(alone.explainList!(again, tracks), first);
      alone.dispose!();
    }
  });

  test('queries that nobody asks reasons of push out nothing that reasons are read from', (t) => {
    const asked = modelQuery({ seeds: dataset.tracksOf(5).slice(0, 5) });
    const tracks = [...fitted.recommend(asked, 30).tracks];
    const reasons = fitted.explainList!(asked, tracks);
    for (let owner = 6; owner < 20; owner++)
      fitted.recommend({ ...modelQuery({ seeds: dataset.tracksOf(owner).slice(0, 5) }), unexplained: true }, 30);
    const build = t.mock.method(Reflect.get(fitted, 'features') as Features, 'build');
    assert.deepEqual(fitted.explainList!(asked, tracks), reasons);
    assert.equal(build.mock.callCount(), 0, 'retrieved again');
  });

  test('saved, loaded, and trained again with the same seed: equal', async () => {
    const bytes = encodeArtifact(fitted.toArtifact());
    const loaded = hybrid.load(decodeArtifact(bytes, 'hybrid'), dataset);
    assert.deepEqual(loaded.recommend(query, 30), fitted.recommend(query, 30));
    const again = await hybrid.fit(dataset, config, { rng: new Rng(1) });
    assert.deepEqual(encodeArtifact(again.toArtifact()), bytes);
  });

  test('one thread and several train the same model', async () => {
    const all = threads();
    const trained: Uint8Array[] = [];
    for (const n of [1, 2]) {
      setThreads(n);
      trained.push(encodeArtifact((await hybrid.fit(dataset, config, { rng: new Rng(3) })).toArtifact()));
    }
    setThreads(all);
    assert.deepEqual(trained[0], trained[1]);
  });

  test('a training that is stopped ends with its threads', async () => {
    const stop = new AbortController();
    const onProgress = ({ fraction }: { fraction: number }): void => {
      if (fraction > 0.1) stop.abort();
    };
    await assert.rejects(hybrid.fit(dataset, config, { rng: new Rng(3), signal: stop.signal, onProgress }), {
      code: 'CANCELLED',
    });
  });

  test('trees that point nowhere are refused', () => {
    const artifact = decodeArtifact(encodeArtifact(fitted.toArtifact()), 'hybrid');
    const children = (artifact.arrays.children as Int32Array).slice();
    children[0] = 1_000_000;
    const damaged = { ...artifact, arrays: { ...artifact.arrays, children } };
    assert.throws(() => hybrid.load(damaged, dataset), { code: 'FILE_UNREADABLE' });
  });

  test('trees over other columns are refused', () => {
    const { meta, ...rest } = fitted.toArtifact();
    const [first, second, ...others] = meta.columns as string[];
    const swapped = { ...rest, meta: { ...meta, columns: [second, first, ...others] } };
    assert.throws(() => hybrid.load(swapped, dataset), { code: 'MODEL_MISMATCH', message: /segue train hybrid/ });
  });

  test('what validation chose is saved, ranks, and is refused when it names nobody', () => {
    const ordered = (order: unknown): Fitted => {
      const { meta, ...rest } = fitted.toArtifact();
      return hybrid.load({ ...rest, meta: { ...meta, order } }, dataset);
    };
    const scoresBy = (order: unknown): Float32Array => {
      const scores = new Float32Array(dataset.tracks.count);
      ordered(order).score(query, scores);
      return scores;
    };
    const trees = scoresBy({ retriever: 'blend', weight: 0 });
    const blend = scoresBy({ retriever: 'blend', weight: ALONE });
    const both = scoresBy({ retriever: 'blend', weight: 8 });
    // In logarithms, a score rises by the weight times the relative score, apart from the bonus for an artist's best track.
    const gains = [...trees].flatMap((score, t) => (score > 0 ? [(Math.log(both[t]!) - Math.log(score)) / 8] : []));
    assert.ok(gains.every((gain) => gain > -0.01 && gain < 1.01) && Math.max(...gains) > 0.99);
    const best = blend.reduce((first, score, t) => (score > blend[first]! ? t : first), 0);
    assert.ok((Math.log(both[best]!) - Math.log(trees[best]!)) / 8 > 0.99);
    assert.throws(() => ordered({ retriever: 'nobody', weight: 1 }), { code: 'FILE_UNREADABLE' });
    assert.throws(() => ordered({ retriever: 'als', weight: -1 }), { code: 'FILE_UNREADABLE' });
    assert.throws(() => ordered(undefined), { code: 'FILE_UNREADABLE' });
  });

  test('works and bounds are read as they were saved, and refused when they cannot be', () => {
    const { meta, arrays, ...rest } = fitted.toArtifact();
    const loaded = (change: object, works: Int32Array): Fitted =>
      hybrid.load({ ...rest, meta: { ...meta, ...change }, arrays: { ...arrays, works } }, dataset);
    const works = arrays.works as Int32Array;
    const bounds = meta.bounds as object;
    // One voter of each kind leaves other lists than all of them.
    const narrow = loaded({ bounds: { ...bounds, voters: 1, titled: 1 } }, works);
    const list = (model: Fitted): number[] => [...model.recommend(query, 20).tracks];
    assert.deepEqual(list(loaded({}, works)), list(fitted));
    assert.notDeepEqual(list(narrow), list(fitted));
    const unreadable = { code: 'FILE_UNREADABLE' };
    assert.throws(() => loaded({ bounds: { ...bounds, voters: -1 } }, works), unreadable);
    assert.throws(() => loaded({}, works.slice(1)), unreadable);
    assert.throws(() => loaded({}, works.with(3, works.length + 1)), unreadable);
    // Models saved before works and bounds were still load.
    const { works: _, ...older } = arrays;
    const former = { ...meta, works: undefined, bounds: undefined };
    assert.deepEqual(list(hybrid.load({ ...rest, meta: former, arrays: older }, dataset)), list(fitted));
  });

  test('reasons are of the known kinds, their shares sum to at most 1', () => {
    for (const track of fitted.recommend(query, 10).tracks) {
      const reasons = fitted.explain!(query, track);
      assert.ok(reasons.length > 0);
      assert.ok(reasons.reduce((sum, { share }) => sum + share, 0) <= 1 + 1e-6);
    }
  });

  test('answers a title alone, one song alone, and an unknown title with nothing', () => {
    assert.equal(fitted.recommend(modelQuery({ title: query.title }), 20).tracks.length, 20);
    assert.equal(fitted.recommend(modelQuery({ seeds: query.seeds.slice(0, 1) }), 20).tracks.length, 20);
    assert.equal(fitted.recommend(modelQuery({ title: 'zzqxv wkkj' }), 20).tracks.length, 0);
  });
});

test('few owners: fixed weights; none: content', async () => {
  const few = await hybrid.fit(
    dataset.withOwners(Int32Array.from({ length: 60 }, (_, i) => i)),
    { ...config, leastOwners: 200 },
    { rng: new Rng(1) },
  );
  assert.match(String(few.info!().ranking), /fixed weights/);
  assert.equal(few.recommend(query, 10).tracks.length, 10);
  const none = dataset.withOwners(new Int32Array(0));
  assert.equal(hybrid.unusable!(none), null);
  const content = await hybrid.fit(none, config, { rng: new Rng(1) });
  const answer = content.recommend(modelQuery({ seeds: [5] }), 10);
  assert.equal(answer.tracks.length, 10);
  assert.ok(content.explain!(modelQuery({ seeds: [5] }), answer.tracks[0]!).length > 0);
});

test('a training query splits an owner into seeds and truth', () => {
  const rng = new Rng(4);
  for (let owner = 0; owner < 100; owner++) {
    const training = trainingQueryOf(dataset, owner, rng);
    if (!training) continue;
    const { query: asked, truth } = training;
    assert.equal(asked.seeds.length + truth.size, dataset.tracksOf(owner).length);
    assert.ok(asked.seeds.every((t) => !truth.has(t)));
    assert.ok(asked.seeds.length > 0 || asked.title !== '');
  }
});
