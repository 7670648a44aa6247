import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type TSchema, Type } from '#typebox';
import { Value } from '#typebox/value';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { SegueError } from '../../src/errors.ts';
import { memoryUse } from '../../src/math/kernels/memory.ts';
import { Rng } from '../../src/math/rng.ts';
import { type Artifact, decodeArtifact, encodeArtifact } from '../../src/models/artifact.ts';
import { checkHeader } from '../../src/models/grown-catalogue.ts';
import { type Fitted, type Model, type ModelQuery, modelQuery, type ScoredTracks } from '../../src/models/model.ts';
import { rankScores } from '../../src/models/ranking.ts';
import { MODELS } from '../../src/models/registry.ts';
import { exemption } from './exemptions.ts';
import { BARE_SONG, COMMUNITIES, communities, NEW_SONG, TRACKS_EACH, titleOf, uriOf } from './worlds.ts';

/** The contract of every registered model. A skip states its reason (exemptions.ts). */

const defaults = (model: Model): Record<string, unknown> => Value.Default(model.config, {}) as Record<string, unknown>;

/** A world on which the model can be trained: playlists, or else people who rate. */
function worldOf(model: Model): { dataset: Dataset; otherCatalogue: Dataset } {
  for (const rated of [false, true]) {
    const dataset = communities(rated);
    if (!model.unusable?.(dataset)) return { dataset, otherCatalogue: communities(rated, 'other:') };
  }
  throw new Error(`${model.id} can be trained on neither playlists nor ratings`);
}

const fit = (model: Model, dataset: Dataset, seed = 7): Promise<Fitted> =>
  model.fit(dataset, defaults(model), { rng: new Rng(seed) });

function numbers(dataset: Dataset, uris: readonly string[]): number[] {
  return uris.map((uri) => dataset.tracks.vocabulary.indexOf(uri));
}

/** Two tracks of each artist of a community; the others are the known answer. */
function halfOf(dataset: Dataset, community: number): { seeds: number[]; rest: number[] } {
  const all = numbers(
    dataset,
    Array.from({ length: TRACKS_EACH }, (_, i) => uriOf(community, i)),
  );
  return { seeds: all.filter((_, i) => i % 4 < 2), rest: all.filter((_, i) => i % 4 >= 2) };
}

function queryOf(dataset: Dataset, community: number): ModelQuery {
  return modelQuery({ seeds: halfOf(dataset, community).seeds, title: titleOf(community) });
}

function assertOrdered({ tracks, scores }: ScoredTracks): void {
  assert.equal(tracks.length, scores.length);
  assert.equal(new Set(tracks).size, tracks.length, 'no track twice');
  for (let i = 1; i < tracks.length; i++) {
    const [a, b] = [scores[i - 1]!, scores[i]!];
    assert.ok(
      a > b || (a === b && tracks[i - 1]! < tracks[i]!),
      `places ${i} and ${i + 1}: ${a} (${tracks[i - 1]}), ${b} (${tracks[i]})`,
    );
  }
}

const same = (a: ScoredTracks, b: ScoredTracks): void => {
  assert.deepEqual([...a.tracks], [...b.tracks]);
  assert.deepEqual([...a.scores], [...b.scores]);
};

for (const model of MODELS) {
  describe(`model ${model.id}`, { concurrency: false }, () => {
    const { dataset, otherCatalogue } = worldOf(model);
    let trained: Promise<Fitted> | null = null;
    const fitted = (): Promise<Fitted> => (trained ??= fit(model, dataset));
    const everything = dataset.tracks.count;

    test('known answer: the rest of a community', { skip: exemption(model.id, 'known answer') }, async () => {
      for (let c = 0; c < COMMUNITIES; c++) {
        const { rest } = halfOf(dataset, c);
        const { tracks } = (await fitted()).recommend(queryOf(dataset, c), rest.length);
        const own = new Set([...rest, dataset.tracks.vocabulary.indexOf(NEW_SONG)]);
        assert.equal(tracks.length, rest.length);
        assert.deepEqual(
          [...tracks].filter((t) => !own.has(t)),
          [],
          `${titleOf(c)}: ${[...tracks].map((t) => dataset.tracks.vocabulary.id(t))}`,
        );
      }
    });

    test('recommend is the top of score, ties by number', { skip: exemption(model.id, 'top of score') }, async () => {
      const model_ = await fitted();
      const scores = new Float32Array(everything);
      for (let c = 0; c < COMMUNITIES; c++) {
        const query = queryOf(dataset, c);
        model_.score(query, scores);
        for (const n of [0, 1, 5, everything + 10]) {
          const answer = model_.recommend(query, n);
          assertOrdered(answer);
          assert.deepEqual([...answer.tracks], [...rankScores(scores, query, n).tracks]);
        }
      }
    });

    test('score: seeds and excluded tracks are scored too', { skip: exemption(model.id, 'seeds scored') }, async () => {
      const model_ = await fitted();
      const [scores, excluding] = [new Float32Array(everything), new Float32Array(everything)];
      for (let c = 0; c < COMMUNITIES; c++) {
        const query = queryOf(dataset, c);
        model_.score(query, scores);
        for (const seed of query.seeds) assert.ok(scores[seed]! > 0, `seed ${seed} of ${titleOf(c)}: ${scores[seed]}`);
        model_.score({ ...query, exclude: new Set(halfOf(dataset, c).rest) }, excluding);
        assert.deepEqual([...excluding], [...scores]);
      }
    });

    test('never a seed, an excluded or a disallowed track', async () => {
      const model_ = await fitted();
      const query = queryOf(dataset, 1);
      const free = model_.recommend(query, everything);
      assertAbsent(free, query.seeds);
      const barred = [...free.tracks].slice(0, 3);
      const excluded = model_.recommend({ ...query, exclude: new Set(barred) }, everything);
      assertAbsent(excluded, barred);
      const allowed = new Uint8Array(everything).fill(1);
      for (const t of barred) allowed[t] = 0;
      const filtered = model_.recommend({ ...query, allowed }, everything);
      assertAbsent(filtered, barred);
      const none = model_.recommend({ ...query, allowed: new Uint8Array(everything) }, 10);
      assert.equal(none.tracks.length, 0);
      // A disliked seed is still a seed.
      const weights = new Float32Array(query.seeds.length).fill(1);
      weights[0] = -1;
      assertAbsent(model_.recommend({ ...query, weights }, everything), query.seeds);
    });

    test('dispose frees all kernel memory that loading and answering took', async () => {
      const artifact = decodeArtifact(encodeArtifact((await fitted()).toArtifact()), model.id);
      // Nothing from here on is asynchronous, so no other memory is allocated or freed.
      const before = memoryUse().inUse;
      const loaded = model.load(artifact, dataset);
      const query = queryOf(dataset, 1);
      const { tracks } = loaded.recommend(query, 10);
      loaded.explain?.(query, tracks[0]!);
      loaded.similar?.(tracks[0]!, 5);
      loaded.vectors?.();
      loaded.dispose?.();
      assert.equal(memoryUse().inUse, before);
      loaded.dispose?.();
      assert.equal(memoryUse().inUse, before);
    });

    test('a query changes nothing: repeated, it gives the same answer, and it is not modified', async () => {
      const model_ = await fitted();
      const query = queryOf(dataset, 2);
      const before = structuredClone(query);
      const first = model_.recommend(query, 10);
      model_.recommend(queryOf(dataset, 0), 10);
      same(model_.recommend(query, 10), first);
      assert.deepEqual(structuredClone(query), before);
    });

    test('nothing known of the query: an empty list', { skip: exemption(model.id, 'empty query') }, async () => {
      const model_ = await fitted();
      const scores = new Float32Array(everything).fill(3);
      for (const query of [modelQuery({}), modelQuery({ title: 'zzqxv wkkj' })]) {
        assert.equal(model_.recommend(query, 10).tracks.length, 0);
        model_.score(query, scores);
        assert.ok(scores.every((s) => !(s > 0)));
      }
    });

    test('extremes are answered: songs without owners, only dislikes, all tracks at once, no order, odd titles', async () => {
      const model_ = await fitted();
      const all = Int32Array.from({ length: everything }, (_, t) => t);
      const queries = [
        modelQuery({ seeds: numbers(dataset, [BARE_SONG]) }),
        modelQuery({ seeds: numbers(dataset, [NEW_SONG, BARE_SONG]), title: titleOf(0) }),
        modelQuery({ seeds: numbers(dataset, [uriOf(0, 0)]), weights: [-1] }),
        modelQuery({ seeds: numbers(dataset, [uriOf(0, 0), uriOf(1, 0)]), weights: [10, 0] }),
        modelQuery({ seeds: all }),
        modelQuery({ seeds: numbers(dataset, [uriOf(3, 1)]), ordered: false }),
        modelQuery({ title: '🎷☕ 早安' }),
        modelQuery({ title: 'x'.repeat(10_000) }),
      ];
      const scores = new Float32Array(everything);
      for (const query of queries) {
        const answer = model_.recommend(query, 20);
        assert.ok(answer.tracks.length <= 20);
        assert.ok([...answer.scores].every((s) => Number.isFinite(s) && s > 0));
        assertAbsent(answer, query.seeds);
        model_.score(query, scores);
        assert.ok(scores.every(Number.isFinite));
      }
    });

    test('explain gives reasons with shares for what was answered', async () => {
      const model_ = await fitted();
      if (!model_.explain) return;
      const query = queryOf(dataset, 0);
      let explained = 0;
      for (const t of model_.recommend(query, 6).tracks) {
        const reasons = model_.explain(query, t);
        for (const { share, text } of reasons) {
          assert.ok(share >= 0 && share <= 1 + 1e-6, `share ${share}`);
          assert.ok(text.length > 0 && text === text.trim());
        }
        if (reasons.length > 0) explained++;
      }
      assert.ok(explained > 0, 'nothing is explained');
    });

    test('similar and vectors keep their shapes', async () => {
      const model_ = await fitted();
      const [seed] = halfOf(dataset, 1).seeds;
      if (model_.similar) {
        const answer = model_.similar(seed!, 5);
        assertOrdered(answer);
        assert.ok(answer.tracks.length > 0 && answer.tracks.length <= 5);
        assertAbsent(answer, [seed!]);
      }
      if (model_.vectors) {
        const { data, dimension } = model_.vectors();
        assert.equal(data.length, everything * dimension);
        assert.ok(data.every(Number.isFinite));
      }
    });

    test('saved and loaded: the same bytes and the same answers', async () => {
      const model_ = await fitted();
      const bytes = encodeArtifact(model_.toArtifact());
      const loaded = model.load(decodeArtifact(bytes, model.id), dataset);
      assert.equal(loaded.modelId, model.id);
      assert.deepEqual(encodeArtifact(loaded.toArtifact()), bytes);
      for (let c = 0; c < COMMUNITIES; c++)
        same(loaded.recommend(queryOf(dataset, c), 20), model_.recommend(queryOf(dataset, c), 20));
    });

    test('the artifact names model, configuration and catalogue', async () => {
      const artifact = (await fitted()).toArtifact();
      const { modelId, config, catalogueId } = artifact;
      assert.equal(artifact.modelVersion, model.versions[0]);
      checkHeader(model, artifact, dataset);
      assert.throws(() => checkHeader(model, { ...artifact, modelVersion: 99 }, dataset), { code: 'MODEL_MISMATCH' });
      assert.equal(modelId, model.id);
      assert.equal(catalogueId, dataset.catalogueId);
      assert.ok(Value.Check(model.config, config));
      assert.deepEqual(Object.keys(config).sort(), Object.keys(defaults(model)).sort());
    });

    test('trained with the saved configuration: the same bytes', {
      skip: exemption(model.id, 'same seed'),
    }, async () => {
      const bytes = encodeArtifact((await fitted()).toArtifact());
      const { config } = decodeArtifact(bytes, model.id);
      // Settings left to the model may have been resolved; the others are as given.
      const again = await model.fit(dataset, config, { rng: new Rng(7) });
      assert.deepEqual(encodeArtifact(again.toArtifact()), bytes);
    });

    test('the same seed gives the same bytes', { skip: exemption(model.id, 'same seed') }, async () => {
      const again = await fit(model, dataset);
      assert.deepEqual(encodeArtifact(again.toArtifact()), encodeArtifact((await fitted()).toArtifact()));
    });

    test('a model of another catalogue, model or version is refused', async () => {
      const artifact = decodeArtifact(encodeArtifact((await fitted()).toArtifact()), model.id);
      const refused = { code: 'MODEL_MISMATCH' };
      assert.throws(() => model.load(artifact, otherCatalogue), refused);
      assert.throws(() => model.load({ ...artifact, modelId: 'another' }, dataset), refused);
      assert.throws(() => model.load({ ...artifact, modelVersion: artifact.modelVersion + 1 }, dataset), refused);
    });

    test('missing, shortened and retyped arrays are refused', {
      skip: exemption(model.id, 'damaged arrays'),
    }, async () => {
      const artifact = decodeArtifact(encodeArtifact((await fitted()).toArtifact()), model.id);
      for (const [name, array] of Object.entries(artifact.arrays)) {
        const { [name]: _, ...others } = artifact.arrays;
        assertRefused(model, { ...artifact, arrays: others }, dataset, `without ${name}`);
        if (array.length > 0)
          assertRefused(
            model,
            { ...artifact, arrays: { ...others, [name]: array.slice(0, -1) } },
            dataset,
            `short ${name}`,
          );
        const retyped = array instanceof Float64Array ? new Int8Array(array.length) : new Float64Array(array.length);
        assertRefused(model, { ...artifact, arrays: { ...others, [name]: retyped } }, dataset, `retyped ${name}`);
      }
    });

    test('a cancelled fit throws CANCELLED', { skip: exemption(model.id, 'cancelled') }, async () => {
      const before = AbortSignal.abort();
      await assert.rejects(model.fit(dataset, defaults(model), { rng: new Rng(1), signal: before }), {
        code: 'CANCELLED',
      });
      const controller = new AbortController();
      let early = false;
      const run = model.fit(dataset, defaults(model), {
        rng: new Rng(1),
        signal: controller.signal,
        onProgress: ({ fraction }) => {
          if (fraction < 1) {
            early = true;
            controller.abort();
          }
        },
      });
      await assert.rejects(run, { code: 'CANCELLED' });
      assert.ok(early, 'no progress was told before the end of the training');
    });

    test('progress rises from 0 to at most 1', async () => {
      let last = 0;
      let told = 0;
      await model.fit(dataset, defaults(model), {
        rng: new Rng(1),
        onProgress: ({ fraction, note }) => {
          assert.ok(fraction >= last - 1e-9 && fraction <= 1 + 1e-9, `${fraction} after ${last} (${note})`);
          last = fraction;
          told++;
        },
      });
      assert.ok(told > 0, 'no progress was told');
    });

    test('the configuration: each field has default, bounds and meaning, and the defaults are valid', () => {
      for (const [name, schema] of Object.entries(model.config.properties)) assertField(`${model.id}.${name}`, schema);
      assert.ok(Value.Check(model.config, defaults(model)));
      for (const [name, schema] of Object.entries(model.queryOptions?.properties ?? {}))
        assert.ok('description' in schema && String(schema.description).length > 5, `${name} has no description`);
    });

    test('its card describes it', () => {
      assert.match(model.id, /^[a-z][a-z0-9-]*$/);
      assert.ok(model.title.length > 2 && model.description.length > 20 && model.source.length > 2);
      assert.match(model.description, /[.!?]$/);
    });
  });
}

test('models have distinct ids and titles', () => {
  for (const key of ['id', 'title'] as const)
    assert.equal(new Set(MODELS.map((model) => model[key])).size, MODELS.length, key);
});

function assertAbsent({ tracks }: ScoredTracks, absent: Iterable<number>): void {
  const found = new Set(tracks);
  for (const t of absent) assert.ok(!found.has(t), `track ${t} must not be answered`);
}

function assertRefused(model: Model, artifact: Artifact, dataset: Dataset, what: string): void {
  try {
    model.load(artifact, dataset);
  } catch (error) {
    assert.ok(error instanceof SegueError, `${what}: ${error}`);
    assert.equal(error.code, 'FILE_UNREADABLE', what);
    return;
  }
  assert.fail(`${what}: accepted`);
}

/** Nested objects are checked field by field. */
function assertField(name: string, schema: TSchema): void {
  const field = schema as TSchema & {
    type?: string;
    default?: unknown;
    minimum?: number;
    maximum?: number;
    description?: string;
  };
  assert.ok((field.description ?? '').length > 5, `${name} has no description`);
  if (Type.IsObject(schema)) {
    for (const [key, inner] of Object.entries(schema.properties)) assertField(`${name}.${key}`, inner);
    return;
  }
  assert.ok(field.default !== undefined, `${name} has no default`);
  if (field.type === 'number' || field.type === 'integer') {
    const { minimum, maximum } = field;
    assert.ok(minimum !== undefined && maximum !== undefined, `${name} has no bounds`);
    assert.ok(minimum <= Number(field.default) && Number(field.default) <= maximum, `${name}: default out of range`);
  }
}
