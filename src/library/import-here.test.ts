import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { emptyBatch } from '../dataset/rows.ts';
import { SegueError } from '../errors.ts';
import type { Source } from '../sources/source.ts';
import { tracks } from '../sources/tracks.ts';
import { Library } from './library.ts';

const TABLES = 40;
const row = (i: number): string => `t:${i},Song ${i},Artist ${i % 5},0.5\n`;

/** Reads tables as `tracks` does; those named "long" in two batches. */
const longer: Source = {
  ...tracks,
  read: async function* (file, options) {
    yield* tracks.read(file, options);
    if (file.includes('long'))
      yield { ...emptyBatch(), tracks: [{ uri: 't:0', year: 1999 }, { uri: `t:${file.length}` }] };
  },
};

test('many small tables are written behind those that are read, and merged from memory to what their segments give', () =>
  withTemporary(async (dir) => {
    const folder = join(dir, 'tables');
    await mkdir(folder);
    for (let k = 0; k < TABLES; k++)
      await writeFile(
        join(folder, `${k % 7 === 3 ? 'long-' : ''}${k}.csv`),
        `uri,name,artists,energy\n${row(k)}${row(k + 1)}${k % 5 === 0 ? ',no id,,\n' : ''}`,
      );
    await writeFile(join(folder, 'other.csv'), 'when,where\n1,2\n');
    await writeFile(join(folder, 'same.csv'), await readFile(join(folder, '1.csv')));
    const library = await Library.open(join(dir, 'library'));
    const report = await library.importFiles(longer, [folder]);
    assert.deepEqual([report.read, report.already, report.skipped.length], [TABLES + 1, 0, 1]);
    assert.deepEqual(
      report.rejections.map(({ count }) => count),
      [8],
    );
    const dataset = async (): Promise<Buffer> =>
      readFile(join(library.dir, (await readdir(library.dir)).find((name) => name.startsWith('dataset-'))!));
    const early = await dataset();
    assert.equal((await library.compact()).changed, false);
    assert.ok(early.equals(await dataset()));
    assert.equal((await readdir(join(library.dir, 'segments'))).length, TABLES);
  }));

test('a table that breaks off behind others leaves no half-written segment and no dataset', () =>
  withTemporary(async (dir) => {
    const paths = Array.from({ length: 6 }, (_, k) => join(dir, `${k}.csv`));
    for (const [k, path] of paths.entries())
      await writeFile(path, `uri,name,artists,energy\n${row(k)}${k === 5 ? '"' : ''}`);
    const library = await Library.open(join(dir, 'library'));
    await assert.rejects(
      library.importFiles(tracks, paths),
      (error: unknown) => error instanceof SegueError && error.code === 'FILE_UNREADABLE',
    );
    assert.equal(await library.datasetId(), null);
    const names = await readdir(join(library.dir, 'segments'));
    assert.deepEqual([names.length, names.filter((name) => !name.endsWith('.seg'))], [5, []]);
  }));

test('a table that breaks off behind its first batch leaves nothing of it in what the next import merges', () =>
  withTemporary(async (dir) => {
    const broken: Source = {
      ...tracks,
      read: async function* (file, options) {
        yield* tracks.read(file, options);
        if (!file.includes('long')) return;
        for (const uri of ['t:first', 't:second']) yield { ...emptyBatch(), tracks: [{ uri, year: 1999 }] };
        throw new SegueError('COLUMNS_MISSING', { got: 'a table that ends in another' });
      },
    };
    const folder = join(dir, 'tables');
    await mkdir(folder);
    for (const [k, name] of ['0.csv', '1-long.csv', '2.csv'].entries())
      await writeFile(join(folder, name), `uri,name,artists,energy\n${row(k)}`);
    const library = await Library.open(join(dir, 'library'));
    assert.equal((await library.importFiles(broken, [folder])).skipped.length, 1);
    const { vocabulary } = (await library.dataset()).tracks;
    assert.deepEqual(
      Array.from({ length: vocabulary.size }, (_, t) => vocabulary.id(t)),
      ['t:0', 't:2'],
    );
  }));
