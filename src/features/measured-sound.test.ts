import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf, track } from '../../test/support/content.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { SOUND, SOUND_WIDTH } from '../dataset/sound-measures.ts';
import { Rng } from '../math/rng.ts';
import { audio } from '../models/audio.ts';
import { balanced } from '../models/balanced.ts';
import { clusters } from '../models/clusters.ts';
import { modelQuery } from '../models/model.ts';
import { ContentQuery } from './content-query.ts';
import { DenseRows } from './dense.ts';
import { explainContent } from './explain.ts';
import { MeasuredSound, SOUND_AXES, SOUND_GROUPS, SOUND_WEIGHTS } from './measured-sound.ts';
import { ContentSpace } from './space.ts';

/** Two kinds of music with some variety: dark, slow and quiet; bright, fast and loud. */
export function soundOf(kind: number, rng: Rng): number[] {
  const row = Array.from({ length: SOUND_WIDTH }, () => kind * 4 + rng.normal());
  row[SOUND.lufs] = kind === 0 ? -20 + rng.normal() : -8 + rng.normal();
  row[SOUND.beat] = kind === 0 ? 70 + rng.uniform() * 4 : 125 + rng.uniform() * 4;
  row[SOUND.tonic] = kind === 0 ? 9 : 4;
  row[SOUND.major] = kind;
  row[SOUND.brightness] = kind === 0 ? 9 + 0.2 * rng.normal() : 11.5 + 0.2 * rng.normal();
  row[SOUND.onsetRate] = kind === 0 ? 1 + 0.1 * rng.normal() : 5 + 0.1 * rng.normal();
  return row;
}

/** Files and nothing else: tracks 0–19 of one kind, 20–39 of the other, 40–49 not analysed. */
function files(): Dataset {
  const rng = new Rng(7);
  return datasetOf(
    Array.from({ length: 50 }, (_, n) =>
      track(n, { artists: [{ name: `Artist ${n}` }], ...(n < 40 && { sound: soundOf(n < 20 ? 0 : 1, rng) }) }),
    ),
  );
}

test('rows are standardised and weighted, and what was not analysed has none', () => {
  const sound = MeasuredSound.fit(files())!;
  assert.deepEqual([sound.knows(0), sound.knows(39), sound.knows(40)], [true, true, false]);
  for (let a = 0; a < SOUND_AXES; a++) {
    const column = Array.from({ length: 40 }, (_, r) => sound.rows[r * SOUND_AXES + a]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / 40;
    const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 40;
    assert.ok(Math.abs(mean) < 0.05, `${SOUND_GROUPS[a]} ${a}: ${mean}`);
    assert.ok(
      Math.abs(variance - SOUND_WEIGHTS[a]!) < 0.05 * SOUND_WEIGHTS[a]!,
      `${SOUND_GROUPS[a]} ${a}: ${variance}`,
    );
  }
  assert.ok(sound.alike(0, 1) > 0.5 && sound.alike(0, 30) < -0.5);
  assert.ok(Math.abs(sound.alike(3, 3) - 1) < 1e-6);
  assert.ok(Number.isNaN(sound.alike(0, 45)) && Number.isNaN(sound.alike(45, 0)));
});

test('one odd value counts as four standard deviations, and a measure that never differs as nothing', () => {
  const rng = new Rng(5);
  const rows = Array.from({ length: 100 }, () => {
    const row = soundOf(0, rng);
    row[SOUND.pulse] = 0.1;
    return row;
  });
  rows[3]![SOUND.lufs] = 1000;
  const sound = MeasuredSound.fit(datasetOf(rows.map((row, n) => track(n, { sound: row }))))!;
  const axis = SOUND_GROUPS.indexOf('loudness');
  assert.ok(Math.abs(sound.rows[3 * SOUND_AXES + axis]! - 4 * Math.sqrt(SOUND_WEIGHTS[axis]!)) < 1e-6);
  const pulse = SOUND_GROUPS.indexOf('rhythm');
  for (let r = 0; r < 100; r++) assert.equal(sound.rows[r * SOUND_AXES + pulse], 0);
});

test('a query points where its seeds do on average, each by its weight and none by its length', () => {
  const sound = MeasuredSound.fit(files())!;
  const seeds = [1, 25, 45, 7];
  const weights = [3, 1, 5, -0.5];
  const expected = new Float64Array(SOUND_AXES);
  seeds.forEach((seed, s) => {
    const row = sound.rowOf[seed]!;
    const values = row < 0 ? [] : [...sound.rows.subarray(row * SOUND_AXES, (row + 1) * SOUND_AXES)];
    values.forEach((value, a) => {
      expected[a]! += (weights[s]! * value) / Math.hypot(...values);
    });
  });
  const query = sound.query(Int32Array.from(seeds), Float32Array.from(weights))!;
  query.forEach((value, a) => {
    assert.ok(Math.abs(value - expected[a]! / Math.hypot(...expected)) < 1e-5);
  });
  assert.equal(sound.query(Int32Array.of(45), Float32Array.of(1)), null);
});

test('a tempo and its double are the same, and so are a key and its relative', () => {
  const rng = new Rng(1);
  const base = soundOf(0, rng);
  const other = (changes: Partial<Record<'beat' | 'tonic' | 'major', number>>): number[] => {
    const row = [...base];
    for (const [id, value] of Object.entries(changes)) row[SOUND[id as 'beat']] = value;
    return row;
  };
  const rows = [
    base,
    other({ beat: base[SOUND.beat]! * 2 }),
    other({ beat: base[SOUND.beat]! * 1.5 }),
    soundOf(1, rng),
  ];
  const sound = MeasuredSound.fit(datasetOf(rows.map((row, n) => track(n, { sound: row }))))!;
  assert.ok(Math.abs(sound.alike(0, 1) - 1) < 1e-5);
  assert.ok(sound.alike(0, 2) < 0.999);
});

test('content models recommend by what was measured, for people who have nothing but files', async () => {
  const dataset = files();
  for (const model of [audio, balanced]) {
    assert.equal(model.unusable!(dataset), null);
    const config = { yearStep: 50, popularityStep: 5, bucketShare: 0.5, caution: 0.5 };
    const fitted = await model.fit(dataset, config, { rng: new Rng(1) });
    const { tracks } = fitted.recommend(modelQuery({ seeds: [2, 5] }), 18);
    assert.equal(tracks.length, 18);
    assert.ok(
      tracks.every((t) => t < 20),
      `${model.id}: ${[...tracks].join()}`,
    );
    const [reason] = fitted.explain!(modelQuery({ seeds: [2, 5] }), tracks[0]!);
    assert.equal(reason!.kind, 'audio');
    assert.match(reason!.text, /^similar /);
    // What is saved knows the same.
    const again = model.load(fitted.toArtifact(), dataset).recommend(modelQuery({ seeds: [2, 5] }), 18);
    assert.deepEqual(again.tracks, tracks);
    fitted.dispose?.();
  }
});

test('weights of the sound block count, and reasons name what is alike', () => {
  const space = ContentSpace.fit(files());
  assert.equal(space.coverage().sound, 40);
  const query = new ContentQuery(space, Int32Array.of(0), Float32Array.of(1));
  const scores = new Float32Array(50);
  const weights = { audio: 0, mood: 0, era: 0, popularity: 0, genre: 0, sound: 2, embedding: 0, lyrics: 0 };
  query.score(weights, 0, scores);
  assert.ok(scores[1]! > 0.5 && scores[30]! < 0 && scores[45] === 0);
  const [reason] = explainContent(query, Int32Array.of(0), 1, weights);
  assert.match(reason!.text, /^similar [a-z]+.*timbre|^similar timbre/);
  assert.equal(reason!.share, 1);
  const cosines = new Float32Array(7);
  query.cosines(Int32Array.of(1), cosines);
  assert.ok(Math.abs(cosines[5]! - scores[1]!) < 1e-6);
});

test('a space that was fitted before the analysis works as before it', () => {
  const rng = new Rng(3);
  const silent = datasetOf([track(0, { year: 1990 }), track(1, { year: 1991 })]);
  const { sound, ...record } = ContentSpace.fit(silent).toRecord();
  assert.equal(sound, undefined);
  const heard = datasetOf([track(0, { year: 1990, sound: soundOf(0, rng) }), track(1, { year: 1991 })]);
  assert.equal(ContentSpace.restore(record, heard).measured, null);
  assert.throws(() => ContentSpace.restore({ ...record, sound: { mean: [1], scale: [] } }, heard), {
    code: 'FILE_UNREADABLE',
  });
});

test('dense rows, and with them clusters and the map, hold the measured sound', async () => {
  const dataset = files();
  const rows = await DenseRows.fit(ContentSpace.fit(dataset), 4, new Rng(1));
  assert.equal(rows.dimension, rows.measuredAxis + SOUND_AXES);
  assert.deepEqual([rows.known[0], rows.known[45]], [1, 0]);
  assert.ok(rows.row(45).every((value) => value === 0));
  let variance = 0;
  for (let t = 0; t < 40; t++)
    for (let a = rows.measuredAxis; a < rows.dimension; a++) variance += rows.row(t)[a]! ** 2 / 40;
  assert.ok(Math.abs(variance - 6) < 0.3, `the sound counts as ${variance} features`);
  const config = { k: 2, choose: 'fixed' as const, genreAxes: 4, restarts: 1 };
  const fitted = await clusters.fit(dataset, config, { rng: new Rng(1) });
  const { tracks } = fitted.recommend(modelQuery({ seeds: [25, 30] }), 10);
  assert.ok(tracks.length === 10 && tracks.every((t) => t >= 20 && t < 40), [...tracks].join());
  const texts = fitted.explain!(modelQuery({ seeds: [25, 30] }), tracks[0]!).map(({ text }) => text);
  assert.ok(
    texts.some((text) => text.startsWith('similar ')),
    texts.join(),
  );
});
