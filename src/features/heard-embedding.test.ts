import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf, track } from '../../test/support/content.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { EMBEDDING_WIDTH, LAYER_START, SOUNDS_LIKE } from '../dataset/embedding-measures.ts';
import { SOUND_WIDTH } from '../dataset/sound-measures.ts';
import { Rng } from '../math/rng.ts';
import { audio } from '../models/audio.ts';
import { modelQuery } from '../models/model.ts';
import { soundSimilarity } from '../recommend/steps/similarity.ts';
import { DenseRows } from './dense.ts';
import { HeardEmbedding } from './heard-embedding.ts';
import { MeasuredSound } from './measured-sound.ts';
import { ContentSpace } from './space.ts';

const JAZZ = SOUNDS_LIKE.indexOf('jazz');
const SOUL = SOUNDS_LIKE.indexOf('soul');
const ROCK = SOUNDS_LIKE.indexOf('rock');

/** Output of a network for a song of one of two kinds: jazz with some soul, or something else. Everything sounds a little like rock. */
function heard(kind: number, rng: Rng): number[] {
  const row = Array.from({ length: EMBEDDING_WIDTH }, (_, i) =>
    i < LAYER_START ? 0.02 : (i % 2 === kind ? 1.5 : 0) + rng.normal(),
  );
  row[ROCK] = 0.4;
  row[JAZZ] = kind === 0 ? 0.7 : 0.05;
  row[SOUL] = kind === 0 ? 0.3 : 0.02;
  return row;
}

/** Tracks 0–19 are of one kind, 20–39 of the other; 40–44 were not analysed. */
function files(): Dataset {
  const rng = new Rng(9);
  return datasetOf(
    Array.from({ length: 45 }, (_, n) => track(n, n < 40 ? { embedding: heard(n < 20 ? 0 : 1, rng) } : {})),
  );
}

test('songs of a kind are alike to the network, and tags that tell them apart are the reason', async () => {
  const dataset = files();
  assert.equal(audio.unusable!(dataset), null);
  const config = { yearStep: 50, popularityStep: 5, bucketShare: 0.5, caution: 0.5 };
  const fitted = await audio.fit(dataset, config, { rng: new Rng(1) });
  const query = modelQuery({ seeds: [2, 5] });
  const { tracks } = fitted.recommend(query, 18);
  assert.ok(
    tracks.every((t) => t < 20),
    [...tracks].join(),
  );
  assert.equal(fitted.explain!(query, tracks[0]!)[0]!.text, 'sounds like jazz and soul');
  assert.deepEqual(audio.load(fitted.toArtifact(), dataset).recommend(query, 18).tracks, tracks);
  // A tag of the seeds that the track lacks is not a reason, nor the reverse.
  const space = ContentSpace.fit(dataset);
  assert.equal(space.coverage().embedding, 40);
  assert.deepEqual(space.heard!.shared(dataset, Int32Array.of(2), 30), ['rock']);
  assert.deepEqual(space.heard!.shared(dataset, Int32Array.of(2, 44), 3), ['jazz', 'soul']);
  fitted.dispose?.();
});

test('weights reach it, and a weight of 0 leaves it out', async () => {
  const dataset = files();
  const config = { yearStep: 50, popularityStep: 5, bucketShare: 0.5, caution: 0.5 };
  const fitted = await audio.fit(dataset, config, { rng: new Rng(1) });
  const without = modelQuery({ seeds: [2], options: { weights: { embedding: 0 } } });
  assert.equal(fitted.recommend(without, 5).tracks.length, 0);
  fitted.dispose?.();
});

test('it stands behind the sound in dense rows, with its own variance', async () => {
  const rng = new Rng(3);
  const row = (): number[] => Array.from({ length: SOUND_WIDTH }, () => 1 + rng.uniform());
  const dataset = datasetOf(
    Array.from({ length: 30 }, (_, n) =>
      track(n, { ...(n < 20 && { embedding: heard(n % 2, rng) }), ...(n >= 10 && { sound: row() }) }),
    ),
  );
  const rows = await DenseRows.fit(ContentSpace.fit(dataset), 8, new Rng(1));
  assert.ok(rows.heardAxis > rows.measuredAxis && rows.dimension === rows.heardAxis + EMBEDDING_WIDTH - LAYER_START);
  const filled = (t: number, from: number, to: number): boolean =>
    rows
      .row(t)
      .subarray(from, to)
      .some((x) => x !== 0);
  for (const t of [0, 15, 25]) {
    assert.equal(filled(t, rows.measuredAxis, rows.heardAxis), t >= 10);
    assert.equal(filled(t, rows.heardAxis, rows.dimension), t < 20);
    assert.equal(rows.known[t], 1);
  }
  let variance = 0;
  for (let t = 0; t < 20; t++) for (const x of rows.row(t).subarray(rows.heardAxis)) variance += (x * x) / 20;
  assert.ok(Math.abs(variance - 6) < 0.3, String(variance));
});

test('how alike two songs sound is the mean of what knows both', () => {
  const rng = new Rng(3);
  const row = (): number[] => Array.from({ length: SOUND_WIDTH }, () => 1 + rng.uniform());
  const dataset = datasetOf(
    Array.from({ length: 12 }, (_, n) => track(n, { embedding: heard(n % 2, rng), ...(n < 6 && { sound: row() }) })),
  );
  const both = [MeasuredSound.fit(dataset)!, HeardEmbedding.fit(dataset)!];
  const similarity = soundSimilarity(both, () => 0.123);
  const cosines = both.map((rows) => rows.alike(0, 1));
  assert.ok(Math.abs(similarity(0, 1) - (1 + (cosines[0]! + cosines[1]!) / 2) / 2) < 1e-9);
  assert.ok(Math.abs(similarity(0, 8) - (1 + both[1]!.alike(0, 8)) / 2) < 1e-9);
  assert.equal(soundSimilarity([both[0]!], () => 0.123)(0, 8), 0.123);
});
