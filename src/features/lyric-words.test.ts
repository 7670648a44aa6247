import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datasetOf, track } from '../../test/support/content.ts';
import { rowsOf } from '../../test/support/lyrics-rows.ts';
import { DatasetBuilder } from '../dataset/builder.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { BUCKETS_AT, LYRICS_WIDTH, THEMES, THEMES_AT, type Theme } from '../dataset/lyrics-measures.ts';
import { emptyBatch } from '../dataset/rows.ts';
import { StringColumn } from '../dataset/strings.ts';
import { Rng } from '../math/rng.ts';
import { balanced } from '../models/balanced.ts';
import { modelQuery } from '../models/model.ts';
import { LyricWords } from './lyric-words.ts';
import { ContentSpace } from './space.ts';

const CONFIG = { yearStep: 50, popularityStep: 5, bucketShare: 0.5, caution: 0.5 };

/** A song about some themes, with words in some buckets. */
function row(themes: Partial<Record<Theme, number>>, buckets: Record<number, number>): number[] {
  const out = new Array<number>(LYRICS_WIDTH).fill(0);
  for (const [theme, share] of Object.entries(themes)) out[THEMES_AT + THEMES.indexOf(theme as Theme)] = share;
  for (const [bucket, count] of Object.entries(buckets)) out[BUCKETS_AT + Number(bucket)] = count;
  return out;
}

/** 0 and 1 are about the sea, in two languages; 2 about winter in words of 0; 3 about nothing known; 4 has no lyrics. All but 3 mention love. */
function songs(): Dataset {
  const lyrics = rowsOf([
    row({ 'the sea': 0.1, love: 0.03 }, { 1: 4, 2: 1 }),
    row({ 'the sea': 0.08, love: 0.03 }, { 11: 3, 12: 2 }),
    row({ winter: 0.1, love: 0.03 }, { 1: 2, 3: 1 }),
    row({}, { 20: 1 }),
    null,
  ]);
  const uri = StringColumn.from(Array.from({ length: 5 }, (_, n) => `t:${n}`));
  const builder = new DatasetBuilder();
  builder.add({ ...emptyBatch(), columns: { uri, features: {}, lyrics } });
  return builder.finish();
}

test('cosines are those of TF-IDF over words and themes, half each', () => {
  const dataset = songs();
  const words = LyricWords.fit(dataset)!;
  const idf = (df: number): number => Math.log((1 + 4) / (1 + df)) + 1;
  const unit = (...values: number[]): number[] => values.map((value) => value / Math.hypot(...values));
  const sea = unit(Math.sqrt(0.1) * idf(2), Math.sqrt(0.03) * idf(3));
  const other = unit(Math.sqrt(0.08) * idf(2), Math.sqrt(0.03) * idf(3));
  const cold = unit(Math.sqrt(0.1) * idf(1), Math.sqrt(0.03) * idf(3));
  const first = unit((1 + Math.log(4)) * idf(2), idf(1));
  const third = unit((1 + Math.log(2)) * idf(2), idf(1));
  const query = words.query(Int32Array.of(0), Float32Array.of(1))!;
  const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-5, `${a} ${b}`);
  near(words.cosine(query, 0), 1);
  near(words.cosine(query, 1), (sea[0]! * other[0]! + sea[1]! * other[1]!) / 2);
  near(words.cosine(query, 2), (sea[1]! * cold[1]! + first[0]! * third[0]!) / 2);
  assert.equal(words.cosine(query, 3), 0);
  assert.ok(Number.isNaN(words.cosine(query, 4)));
  assert.equal(words.query(Int32Array.of(4), Float32Array.of(1)), null);
  assert.equal(LyricWords.fit(datasetOf([track(0)])), null);
});

test('what both sing of is said, the rarest first; saved statistics give the same', async () => {
  const dataset = songs();
  const space = ContentSpace.fit(dataset);
  assert.deepEqual(space.lyrics!.shared(dataset, Int32Array.of(0, 4), 1), ['the sea', 'love']);
  assert.deepEqual(space.lyrics!.shared(dataset, Int32Array.of(0), 3), []);
  assert.equal(space.coverage().lyrics, 4);
  const fitted = await balanced.fit(dataset, CONFIG, { rng: new Rng(1) });
  const query = modelQuery({ seeds: [0] });
  const { tracks } = fitted.recommend(query, 3);
  assert.equal(tracks[0], 1);
  assert.equal(fitted.explain!(query, 1)[0]!.text, 'about the sea and love');
  assert.equal(fitted.explain!(query, 1)[0]!.kind, 'lyrics');
  assert.deepEqual(balanced.load(fitted.toArtifact(), dataset).recommend(query, 3), fitted.recommend(query, 3));
  const without = modelQuery({ seeds: [0], options: { weights: { lyrics: 0 } } });
  assert.equal(fitted.recommend(without, 3).tracks.length, 0);
  const record = JSON.parse(JSON.stringify(space.toRecord()));
  record.lyrics.frequency.pop();
  assert.throws(() => ContentSpace.restore(record, dataset), { code: 'FILE_UNREADABLE' });
});
