import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parquetWriteFile } from 'hyparquet-writer';
import { withTemporary } from '../../../test/support/temporary.ts';
import type { Batch } from '../../dataset/rows.ts';
import { type ErrorCode, SegueError } from '../../errors.ts';
import { parquetSet } from './parquet-set.ts';

interface Tables {
  tracks?: Parameters<typeof parquetWriteFile>[0]['columnData'];
  owners?: Parameters<typeof parquetWriteFile>[0]['columnData'];
  entries?: Parameters<typeof parquetWriteFile>[0]['columnData'];
}

/** A set as another engine would write it: only the required columns, 64-bit numbers, rows in no order. */
async function writeSet(folder: string, { tracks, owners, entries }: Tables = {}, kv = '1'): Promise<void> {
  const write = async (name: string, columnData: NonNullable<Tables['tracks']>): Promise<void> => {
    await mkdir(join(folder, name), { recursive: true });
    parquetWriteFile({
      filename: join(folder, name, 'part-0.snappy.parquet'),
      columnData,
      kvMetadata: [{ key: 'segue.set', value: kv }],
    });
  };
  await write(
    'tracks',
    tracks ?? [
      { name: 'track', data: [7n, 3n], type: 'INT64' },
      { name: 'uri', data: ['a:seven', 'a:three'], type: 'STRING' },
    ],
  );
  await write(
    'owners',
    owners ?? [
      { name: 'owner', data: [1, 0], type: 'INT32' },
      { name: 'id', data: ['o:one', 'o:nought'], type: 'STRING' },
      { name: 'kind', data: ['person', 'playlist'], type: 'STRING' },
    ],
  );
  await write(
    'entries',
    entries ?? [
      { name: 'owner', data: [1, 0, 1, 1], type: 'INT32' },
      { name: 'track', data: [3, 7, 7, 99], type: 'INT32' },
      { name: 'position', data: [1, 0, 0, 2], type: 'INT32' },
    ],
  );
}

async function batchesOf(folder: string): Promise<Batch[]> {
  const [input] = await parquetSet.files([folder]);
  const batches: Batch[] = [];
  for await (const batch of parquetSet.read(input!)) batches.push(batch);
  return batches;
}

const refusedAs =
  (code: ErrorCode, words: RegExp) =>
  (error: unknown): boolean =>
    error instanceof SegueError && error.code === code && words.test(error.message);

test('tables of another engine are read: order by position, unknown tracks counted', () =>
  withTemporary(async (folder) => {
    await writeSet(folder);
    const batches = await batchesOf(folder);
    const owners = batches.flatMap((batch) =>
      batch.owners.map(({ id, kind, items }) => [id, kind, ...Array.from(items, (i) => batch.tracks[i]!.uri)]),
    );
    assert.deepEqual(owners, [
      ['o:one', 'person', 'a:seven', 'a:three'],
      ['o:nought', 'playlist', 'a:seven'],
    ]);
    assert.deepEqual(
      batches.flatMap((batch) => batch.rejections),
      [{ cause: 'entry of an unknown track', count: 1, firstAt: 'part-0.snappy.parquet:4' }],
    );
  }));

test('weights that are no numbers are counted, times and weights arrive', () =>
  withTemporary(async (folder) => {
    await writeSet(folder, {
      entries: [
        { name: 'owner', data: [0, 0, 0], type: 'INT32' },
        { name: 'track', data: [7, 3, 3], type: 'INT32' },
        { name: 'weight', data: [2, Number.NaN, 5], type: 'DOUBLE' },
        { name: 'time', data: [10, 20, 30], type: 'DOUBLE' },
      ],
    });
    const batches = await batchesOf(folder);
    const owner = batches.flatMap((batch) => batch.owners).find(({ id }) => id === 'o:nought')!;
    assert.deepEqual([...Array.from(owner.weights!), ...Array.from(owner.times!)], [2, 5, 10, 30]);
    assert.match(batches.flatMap((batch) => batch.rejections)[0]!.cause, /negative or not a number/);
  }));

test('another schema, a newer version, a damaged file and a wrong folder are one clear sentence', () =>
  withTemporary(async (folder) => {
    const set = join(folder, 'set');
    await writeSet(set, { tracks: [{ name: 'song', data: ['x'], type: 'STRING' }] });
    await assert.rejects(batchesOf(set), refusedAs('COLUMNS_MISSING', /song \(BYTE_ARRAY\).*track \(int32\)/s));
    await writeSet(set, {
      entries: [
        { name: 'owner', data: ['x'], type: 'STRING' },
        { name: 'track', data: [1] },
      ],
    });
    await assert.rejects(batchesOf(set), refusedAs('COLUMNS_MISSING', /owner \(int32\)/));
    await writeSet(set, {}, '99');
    await assert.rejects(batchesOf(set), refusedAs('FORMAT_NEWER', /version 99/));
    await writeSet(set);
    await truncate(join(set, 'entries', 'part-0.snappy.parquet'), 100);
    await assert.rejects(batchesOf(set), refusedAs('FILE_UNREADABLE', /cannot be read as Parquet/));
    await assert.rejects(parquetSet.files([folder]), refusedAs('FILE_UNREADABLE', /no folder tracks\//));
    await assert.rejects(parquetSet.files([join(folder, 'none')]), refusedAs('FILE_UNREADABLE', /not a folder/));
  }));

test('no change of single bytes ends the process; each is read or refused', () =>
  withTemporary(async (folder) => {
    await writeSet(folder);
    const names = await readdir(join(folder, 'entries'));
    const file = join(folder, 'entries', names[0]!);
    const whole = await readFile(file);
    for (let at = 0; at < whole.length; at += 7) {
      const damaged = Buffer.from(whole);
      damaged[at]! ^= 0xff;
      await writeFile(file, damaged);
      await batchesOf(folder).catch((error: unknown) => {
        if (!(error instanceof SegueError)) throw error;
      });
    }
  }));
