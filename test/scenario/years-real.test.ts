import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareYears } from '../../scripts/docs-content/years.ts';
import { DatasetBuilder } from '../../src/dataset/builder.ts';
import { tracks } from '../../src/sources/tracks.ts';
import { REAL_DATA, skipWithoutRealData } from '../support/real-data.ts';

/** Least correlation over the years with the published means of another table, ten times larger. */
const LEAST: Readonly<Record<string, number>> = {
  loudness: 0.9,
  speechiness: 0.85,
  valence: 0.8,
  acousticness: 0.75,
  danceability: 0.7,
  energy: 0.7,
};

test('features by year match published yearly means', { skip: skipWithoutRealData }, async () => {
  const builder = new DatasetBuilder();
  for (const file of await tracks.files([`${REAL_DATA}track-features/musicoset-acoustic-features.csv`]))
    for await (const batch of tracks.read(file)) builder.add(batch);
  const figures = await compareYears(builder.finish(), `${REAL_DATA}artists/data_by_year.csv`);
  for (const [id, least] of Object.entries(LEAST)) {
    const { years, r, mean, published, gap } = figures.find((figure) => figure.id === id)!;
    assert.ok(years >= 50, `${years} years`);
    assert.ok(r >= least, `${id}: r = ${r}`);
    // The same unit: over all years the means are closer than in the worst of them.
    assert.ok(Math.abs(mean - published) <= Math.abs(gap.mean - gap.published), id);
    assert.ok(Math.abs(mean - published) < 0.4 * Math.abs(published), `${id}: ${mean}, others ${published}`);
  }
});
