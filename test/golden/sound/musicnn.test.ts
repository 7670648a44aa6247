import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { LogMel } from '../../../src/math/sound/log-mel.ts';
import { TagMeter } from '../../../src/math/sound/tag-meter.ts';
import { PATCH_BANDS, TagNetwork } from '../../../src/math/sound/tag-network.ts';
import { NO_WHEEL, publishedWeights, WHEEL } from '../../support/network.ts';
import { heard, RATE, SIGNALS } from './musicnn-signals.ts';

interface Golden {
  readonly patches: number;
  readonly tags: readonly number[];
  readonly embedding: readonly number[];
  readonly spectrum: readonly (readonly number[])[];
}

const golden = JSON.parse(readFileSync(new URL('musicnn.json', import.meta.url), 'utf8')) as Record<string, Golden>;

const farthest = (ours: ArrayLike<number>, theirs: readonly number[]): number =>
  theirs.reduce((most, value, i) => Math.max(most, Math.abs(value - ours[i]!)), 0);

test('log-mel spectra are those of librosa', () => {
  for (const name of Object.keys(SIGNALS)) {
    const rows: number[][] = [];
    let n = 0;
    const spectrum = new LogMel(RATE, (row) => {
      if (n++ % 40 === 0) rows.push([0, 20, 40, 60, 80].map((band) => row[band]!));
    });
    try {
      spectrum.push([heard(name)]);
      spectrum.finish();
    } finally {
      spectrum.free();
    }
    const theirs = golden[name]!.spectrum;
    assert.equal(rows.length, theirs.length, name);
    assert.equal(theirs[0]!.length * 20, PATCH_BANDS + 4);
    for (const [t, row] of rows.entries())
      assert.ok(farthest(row, theirs[t]!) < 2e-4, `${name}, frame ${40 * t}: ${row} for ${theirs[t]}`);
  }
});

test('tags and embedding are those of the published network', { skip: WHEEL ? false : NO_WHEEL }, async () => {
  const network = new TagNetwork(await publishedWeights(WHEEL!));
  try {
    for (const name of Object.keys(SIGNALS)) {
      const meter = new TagMeter(RATE, network);
      try {
        meter.push([heard(name)]);
        const { tags, embedding } = meter.finish()!;
        const { tags: theirTags, embedding: theirs } = golden[name]!;
        assert.ok(farthest(tags, theirTags) < 1e-4, `${name}: ${farthest(tags, theirTags)} in the tags`);
        assert.ok(farthest(embedding, theirs) < 1e-4, `${name}: ${farthest(embedding, theirs)} in the embedding`);
      } finally {
        meter.free();
      }
    }
  } finally {
    network.free();
  }
});
