import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { datasetOf, randomDataset } from '../../test/support/small-dataset.ts';
import { withTemporary } from '../../test/support/temporary.ts';
import { DatasetBuilder } from '../dataset/builder.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { SegueError } from '../errors.ts';
import { parquetSet } from '../sources/parquet-set/parquet-set.ts';
import { exportParquet } from './export-parquet.ts';

async function readBack(folder: string): Promise<Dataset> {
  const builder = new DatasetBuilder();
  for await (const batch of parquetSet.read(folder)) builder.add(batch);
  return builder.finish();
}

function assertSame(read: Dataset, written: Dataset): void {
  assert.equal(read.catalogueId, written.catalogueId);
  assert.deepEqual(read.byOwner, written.byOwner);
  assert.deepEqual(read.times, written.times);
  for (const column of [
    'year',
    'popularity',
    'explicit',
    'durationMs',
    'features',
    'song',
    'artists',
    'names',
  ] as const)
    assert.deepEqual(read.tracks[column], written.tracks[column], column);
  const genres = (d: Dataset, t: number): string[] =>
    Array.from(d.tracks.genres.idx.subarray(d.tracks.genres.ptr[t]!, d.tracks.genres.ptr[t + 1]!), (g) =>
      d.genres.id(g),
    );
  for (let t = 0; t < read.tracks.count; t++) assert.deepEqual(genres(read, t), genres(written, t));
  assert.deepEqual(read.owners.titles, written.owners.titles);
  assert.deepEqual(read.owners.kind, written.owners.kind);
}

test('what is exported and imported again is the same library, in one part or many', () =>
  withTemporary(async (folder) => {
    const dataset = randomDataset(5);
    await exportParquet(dataset, join(folder, 'whole'));
    assertSame(await readBack(join(folder, 'whole')), dataset);
    const report = await exportParquet(dataset, join(folder, 'parts'), { fileRows: 50, groupRows: 20 });
    assert.equal(report.tracks.files, Math.ceil(dataset.tracks.count / 50));
    assert.equal(report.entries.rows, dataset.byOwner.idx.length);
    assertSame(await readBack(join(folder, 'parts')), dataset);
  }));

test('weights, times and owners without entries come back', () =>
  withTemporary(async (folder) => {
    const dataset = datasetOf(
      [{ uri: 'a:1', name: 'One' }, { uri: 'a:2' }],
      [
        { id: 'o:1', kind: 'person', items: [1, 0], weights: [3, 0.5], times: [100, Number.NaN] },
        { id: 'o:2', items: [] },
        { id: 'o:3', items: [0] },
      ],
    );
    await exportParquet(dataset, join(folder, 'set'));
    assertSame(await readBack(join(folder, 'set')), dataset);
  }));

test('a full folder is refused, and a stopped export leaves nothing behind', () =>
  withTemporary(async (folder) => {
    const full = join(folder, 'full');
    await mkdir(full);
    await writeFile(join(full, 'mine.txt'), 'mine');
    await assert.rejects(exportParquet(randomDataset(1), full), /already holds 1 entry/);
    const signal = AbortSignal.abort();
    await assert.rejects(
      exportParquet(randomDataset(1), join(folder, 'set'), { signal }),
      (error) => error instanceof SegueError && error.code === 'CANCELLED',
    );
    assert.deepEqual(await readdir(folder), ['full']);
  }));
