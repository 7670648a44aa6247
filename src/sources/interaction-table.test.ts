import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CleanBatch } from '../dataset/batch-columns.ts';
import { encodeBatch } from '../dataset/batch-encoder.ts';
import { DatasetBuilder } from '../dataset/builder.ts';
import { emptyBatch } from '../dataset/rows.ts';
import { Rng } from '../math/rng.ts';
import { uriCell } from './cells.ts';
import { InteractionTable } from './interaction-table.ts';

type Row = readonly [user: string, item: string, weight: number, time: number];
interface Kind {
  readonly weights: boolean;
  readonly times: boolean;
  readonly rating: boolean;
}

/** The oracle: an object for each owner, through the batch's rows. */
function encodeNaively(rows: readonly Row[], { weights, times, rating }: Kind): CleanBatch {
  const batch = emptyBatch();
  const tracks = new Map<string, number>();
  let repeated = 0;
  const ranked = (time: number): number => (Number.isNaN(time) ? -Infinity : time);
  for (const user of new Set(rows.map(([name]) => name))) {
    const mine = rows.filter(([name]) => name === user);
    if (times) mine.sort((a, b) => (ranked(a[3]) === ranked(b[3]) ? 0 : ranked(a[3]) - ranked(b[3])));
    const entries = new Map<string, { weight: number; time: number }>();
    for (const [, item, weight, time] of mine) {
      const known = entries.get(item);
      if (!known) entries.set(item, { weight: weights ? weight : 1, time });
      else {
        repeated++;
        known.weight = rating ? weight : known.weight + (weights ? weight : 1);
        if (!Number.isNaN(time)) known.time = time;
      }
    }
    for (const item of entries.keys())
      if (!tracks.has(item)) {
        tracks.set(item, tracks.size);
        batch.tracks.push({ uri: uriCell(item, 'track', 'shop')! });
      }
    batch.owners.push({
      id: `people:${user}`,
      kind: 'person',
      items: [...entries.keys()].map((item) => tracks.get(item)!),
      ...((weights || entries.size < mine.length) && { weights: [...entries.values()].map(({ weight }) => weight) }),
      ...(times && { times: [...entries.values()].map(({ time }) => time) }),
    });
  }
  if (repeated > 0) batch.cleaning = { 'rows of the same user and item, merged': repeated };
  return encodeBatch(batch);
}

const ID = '4GiXBCUF7H6YfNQsnBRIzl';
// Some are two spellings of one track.
const ITEMS = ['a', 'b', 'Ü', 'x:1', ID, `spotify:track:${ID}`, `https://open.spotify.com/track/${ID}`, ':', ' c'];

test('tables become what an object for each owner gives: order, sums, last ratings, times, merged rows', () => {
  const rng = new Rng(11);
  for (let round = 0; round < 800; round++) {
    const kind = { weights: rng.uniform() < 0.5, times: rng.uniform() < 0.5, rating: rng.uniform() < 0.3 };
    kind.rating &&= kind.weights;
    const rows = Array.from({ length: 1 + rng.below(25) }, (_, i): Row => {
      const time = [Number.NaN, rng.below(5), i, 100 - i][round % 4]!;
      return [`u${rng.below(4)}`, ITEMS[rng.below(ITEMS.length)]!, rng.below(7), time];
    });
    const table = new InteractionTable(kind, 'table.csv');
    for (const row of rows) table.add(...row);
    const [batch, ...more] = [...table.batches('people', 'shop')].map(encodeBatch);
    assert.equal(more.length, 0);
    assert.deepEqual(batch, encodeNaively(rows, kind), JSON.stringify({ kind, rows }));
  }
});

test('users without items are left out and counted', () => {
  const table = new InteractionTable({ weights: false, times: false, rating: false }, 'lists.txt');
  for (const [user, ...items] of [['a', 'x', 'y'], ['b'], ['c', 'y']] as const) {
    table.beginText(user);
    for (const item of items) table.addItemText(item);
  }
  const [{ columns, cleaning }] = [...table.batches('p', 's')].map(encodeBatch) as [CleanBatch];
  assert.deepEqual([columns.owners.id.get(0), columns.owners.id.get(1)], ['p:a', 'p:c']);
  assert.deepEqual([...columns.owners.items.ptr, ...columns.owners.items.idx], [0, 2, 3, 0, 1, 1]);
  assert.deepEqual(cleaning, { 'empty playlists, left out': 1 });
});

test('more entries than a batch has come in several, which name their tracks anew', () => {
  const table = new InteractionTable({ weights: false, times: false, rating: false }, 'table.csv');
  for (let i = 0; i < 600_000; i++) table.add(`u${i >> 1}`, `i${i % 3}`, 1, Number.NaN);
  const batches = [...table.batches('p', 's')].map(encodeBatch);
  assert.deepEqual(
    batches.map(({ taken }) => taken),
    [
      { tracks: 3, artists: 0, owners: 250_000, entries: 500_000 },
      { tracks: 3, artists: 0, owners: 50_000, entries: 100_000 },
    ],
  );
  const { uri } = batches[1]!.columns.tracks;
  const { idx } = batches[1]!.columns.owners.items;
  assert.deepEqual(
    Array.from(idx.subarray(0, 4), (place) => uri.get(place)),
    ['s:i2', 's:i0', 's:i1', 's:i2'],
  );
});

test('a user with more entries than a batch has comes in several batches, as one owner with what one batch would give', () => {
  const rng = new Rng(5);
  const kind = { weights: true, times: true, rating: false };
  const table = new InteractionTable(kind, 'table.csv');
  const entries = new Map<string, { weight: number; time: number }>();
  const add = (user: string, item: string, weight: number, time: number): void => {
    table.add(user, item, weight, time);
    if (user !== 'long') return;
    const known = entries.get(item);
    if (!known) entries.set(item, { weight, time });
    else {
      known.weight += weight;
      known.time = time;
    }
  };
  add('first', 'i0', 1, 0);
  for (let i = 0; i < 640_000; i++) {
    add('long', `i${i % 8 === 0 ? rng.below(100) : i}`, 1 + (i % 5), i);
    if (i % 100_000 === 0) add('other', `i${i}`, 2, i);
  }
  const clean = [...table.batches('p', 's')].map(encodeBatch);
  assert.deepEqual(
    clean.map(({ taken }) => taken.owners),
    [1, 1, 0, 1],
  );
  const builder = new DatasetBuilder();
  for (const { columns } of clean) builder.addColumns(columns);
  const { byOwner, times, owners, tracks } = builder.finish();
  assert.equal(owners.count, 3);
  const [from, to] = [byOwner.ptr[1]!, byOwner.ptr[2]!];
  let e = from;
  for (const [item, { weight, time }] of entries) {
    const got = [tracks.vocabulary.id(byOwner.idx[e]!), byOwner.values![e], times?.[e]];
    const wanted = [`s:${item}`, weight, time];
    if (got.some((value, i) => value !== wanted[i])) assert.deepEqual(got, wanted);
    e++;
  }
  assert.equal(e, to);
  const merged = clean.map(({ cleaning }) => cleaning['rows of the same user and item, merged'] ?? 0);
  assert.deepEqual(merged, [0, 640_000 - entries.size, 0, 0]);
});
