import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { datasetOf, randomDataset } from '../../test/support/small-dataset.ts';
import { withTemporary } from '../../test/support/temporary.ts';
import { Library } from '../library/library.ts';
import { Engine } from '../recommend/engine.ts';
import { MemoryLibrary } from '../recommend/memory-library.ts';
import { State } from '../recommend/state.ts';
import { mpd } from '../sources/mpd.ts';
import { Explorer } from './explorer.ts';

test('the map lies in the square, its columns are aligned, and it is made once', async () => {
  const explorer = new Explorer(await Engine.open(new MemoryLibrary(randomDataset(1))));
  const map = await explorer.map();
  const { header, points } = map;
  for (const column of header.columns) assert.equal(column.offset % 8, 0);
  const x = new Float32Array(points.buffer, points.byteOffset, header.count);
  assert.ok(x.every((value) => value >= -1 && value <= 1));
  assert.equal(await explorer.map(), map);
});

test('a catalogue of one track has a map', async () => {
  const library = new MemoryLibrary(datasetOf([{ uri: 'a:1', name: 'Only', artists: [{ name: 'One' }] }]));
  assert.equal((await new Explorer(await Engine.open(library)).map()).header.count, 1);
});

/** A state of an engine whose folder may hold something else by now. */
async function stateIn(dir: string): Promise<State> {
  const { dataset, models } = (await Engine.open(new MemoryLibrary(randomDataset(1)))).current;
  return new State(dataset, 'ordered', models, dir);
}

test('a folder that holds another dataset by now: the map is still of the one that was asked for', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'mpd.slice.0-999.json');
    const track = { pos: 0, track_uri: 'spotify:track:1', track_name: 'One', artist_name: 'A', duration_ms: 1000 };
    await writeFile(path, JSON.stringify({ info: {}, playlists: [{ name: 'p', pid: 1, tracks: [track] }] }));
    const library = await Library.open(join(dir, 'library'));
    await library.importFiles(mpd, [path]);
    assert.equal((await library.dataset()).tracks.count, 1);
    const state = await stateIn(join(dir, 'library'));
    const { header, points } = await new Explorer({ current: state }).map();
    assert.equal(header.count, state.dataset.tracks.count);
    const own = await new Explorer(await Engine.open(new MemoryLibrary(state.dataset))).map();
    assert.deepEqual(points, own.points);
  }));

test('a drawing that failed is tried again at the next call', () =>
  withTemporary(async (dir) => {
    const manifest = join(dir, 'manifest.json');
    await writeFile(manifest, '{');
    const state = await stateIn(dir);
    const explorer = new Explorer({ current: state });
    await assert.rejects(explorer.map());
    await rm(manifest);
    assert.equal((await explorer.map()).header.count, state.dataset.tracks.count);
  }));
