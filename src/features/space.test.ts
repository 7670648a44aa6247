import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf, sound, track } from '../../test/support/content.ts';
import { DatasetBuilder } from '../dataset/builder.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { emptyBatch } from '../dataset/rows.ts';
import { SegueError } from '../errors.ts';
import { roomForRows, SharedRows } from '../math/kernels/shared-rows.ts';
import { AUDIO_STRIDE, circleOfFifths } from './audio-components.ts';
import { BLOCKS, parseWeights } from './blocks.ts';
import { ContentQuery } from './content-query.ts';
import { explainContent } from './explain.ts';
import { ContentSpace } from './space.ts';

const EVEN = { audio: 1, mood: 0, era: 0.5, popularity: 0.5, genre: 1, sound: 0, embedding: 0, lyrics: 0 };

const small = (): Dataset =>
  datasetOf(
    [
      track(0, { artists: [{ name: 'A' }], year: 1975, popularity: 60, features: sound(0.9, 120) }),
      track(1, { artists: [{ name: 'A' }], year: 1976, popularity: 62, features: sound(0.85, 121) }),
      track(2, { artists: [{ name: 'B' }], year: 2015, popularity: 20, features: sound(0.1, 80) }),
      track(3, { artists: [{ name: 'B' }], year: 2016, popularity: 22, features: sound(0.15, 160) }),
      track(4, { artists: [{ name: 'A' }], year: 1975, popularity: 60 }),
      track(5, { artists: [{ name: 'C' }] }),
    ],
    [
      { name: 'A', genres: ['soul', 'neo soul'], popularity: 70 },
      { name: 'B', genres: ['folk', 'soul'], popularity: 30 },
    ],
  );

const ask = (space: ContentSpace, seeds: number[], weights = seeds.map(() => 1), settings = {}): ContentQuery =>
  new ContentQuery(space, Int32Array.from(seeds), Float32Array.from(weights), settings);

test('the circle of fifths puts a minor key beside its relative major and fifths beside each other', () => {
  assert.equal(circleOfFifths(0, 1), 0);
  assert.equal(circleOfFifths(7, 1), 1);
  assert.equal(circleOfFifths(9, 0), circleOfFifths(0, 1));
  assert.equal(circleOfFifths(5, 1), 11);
});

test('audio rows are standardised over the tracks that have them, and a track without sound is a row of zeros', () => {
  const space = ContentSpace.fit(small());
  assert.deepEqual([...space.sounds], [1, 1, 1, 1, 0, 0]);
  for (const axis of [1, 4, 7]) {
    const column = [0, 1, 2, 3].map((t) => space.audio[t * AUDIO_STRIDE + axis]!);
    const mean = column.reduce((a, b) => a + b) / 4;
    const variance = column.reduce((a, b) => a + (b - mean) ** 2, 0) / 4;
    assert.ok(Math.abs(mean) < 1e-6 && Math.abs(variance - 1) < 1e-5, `axis ${axis}: ${mean}, ${variance}`);
  }
  assert.ok(space.audio.subarray(4 * AUDIO_STRIDE).every((value) => value === 0));
});

test('threads share the audio rows: one fills them, all score as whoever is alone does', () => {
  const alone = ContentSpace.fit(small());
  const room = roomForRows(alone.count, AUDIO_STRIDE)!;
  const open = (): ContentSpace =>
    ContentSpace.restore(alone.toRecord(), small(), new SharedRows(room, alone.count, AUDIO_STRIDE));
  const first = open();
  assert.deepEqual(first.audio, alone.audio);
  // Rows that have been filled are not computed again.
  first.audio[0] = 0.125;
  const second = open();
  assert.equal(second.audio[0], 0.125);
  assert.deepEqual(second.sounds, alone.sounds);
  first.audio[0] = alone.audio[0]!;
  const scores = (space: ContentSpace): Float32Array => {
    const out = new Float32Array(space.count);
    ask(space, [0, 2]).score(EVEN, 0.5, out);
    return out;
  };
  for (const space of [first, second]) assert.deepEqual(scores(space), scores(alone));
});

test('constant and wholly missing columns take no part, and nothing becomes NaN', () => {
  const space = ContentSpace.fit(
    datasetOf([0, 1, 2].map((n) => track(n, { features: { energy: n / 2, valence: 0.4, tempo: Number.NaN } }))),
  );
  assert.ok(space.audio.every((value) => Number.isFinite(value)));
  assert.equal(space.statistics.scale[10], 0, 'valence is constant');
  assert.equal(space.statistics.known[11], 0, 'tempo is missing everywhere');
  const scores = new Float32Array(3);
  ask(space, [2]).score(EVEN, 0, scores);
  assert.ok(scores.every((value) => Number.isFinite(value)));
  assert.ok(scores[2]! > 0.99 && scores[0]! < -0.99);
});

test('70 and 140 BPM are the same tempo', () => {
  const space = ContentSpace.fit(small());
  assert.ok(Math.abs(space.audio[2 * AUDIO_STRIDE + 11]! - space.audio[3 * AUDIO_STRIDE + 11]!) < 1e-5);
});

test('missing blocks do not count against a track', () => {
  const space = ContentSpace.fit(small());
  const scores = new Float32Array(space.count);
  const query = ask(space, [0]);
  query.score(EVEN, 0, scores);
  // Track 4 is track 0 without sound: what both know is equal.
  assert.ok(Math.abs(scores[0]! - 1) < 1e-5 && Math.abs(scores[4]! - 1) < 1e-5);
  assert.equal(scores[5], 0, 'nothing is known of track 5');
  const cosines = new Float32Array(4 * BLOCKS.length);
  query.cosines(Int32Array.of(0, 1, 2, 3), cosines);
  const expected = [0, 1, 2, 3].reduce((sum, t) => sum + cosines[t * BLOCKS.length]!, 0) / 4;
  query.score(EVEN, 1, scores);
  assert.ok(
    Math.abs(scores[4]! - (2 + expected) / 3) < 1e-5,
    'the missing third counts as the mean of those that have it',
  );
});

test('cosines of candidates equal the blocks of the score', () => {
  const space = ContentSpace.fit(small());
  const candidates = Int32Array.of(3, 1, 4, 5);
  for (const settings of [{}, { features: { energy: 3, trackPopularity: 0 }, seedGenres: 1 }]) {
    const query = ask(space, [0, 2], [1, 0.5], settings);
    const out = new Float32Array(candidates.length * BLOCKS.length);
    query.cosines(candidates, out);
    const scores = new Float32Array(space.count);
    for (let b = 0; b < BLOCKS.length; b++) {
      const only = Object.fromEntries(BLOCKS.map((name, i) => [name, i === b ? 1 : 0])) as typeof EVEN;
      query.score(only, 0, scores);
      candidates.forEach((t, i) => {
        const cosine = out[i * BLOCKS.length + b]!;
        assert.ok(Math.abs((Number.isNaN(cosine) ? 0 : cosine) - scores[t]!) < 1e-5, `${BLOCKS[b]} of ${t}`);
      });
    }
  }
});

test('a negative seed pushes away', () => {
  const space = ContentSpace.fit(small());
  const scores = new Float32Array(space.count);
  ask(space, [0, 2], [1, -1]).score(
    { audio: 1, mood: 0, era: 0, popularity: 0, genre: 0, sound: 0, embedding: 0, lyrics: 0 },
    0,
    scores,
  );
  assert.ok(scores[1]! > 0.5 && scores[3]! < -0.3);
});

test('seedGenres keeps only the heaviest genres of the seeds', () => {
  const space = ContentSpace.fit(small());
  const soul = small().genres.indexOf('neo soul');
  const query = ask(space, [0], [1], { seedGenres: 1 });
  assert.equal([...query.genre!].filter((value) => value !== 0).length, 1);
  assert.ok(query.genre![soul]! > 0.99, 'the rarer genre weighs more');
});

test('a restored space embeds a grown catalogue with the stored statistics', () => {
  const space = ContentSpace.fit(small());
  const record = JSON.parse(JSON.stringify(space.toRecord())) as unknown;
  const same = ContentSpace.restore(record, small());
  assert.deepEqual(same.audio, space.audio);
  assert.deepEqual(same.genres, space.genres);
  const builder = new DatasetBuilder();
  builder.add({
    ...emptyBatch(),
    // New genres and a new artist come first, so that genre numbers shift.
    artists: [
      { name: 'Z', genres: ['zouk'] },
      { name: 'A', genres: ['soul', 'neo soul'] },
    ],
    tracks: [
      track(9, { artists: [{ name: 'A' }], features: sound(0.9, 120) }),
      track(10, { artists: [{ name: 'Z' }] }),
    ],
  });
  const grown = ContentSpace.restore(record, builder.finish());
  assert.deepEqual(grown.audio.subarray(0, AUDIO_STRIDE - 2), space.audio.subarray(0, AUDIO_STRIDE - 2));
  const values = (s: ContentSpace, t: number): number[] => {
    const { ptr, values: all } = s.genres.rows;
    const p = s.genres.profileOf[t]!;
    return [...all!.subarray(ptr[p]!, ptr[p + 1]!)].sort();
  };
  assert.deepEqual(values(grown, 0), values(space, 0));
  assert.deepEqual(values(grown, 1), [1]);
});

test('a record of another version or a damaged one is refused', () => {
  const record = ContentSpace.fit(small()).toRecord();
  const code = (value: unknown): string => {
    try {
      ContentSpace.restore(value, small());
    } catch (error) {
      if (error instanceof SegueError) return error.code;
    }
    return 'accepted';
  };
  assert.equal(code({ ...record, version: 2 }), 'MODEL_MISMATCH');
  assert.equal(code(null), 'MODEL_MISMATCH');
  assert.equal(code({ ...record, mean: record.mean.slice(1) }), 'FILE_UNREADABLE');
  assert.equal(code({ ...record, frequency: [] }), 'FILE_UNREADABLE');
  assert.equal(code({ ...record, scale: record.scale.map(() => 'x') }), 'FILE_UNREADABLE');
  assert.equal(code({ ...record, settings: { ...record.settings, yearStep: 0 } }), 'FILE_UNREADABLE');
});

test('weights are parted into blocks and features; unknown names and values out of range are refused', () => {
  const { blocks, features } = parseWeights({ genre: 3, energy: 2 }, EVEN, { duration: 0 });
  assert.deepEqual(blocks, { ...EVEN, genre: 3 });
  assert.deepEqual(features, { duration: 0, energy: 2 });
  assert.throws(() => parseWeights({ gnere: 1 }, EVEN, {}), /no feature block or feature "gnere"/);
  for (const value of [-1, 11, Number.NaN, 'x'])
    assert.throws(() => parseWeights({ genre: value }, EVEN, {}), /number from 0 to 10/);
});

test('explanations say what brought the score, from its parts', () => {
  const space = ContentSpace.fit(small());
  const query = ask(space, [0]);
  const reasons = explainContent(query, Int32Array.of(0), 1, EVEN);
  const text = Object.fromEntries(reasons.map((r) => [r.kind, r.text]));
  assert.equal(text.genres, 'Neo soul and soul, like your song');
  assert.match(text.audio!, /tempo within 1 BPM/);
  assert.match(text.audio!, /both (energetic|electronic|loud)/);
  assert.equal(text.era, 'from the same decade, the 1970s');
  assert.equal(text.popularity, 'by a similarly popular artist (70 of 100)');
  const sum = reasons.reduce((a, r) => a + r.share, 0);
  assert.ok(Math.abs(sum - 1) < 1e-6);
  assert.deepEqual(explainContent(query, Int32Array.of(0), 5, EVEN), []);
});

test('a query without any known block is empty', () => {
  const space = ContentSpace.fit(small());
  assert.ok(ask(space, [5]).empty);
  assert.ok(ask(space, []).empty);
  assert.ok(!ask(space, [4]).empty);
});
