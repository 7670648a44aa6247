import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { all, withTemporary } from '../../test/support/temporary.ts';
import { DatasetBuilder } from '../dataset/builder.ts';
import type { Dataset } from '../dataset/dataset.ts';
import type { Batch, Rejection } from '../dataset/rows.ts';
import { SegueError } from '../errors.ts';
import { interactions } from './interactions.ts';

const failsAs = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;

/** Owner → [track, weight, time?] of a file's content. */
interface Taken {
  owners: Record<string, (string | number)[][]>;
  rejections: Rejection[];
  dataset: Dataset;
}

async function take(
  dir: string,
  name: string,
  content: string | Buffer,
  options?: Record<string, string>,
): Promise<Taken> {
  const path = join(dir, name);
  await writeFile(path, content);
  return collect(interactions.read(path, { options }));
}

async function collect(batches: AsyncIterable<Batch>): Promise<Taken> {
  const builder = new DatasetBuilder();
  const rejections: Rejection[] = [];
  for await (const batch of batches) {
    builder.add(batch);
    rejections.push(...batch.rejections);
  }
  const dataset = builder.finish();
  const owners: Taken['owners'] = {};
  for (let o = 0; o < dataset.owners.count; o++) {
    const entries: (string | number)[][] = [];
    for (let e = dataset.byOwner.ptr[o]!; e < dataset.byOwner.ptr[o + 1]!; e++) {
      const entry: (string | number)[] = [dataset.tracks.vocabulary.id(dataset.byOwner.idx[e]!)];
      if (dataset.byOwner.values) entry.push(dataset.byOwner.values[e]!);
      if (dataset.times) entry.push(dataset.times[e]!);
      entries.push(entry);
    }
    owners[dataset.owners.vocabulary.id(o)] = entries;
  }
  return { owners, rejections, dataset };
}

test('HetRec Last.fm: plays of artists, whose names join from the other file', () =>
  withTemporary(async (dir) => {
    const plays = await take(
      dir,
      'user_artists.dat',
      'userID\tartistID\tweight\r\n2\t51\t13883\r\n3\t51\t5\r\n2\t52\t11690\r\n',
    );
    assert.deepEqual(plays.owners, {
      'lastfm:2': [
        ['lastfm:artist:51', 13883],
        ['lastfm:artist:52', 11690],
      ],
      'lastfm:3': [['lastfm:artist:51', 5]],
    });
    const { dataset } = await take(
      dir,
      'artists.dat',
      'id\tname\turl\tpictureURL\n51\tDuran "Example\thttp://x\thttp://y\n52\t\thttp://x\t\n',
    );
    assert.equal(dataset.tracks.vocabulary.id(0), 'lastfm:artist:51');
    assert.equal(dataset.tracks.names.get(0), 'Duran "Example');
    assert.equal(dataset.artists.names.get(0), 'Duran "Example');
    assert.equal(dataset.tracks.count, 1);
  }));

test('Taste Profile: told by its hashes and song ids', () =>
  withTemporary(async (dir) => {
    const user = 'b80344d063b5ccb3212f76538f3d9e43d87dca9e';
    const { owners } = await take(
      dir,
      'train_triplets.txt',
      `${user}\tSOAKIMP12A8C130995\t1\n${user}\tSOBBMDR12A8C13253B\t2\n`,
    );
    assert.deepEqual(owners, {
      [`msd:${user}`]: [
        ['msd:song:SOAKIMP12A8C130995', 1],
        ['msd:song:SOBBMDR12A8C13253B', 2],
      ],
    });
  }));

test('generic tables: with and without header, by name, by number, ratings and times', () =>
  withTemporary(async (dir) => {
    const both = {
      'interactions:u': [
        ['interactions:b', 4, 10],
        ['interactions:a', 3, 20],
      ],
      'interactions:v': [['interactions:a', 5, 30]],
    };
    const rows = 'u,a,3,20\nu,b,4,10\nv,a,5,30\n';
    assert.deepEqual((await take(dir, 'a.csv', `user_id,item_id,rating,timestamp\n${rows}`)).owners, both);
    assert.deepEqual(
      (await take(dir, 'b.csv', rows, { header: 'no', user: '1', item: '2', rating: '3', time: '4' })).owners,
      both,
    );
    const spread = 'who;x;when;what;stars\nu;;20000;a;3\nu;;1970-01-01T00:00:10Z;b;4\nv;;30;a;5\n';
    const named = { user: 'who', item: 'what', rating: 'stars', time: 'when' };
    assert.deepEqual((await take(dir, 'c.csv', spread, named)).owners['interactions:v'], both['interactions:v']);
    assert.deepEqual((await take(dir, 'd.tsv', 'u\ta\nu\tb\nv\ta\n')).owners, {
      'interactions:u': [['interactions:a'], ['interactions:b']],
      'interactions:v': [['interactions:a']],
    });
    const { owners } = await take(dir, 'e.csv', '1,10,2,1300000000\n1,11,7,1200000000\n', { namespace: 'mine' });
    assert.deepEqual(owners, {
      'mine:1': [
        ['mine:11', 7, 1200000000],
        ['mine:10', 2, 1300000000],
      ],
    });
    const spotify = await take(dir, 'f.csv', 'user,track\nu,4GiXBCUF7H6YfNQsnBRIzl\n');
    assert.deepEqual(spotify.owners, { 'interactions:u': [['spotify:track:4GiXBCUF7H6YfNQsnBRIzl']] });
  }));

test('rows of one user and item: counts add up, the last rating counts, plays without counts are counted', () =>
  withTemporary(async (dir) => {
    const counts = await take(dir, 'a.csv', 'user,item,count\nu,a,2\nv,a,1\nu,a,3\n');
    assert.deepEqual(counts.owners['interactions:u'], [['interactions:a', 5]]);
    assert.equal(counts.dataset.cleaning['rows of the same user and item, merged'], 1);
    const ratings = await take(dir, 'b.csv', 'user,item,rating\nu,a,2\nu,a,3\n');
    assert.deepEqual(ratings.owners['interactions:u'], [['interactions:a', 3]]);
    const plays = await take(dir, 'c.csv', 'user,item\nu,a\nu,b\nu,a\n');
    assert.deepEqual(plays.owners['interactions:u'], [
      ['interactions:a', 2],
      ['interactions:b', 1],
    ]);
  }));

test('lists of a user and its items, told by lines of different lengths or by the option', () =>
  withTemporary(async (dir) => {
    const { owners, rejections } = await take(dir, 'train.txt', '0 5 6 7\n1 5\n2\n3 8 9 \n');
    assert.deepEqual(owners, {
      'interactions:0': [['interactions:5'], ['interactions:6'], ['interactions:7']],
      'interactions:1': [['interactions:5']],
      'interactions:3': [['interactions:8'], ['interactions:9']],
    });
    assert.deepEqual(rejections, [{ cause: 'line of a user without items', count: 1, firstAt: 'train.txt:3' }]);
    const equal = '0 5 6\n1 5 7\n';
    assert.equal((await take(dir, 'a.txt', equal, { layout: 'lists' })).owners['interactions:0']!.length, 2);
    assert.deepEqual((await take(dir, 'b.txt', equal)).owners['interactions:0'], [['interactions:5', 6]]);
  }));

test('bad rows are rejected by cause; wrong columns, options and files are refused', () =>
  withTemporary(async (dir) => {
    const { owners, rejections } = await take(dir, 'a.csv', 'user,item,count\nu,a,1\n,a,1\nu,,1\nu,b,many\nu\nu,c,2\n');
    assert.deepEqual(owners, {
      'interactions:u': [
        ['interactions:a', 1],
        ['interactions:c', 2],
      ],
    });
    assert.deepEqual(
      rejections.map(({ cause, firstAt }) => `${firstAt} ${cause}`),
      [
        'a.csv:3 row without a user',
        'a.csv:4 row without an item',
        'a.csv:5 row with a weight that is not a number',
        'a.csv:6 row with too few cells',
      ],
    );
    await assert.rejects(take(dir, 'b.csv', 'user,colour\nu,red\n'), failsAs('COLUMNS_MISSING'));
    await assert.rejects(take(dir, 'c.csv', 'user,item\nu,a\n', { item: 'song' }), failsAs('COLUMNS_MISSING'));
    await assert.rejects(take(dir, 'd.csv', 'user,item\nu,a\n', { header: 'maybe' }), failsAs('USAGE'));
    await assert.rejects(take(dir, 'e.csv', 'user,item\nu,a\n', { layout: 'cube' }), failsAs('USAGE'));
    await assert.rejects(take(dir, 'f.csv', ''), failsAs('FILE_UNREADABLE'));
    await assert.rejects(take(dir, 'g.dat', Buffer.from([1, 0, 2, 0, 0, 9])), failsAs('FILE_UNREADABLE'));
    await assert.rejects(take(dir, 'h.parquet', 'PAR1 but no more'), failsAs('FILE_UNREADABLE'));
  }));

test('names of many items come in batches', () =>
  withTemporary(async (dir) => {
    const file = join(dir, 'artists.dat');
    await writeFile(file, `id\tname\turl\n${Array.from({ length: 200_001 }, (_, i) => `${i}\tn${i}\t\n`).join('')}`);
    const sizes: number[] = [];
    const stop = new AbortController();
    const batches = interactions.read(file, { signal: stop.signal });
    for await (const { columns } of batches) sizes.push(columns?.uri.length ?? 0);
    assert.equal(
      sizes.reduce((a, b) => a + b),
      200_001,
    );
    assert.ok(Math.max(...sizes) <= 20_000, `${sizes}`);
    const again = interactions.read(file, { signal: stop.signal })[Symbol.asyncIterator]();
    await again.next();
    stop.abort();
    await assert.rejects(again.next(), failsAs('CANCELLED'));
  }));

test('counts that are infinite or negative are refused and counted; a rating may be negative', async () => {
  await withTemporary(async (dir) => {
    const file = join(dir, 'plays.csv');
    await writeFile(file, 'user,item,count\nu,a,1e999\nu,b,-2\nu,c,3\nu,d,1e39\n');
    const batches = await all(interactions.read(file));
    assert.deepEqual(
      batches.flatMap(({ ownerColumns }) => Array.from(ownerColumns?.weights ?? [])),
      [3],
    );
    assert.deepEqual(
      batches.flatMap(({ rejections }) => (rejections ?? []).map(({ cause, count }) => [cause, count])),
      [
        ['row with a weight that is not a number', 2],
        ['row with a negative count', 1],
      ],
    );
    await writeFile(file, 'user,item,rating\nu,a,-2\n');
    const [first] = await all(interactions.read(file));
    assert.deepEqual(Array.from(first!.ownerColumns!.weights!), [-2]);
  });
});
