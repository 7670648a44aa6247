import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AUDIO_FEATURES } from './audio-features.ts';
import { type Counts, cleanDuration, cleanFeature, cleanPopularity, cleanYear } from './cleaning.ts';

const place = (id: string): number => AUDIO_FEATURES.findIndex((feature) => feature.id === id);

test('what tables write for unknown is missing, never 0', () => {
  const counts: Counts = {};
  assert.ok(Number.isNaN(cleanFeature(place('tempo'), 0, counts)));
  assert.ok(Number.isNaN(cleanFeature(place('key'), -1, counts)));
  assert.ok(Number.isNaN(cleanFeature(place('timeSignature'), 0, counts)));
  assert.ok(Number.isNaN(cleanFeature(place('timeSignature'), 1, counts)));
  assert.ok(Number.isNaN(cleanFeature(place('energy'), Number.NaN, counts)));
  assert.equal(cleanDuration(0, counts), -1);
  assert.equal(cleanYear(0, counts), -1);
  assert.equal(cleanPopularity(Number.NaN, counts), -1);
  assert.deepEqual(counts, {
    'tempo missing': 1,
    'key missing': 1,
    'timeSignature missing': 2,
    'energy missing': 1,
    'duration missing': 1,
    'year missing': 1,
    'popularity missing': 1,
  });
});

test('values that cannot be are missing and counted apart', () => {
  const counts: Counts = {};
  assert.ok(Number.isNaN(cleanFeature(place('energy'), 1.2, counts)));
  assert.ok(Number.isNaN(cleanFeature(place('key'), 4.5, counts)));
  assert.ok(Number.isNaN(cleanFeature(place('tempo'), 3, counts)));
  assert.ok(Number.isNaN(cleanFeature(place('loudness'), Number.NEGATIVE_INFINITY, counts)));
  assert.equal(cleanPopularity(101, counts), -1);
  assert.equal(cleanDuration(-5, counts), -1);
  assert.deepEqual(Object.values(counts), [1, 1, 1, 1, 1, 1]);
  assert.ok(Object.keys(counts).every((rule) => rule.endsWith('out of range, kept as missing')));
});

test('sound values stay, and a value that nobody claimed is missing without a count', () => {
  const counts: Counts = {};
  assert.equal(cleanFeature(place('key'), 0, counts), 0);
  assert.equal(cleanFeature(place('mode'), 0, counts), 0);
  assert.equal(cleanFeature(place('energy'), 0, counts), 0);
  assert.equal(cleanFeature(place('loudness'), -60, counts), -60);
  assert.equal(cleanPopularity(0, counts), 0);
  assert.equal(cleanPopularity(38.4, counts), 38);
  assert.equal(cleanYear(undefined, counts), -1);
  assert.deepEqual(counts, {});
});
