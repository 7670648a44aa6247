import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { encodeDataset } from '../dataset/dataset-file.ts';
import { mpd } from '../sources/mpd.ts';
import { tracks } from '../sources/tracks.ts';
import { Library } from './library.ts';

async function written(dir: string): Promise<{ slices: string[]; table: string }> {
  const slices = [0, 1, 2].map((k) => join(dir, `mpd.slice.${k * 1000}-${k * 1000 + 999}.json`));
  for (const [k, path] of slices.entries()) {
    const entries = [k, k + 1, k + 2].map((t) => ({ track_uri: `spotify:track:${t}`, track_name: `Song ${t}` }));
    await writeFile(path, JSON.stringify({ playlists: [{ pid: k * 1000, name: `list ${k}`, tracks: entries }] }));
  }
  const table = join(dir, 'features.csv');
  await writeFile(table, 'track_id,energy,tempo\nspotify:track:1,0.5,120\n');
  return { slices, table };
}

const bytesOf = async (library: Library): Promise<Buffer> => Buffer.concat(encodeDataset(await library.dataset()));

test('a forgotten file leaves the library as if it had never been imported; importing it again brings it back', () =>
  withTemporary(async (dir) => {
    const { slices, table } = await written(dir);
    const library = await Library.open(join(dir, 'library'));
    await library.importFiles(mpd, slices);
    await library.importFiles(tracks, [table]);
    const whole = await bytesOf(library);

    const without = await Library.open(join(dir, 'without'));
    await without.importFiles(mpd, [slices[0]!, slices[2]!]);
    const report = await library.forget({ files: [slices[1]!, 'features.csv'] });
    assert.deepEqual(report.forgotten, [
      { source: 'mpd', file: 'mpd.slice.1000-1999.json' },
      { source: 'tracks', file: 'features.csv' },
    ]);
    assert.deepEqual([report.before.owners, report.library.owners], [3, 2]);
    assert.deepEqual(await bytesOf(library), await bytesOf(without));
    assert.equal(await library.datasetId(), await without.datasetId());
    assert.equal((await readdir(join(library.dir, 'segments'))).length, 2);

    assert.equal((await library.importFiles(mpd, slices)).read, 1);
    await library.importFiles(tracks, [table]);
    assert.notDeepEqual(await bytesOf(library), whole, 'what comes back takes the numbers behind the others');
    await library.compact();
    assert.deepEqual(await bytesOf(library), whole);
  }));

test('all of a source goes by its name; without any file the library is empty and takes new ones', () =>
  withTemporary(async (dir) => {
    const { slices, table } = await written(dir);
    const library = await Library.open(join(dir, 'library'));
    await library.importFiles(mpd, slices);
    await library.importFiles(tracks, [table]);
    const { library: left } = await library.forget({ files: [], source: 'mpd' });
    assert.deepEqual([left.owners, left.tracks], [0, 1]);
    assert.equal((await library.forget({ files: ['features.csv'] })).library.tracks, 0);
    await assert.rejects(library.dataset(), { code: 'LIBRARY_EMPTY' });
    assert.deepEqual((await readdir(library.dir)).sort(), ['manifest.json', 'segments']);
    assert.deepEqual(await readdir(join(library.dir, 'segments')), []);
    assert.equal((await library.importFiles(mpd, slices)).library.owners, 3);
  }));

test('what is not there is named, and nothing changes', () =>
  withTemporary(async (dir) => {
    const { slices } = await written(dir);
    const library = await Library.open(join(dir, 'library'));
    await assert.rejects(library.forget({ files: ['x.json'] }), { code: 'LIBRARY_EMPTY' });
    assert.ok(!(await readdir(dir)).includes('library'), 'no folder is made for it');
    await library.importFiles(mpd, slices);
    const before = await readFile(join(library.dir, 'manifest.json'), 'utf8');
    await assert.rejects(library.forget({ files: [] }), { code: 'USAGE' });
    await assert.rejects(library.forget({ files: [slices[0]!, 'mpd.slice.7000-7999.json'] }), {
      code: 'NOT_FOUND',
      message: /no file "mpd.slice.7000-7999.json".*mpd\.slice\.0-999\.json/,
    });
    await assert.rejects(library.forget({ files: [], source: 'tracks' }), { code: 'NOT_FOUND', message: /one of mpd/ });
    assert.equal(await readFile(join(library.dir, 'manifest.json'), 'utf8'), before);
  }));
