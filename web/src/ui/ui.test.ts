import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BARS, fingerprintBars, fingerprintEnvelope, heights, meanHeights } from './fingerprint-path.ts';
import { bytes, clean, dateOf, duration, longDuration, momentOf } from './text.ts';

test('hostile titles are clamped and cannot reorder the page', () => {
  assert.equal(clean('x'.repeat(10_000)).length, 201);
  assert.equal(clean('a\u202Eb\n c'), 'ab c');
  assert.equal(clean('<b>bold</b>'), '<b>bold</b>');
  assert.equal([...clean('🌙'.repeat(500))].length, 201);
});

test('durations and sizes are for people', () => {
  assert.deepEqual([duration(61_400), duration(null), duration(3_600_000)], ['1:01', '', '60:00']);
  assert.deepEqual([longDuration(59 * 60_000), longDuration(72 * 60_000)], ['59 min', '1 hr 12 min']);
  assert.deepEqual([bytes(12), bytes(12_340), bytes(5e8), bytes(2.5e9)], ['12 B', '12.3 kB', '500.0 MB', '2.50 GB']);
});

test('the fingerprint stays in its square, whatever the features', () => {
  assert.equal(heights({}), null);
  assert.equal(heights({ energy: null, valence: Number.NaN }), null);
  const values = heights({ energy: 9, valence: -4, danceability: 0.5 })!;
  assert.equal(values.length, BARS.length);
  assert.ok(values.every((v) => v >= 0 && v <= 1));
  for (const match of fingerprintBars(values, 40).matchAll(/M([\d.]+) ([\d.]+)v([\d.]+)/g)) {
    const [x, y, h] = match.slice(1).map(Number) as [number, number, number];
    assert.ok(x > 0 && x < 40 && y >= 0 && y + h <= 40);
  }
  assert.equal(fingerprintEnvelope(values, 40).split('M').length, 3);
});

test('missing features take the mean of the known ones', () => {
  assert.deepEqual(heights({ energy: 0.4, danceability: 0.6 })!.slice(2), Array(5).fill(0.5));
  assert.deepEqual(meanHeights([{ energy: 0 }, { energy: 1 }, undefined]), Array(7).fill(0.5));
  assert.equal(meanHeights([]), null);
});

test('dates and moments are written in English and in the local time zone', () => {
  const at = new Date(2026, 10, 30, 14, 5);
  assert.deepEqual([dateOf(at.getTime()), momentOf(at.toISOString())], ['30 Nov 2026', '30 Nov 2026, 14:05']);
});
