import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from '#typebox/value';
import { datasetOf, sound, track } from '../../test/support/content.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { TrackRow } from '../dataset/rows.ts';
import { setThreads, threads } from '../math/pool.ts';
import { Rng } from '../math/rng.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { encodeArtifact } from './artifact.ts';
import { audio } from './audio.ts';
import { autoencoder } from './autoencoder/autoencoder.ts';
import { balanced } from './balanced.ts';
import { clusters } from './clusters.ts';
import { genreFirst } from './genre-first.ts';
import { type Fitted, type Model, modelQuery } from './model.ts';

const fit = (model: Model, dataset: Dataset): Promise<Fitted> =>
  model.fit(dataset, Value.Default(model.config, {}) as Record<string, unknown>, { rng: new Rng(1) });

/** Track 0 is the seed; 1 has its genres, 2 its sound, 3 its year and popularity, 4 everything but the genres, 5 nothing. */
const catalogue = (): Dataset =>
  datasetOf([
    track(0, { genres: ['neo soul', 'soul'], year: 2001, popularity: 50, features: sound(0.2, 90) }),
    track(1, { genres: ['neo soul', 'soul'], year: 1955, popularity: 95, features: sound(0.9, 150) }),
    track(2, { genres: ['techno'], year: 2019, popularity: 5, features: sound(0.2, 90) }),
    track(3, { genres: ['techno', 'house'], year: 2001, popularity: 50, features: sound(0.8, 130) }),
    track(4, { genres: ['house'], year: 2001, popularity: 50, features: sound(0.22, 91) }),
    track(5),
  ]);

const order = (model: Fitted, options: Record<string, unknown> = {}): number[] => [
  ...model.recommend(modelQuery({ seeds: [0], options }), 10).tracks,
];

test('audio looks at the sound alone, genre-first at the genres before all else', async () => {
  assert.deepEqual(order(await fit(audio, catalogue())).slice(0, 2), [2, 4]);
  assert.equal(order(await fit(genreFirst, catalogue()))[0], 1);
  for (const model of [audio, genreFirst, balanced])
    assert.ok(!order(await fit(model, catalogue())).includes(5), 'nothing is known of track 5');
});

test('weights of a query change the order, and are checked', async () => {
  const model = await fit(balanced, catalogue());
  assert.equal(order(model, { weights: { genre: 10, audio: 0, era: 0, popularity: 0 } })[0], 1);
  assert.equal(order(model, { weights: { genre: 0, audio: 10, era: 0, popularity: 0 } })[0], 2);
  assert.equal(order(model, { weights: { genre: 0, audio: 0, era: 5, popularity: 5 } })[0], 3);
  assert.deepEqual(order(model, { weights: { audio: 0, mood: 0, era: 0, popularity: 0, genre: 0 } }), []);
  assert.throws(() => order(model, { weights: { colour: 1 } }), { code: 'USAGE' });
  assert.throws(() => order(model, { weights: { genre: 11 } }), { code: 'OUT_OF_RANGE' });
});

test('weights may also be asked of features: with all others at 0 only the tempo counts', async () => {
  const rows = [90, 91, 125, 180].map((tempo, n) => track(n, { features: sound(n === 1 ? 0.9 : 0.2, tempo) }));
  const model = await fit(audio, datasetOf(rows));
  const others = Object.keys(sound(0, 0)!).filter((name) => name !== 'tempo');
  const weights = Object.fromEntries(others.map((name) => [name, 0]));
  // 180 BPM is 90 at double time.
  assert.deepEqual(order(model, { weights }).slice(0, 2), [3, 1]);
});

test('seeds without genres are answered by the rest', async () => {
  const model = await fit(balanced, catalogue());
  const bare = modelQuery({ seeds: [4], options: { weights: { genre: 1 }, seedGenres: 1 } });
  assert.ok(model.recommend(bare, 3).tracks.length > 0);
  const dataset = datasetOf([track(0, { year: 1990, genres: [] }), track(1, { year: 1991 }), track(2, { year: 1950 })]);
  assert.equal(order(await fit(balanced, dataset))[0], 1);
  assert.deepEqual(order(await fit(genreFirst, dataset)).slice(0, 1), [1]);
});

/** Two styles; the second half of the tracks lacks either sound or genres. */
function patchy(): Dataset {
  const rng = new Rng(6);
  const rows: TrackRow[] = [];
  for (let i = 0; i < 400; i++) {
    const loud = i % 2 === 1;
    const energy = Math.min(1, Math.max(0, (loud ? 0.85 : 0.15) + 0.08 * rng.normal()));
    const features = i < 200 || i % 4 < 2 ? sound(energy, (loud ? 140 : 85) + 5 * rng.normal()) : undefined;
    const genres = i < 200 || i % 4 >= 2 ? [loud ? 'metal' : 'folk', loud ? 'punk' : 'ballad'] : undefined;
    rows.push(track(i, { features, genres }));
  }
  return datasetOf(rows);
}

test('the autoencoder carries a track known by genres alone to the tracks of its sound', async () => {
  const model = await fit(autoencoder, patchy());
  // Track 203 is loud and has no sound; 200 … 399 with i % 4 < 2 have no genres: nothing links them directly.
  const { data, dimension } = model.vectors!();
  const cosine = (a: number, b: number): number => {
    let sum = 0;
    for (let j = 0; j < dimension; j++) sum += data[a * dimension + j]! * data[b * dimension + j]!;
    return sum;
  };
  let right = 0;
  for (let i = 202; i < 400; i += 4) {
    for (const genresOnly of [i, i + 1]) {
      const same = cosine(genresOnly, genresOnly % 2 === 1 ? 201 : 200);
      const other = cosine(genresOnly, genresOnly % 2 === 1 ? 200 : 201);
      if (same > other) right++;
    }
  }
  assert.ok(right >= 95, `${right} of 100`);
});

test('the loss curve is kept, falls, and the best epoch is its least', async () => {
  const info = (await fit(autoencoder, patchy())).info!() as {
    curve: { epoch: number; training: number; validation: number }[];
    bestEpoch: number;
  };
  const losses = info.curve.map(({ validation }) => validation);
  assert.ok(losses.at(-1)! < 0.6 * losses[0]!, losses.join(' '));
  assert.equal(losses[info.bestEpoch - 1], Math.min(...losses));
});

test('columns that are constant, wholly missing or NaN in the file train every content model', async () => {
  const rows = Array.from({ length: 40 }, (_, n) =>
    track(n, { year: 1990 + (n % 3), features: { energy: 0.5, valence: Number.NaN, tempo: n % 2 ? 100 : 140 } }),
  );
  for (const model of [balanced, genreFirst, audio, autoencoder, clusters]) {
    const scores = new Float32Array(40);
    const fitted = await fit(model, datasetOf(rows));
    fitted.score(modelQuery({ seeds: [0, 1] }), scores);
    assert.ok(scores.every(Number.isFinite), model.id);
  }
});

test('a model says that it cannot be used where nothing is known of what it compares', () => {
  const silent = datasetOf([track(0, { genres: ['soul'], year: 1990, durationMs: 200_000 })]);
  assert.match(audio.unusable!(silent)!, /^No track has audio features; import/);
  assert.equal(balanced.unusable!(silent), null);
  assert.equal(audio.unusable!(catalogue()), null);
  const bare = datasetOf([track(0), track(1)]);
  for (const model of [audio, balanced, genreFirst, autoencoder]) assert.match(model.unusable!(bare)!, /^No track has/);
});

test('a seed of which nothing is known is answered with nothing, not with chance', async () => {
  for (const model of [audio, balanced, genreFirst, autoencoder]) {
    const fitted = await fit(model, catalogue());
    assert.deepEqual([...fitted.recommend(modelQuery({ seeds: [5] }), 10).tracks], [], model.id);
    // Together with a known seed it changes nothing.
    const order = (seeds: number[]): number[] => [...fitted.recommend(modelQuery({ seeds }), 3).tracks];
    assert.deepEqual(
      order([0, 5]).filter((t) => t !== 5),
      order([0]).filter((t) => t !== 5),
      model.id,
    );
  }
});

test('the same seed gives the same clusters and the same autoencoder on one thread and on three', async () => {
  const dataset = demoDataset({ tracks: 5000, playlists: 20, seed: 2 });
  const all = threads();
  try {
    for (const model of [clusters, autoencoder]) {
      const bytes = async (n: number): Promise<Uint8Array> => {
        setThreads(n);
        return encodeArtifact((await fit(model, dataset)).toArtifact());
      };
      assert.deepEqual(await bytes(3), await bytes(1), model.id);
    }
  } finally {
    setThreads(all);
  }
});
