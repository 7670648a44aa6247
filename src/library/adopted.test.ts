import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parquetWriteFile } from 'hyparquet-writer';
import { withTemporary } from '../../test/support/temporary.ts';
import { type ErrorCode, SegueError } from '../errors.ts';
import { parquetSchemaOf, type SetTable } from '../sources/parquet-set/tables.ts';
import { readJob, readJobTable } from './adopted.ts';

const TABLE: SetTable = {
  name: 'factors',
  meaning: 'vectors',
  columns: [
    { name: 'track', type: 'int32', required: true, meaning: 'number' },
    { name: 'vector', type: 'floats', required: true, meaning: 'vector' },
  ],
};

const refused =
  (code: ErrorCode, words: RegExp) =>
  (error: unknown): boolean =>
    error instanceof SegueError && error.code === code && words.test(error.message);

async function writeVectors(
  folder: string,
  part: string,
  tracks: number[],
  vectors: (number | null)[][],
): Promise<void> {
  await mkdir(join(folder, 'factors'), { recursive: true });
  parquetWriteFile({
    filename: join(folder, 'factors', part),
    schema: parquetSchemaOf(TABLE),
    columnData: [
      { name: 'track', data: tracks },
      { name: 'vector', data: vectors },
    ],
  });
}

test('parts are joined; vectors are flat', () =>
  withTemporary(async (folder) => {
    await writeVectors(folder, 'part-1.parquet', [5], [[3, 4]]);
    await writeVectors(
      folder,
      'part-0.parquet',
      [1, 2],
      [
        [1, 2],
        [0, -1],
      ],
    );
    const { rows, columns } = await readJobTable(folder, TABLE);
    assert.equal(rows, 3);
    assert.deepEqual([...columns.track!], [1, 2, 5]);
    assert.deepEqual([...columns.vector!], [1, 2, 0, -1, 3, 4]);
  }));

test('NaN, vectors of several lengths and a missing table are one sentence each', () =>
  withTemporary(async (folder) => {
    await assert.rejects(readJobTable(folder, TABLE), refused('FILE_UNREADABLE', /no table factors/));
    await writeVectors(
      folder,
      'part-0.parquet',
      [1, 2],
      [
        [1, 2],
        [0, Number.NaN],
      ],
    );
    await assert.rejects(readJobTable(folder, TABLE), refused('FILE_UNREADABLE', /vector in row 2/));
    await writeVectors(folder, 'part-0.parquet', [1, 2], [[1, 2], [0]]);
    await assert.rejects(readJobTable(folder, TABLE), refused('FILE_UNREADABLE', /vector in row 2/));
  }));

test('a job that did not finish, is damaged or newer is refused', () =>
  withTemporary(async (folder) => {
    await assert.rejects(readJob(folder), refused('FILE_UNREADABLE', /no job\.json/));
    await writeFile(join(folder, 'job.json'), '{"model":"als"}');
    await assert.rejects(readJob(folder), refused('FILE_UNREADABLE', /damaged/));
    await writeFile(join(folder, 'job.json'), '{"version":9}');
    await assert.rejects(readJob(folder), refused('FORMAT_NEWER', /version 9/));
  }));
