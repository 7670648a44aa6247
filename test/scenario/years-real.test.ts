import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { DatasetBuilder } from '../../src/dataset/builder.ts';
import { columnsOf, correlation, meansByYear } from '../../src/features/explore-statistics.ts';
import { tracks } from '../../src/sources/tracks.ts';
import { REAL_DATA, skipWithoutRealData } from '../support/real-data.ts';

/** Least correlation over the years with the means that others published of another, ten times larger table. */
const LEAST: Readonly<Record<string, number>> = {
  loudness: 0.9,
  speechiness: 0.85,
  valence: 0.8,
  acousticness: 0.75,
  danceability: 0.7,
  energy: 0.7,
};

test('features by year follow the yearly means that others published', { skip: skipWithoutRealData }, async () => {
  const builder = new DatasetBuilder();
  for (const file of await tracks.files([`${REAL_DATA}track-features/musicoset-acoustic-features.csv`]))
    for await (const batch of tracks.read(file)) builder.add(batch);
  const dataset = builder.finish();
  const published = new Map(
    (
      parse(readFileSync(`${REAL_DATA}artists/data_by_year.csv`, 'utf8'), { columns: true }) as Record<string, string>[]
    ).map((row) => [Number(row.year), row]),
  );
  const years = meansByYear(columnsOf(dataset), dataset.tracks.year, 100).filter(({ year }) => published.has(year));
  assert.ok(years.length >= 50, `${years.length} years`);
  for (const [id, least] of Object.entries(LEAST)) {
    const ours = Float64Array.from(years, ({ means }) => means[id]!);
    const theirs = Float64Array.from(years, ({ year }) => Number(published.get(year)![id]));
    const r = correlation(ours, theirs)!;
    assert.ok(r >= least, `${id}: r = ${r}`);
    // The same unit and the same scale: the means over all years are less apart than the years are.
    const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value) / values.length;
    const range = Math.max(...theirs) - Math.min(...theirs);
    assert.ok(Math.abs(mean(ours) - mean(theirs)) < 0.75 * range, `${id}: ${mean(ours)}, others ${mean(theirs)}`);
  }
});
