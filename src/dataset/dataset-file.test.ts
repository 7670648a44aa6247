import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDataset } from '../../test/support/read-dataset.ts';
import { transpose } from '../math/csr.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { AUDIO_FEATURES } from './audio-features.ts';
import { DatasetBuilder } from './builder.ts';
import { type Arrays, encodeContainer, KIND, readContainers, writePieces } from './container.ts';
import type { Dataset } from './dataset.ts';
import { encodeDataset } from './dataset-file.ts';
import { emptyBatch } from './rows.ts';
import { openShared, shareDataset } from './shared-dataset.ts';

const dataset = demoDataset({ tracks: 200, playlists: 60, seed: 2 });

/** A file in a folder of its own, and what writes it anew. */
async function withFile(
  test: (path: string, write: (pieces: Uint8Array[]) => Promise<void>) => Promise<void>,
): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'segue-dataset-'));
  const path = join(dir, 'dataset.bin');
  try {
    await test(path, async (pieces) => {
      const file = await open(path, 'w');
      await writePieces(file, pieces);
      await file.close();
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

test('the look-up table of the tracks is saved; a wrong one is refused, and a file of an earlier version does without', async () =>
  withFile(async (path, write) => {
    await write(encodeDataset(dataset));
    const { tracks } = openShared(shareDataset(readDataset(path)));
    assert.ok(tracks.vocabulary.hasTable && tracks.vocabulary.table.buffer instanceof SharedArrayBuffer);
    for (let t = 0; t < tracks.count; t++) assert.equal(tracks.vocabulary.indexOf(tracks.vocabulary.id(t)), t);
    assert.equal(tracks.vocabulary.indexOf('none'), -1);
    const { meta, arrays } = [...readContainers(path, '')][0]!;
    const { 'track.id.table': saved, ...former } = arrays;
    const table = saved as Int32Array;
    await write(encodeContainer(KIND.dataset, meta, former));
    assert.equal(readDataset(path).tracks.vocabulary.hasTable, false);
    const taken = table.findIndex((slot) => slot !== 0);
    const free = table.indexOf(0);
    for (const wrong of [
      table.slice(0, 256).fill(1),
      table.slice(1),
      table.with(taken, 0),
      table.with(free, 1),
      table.with(taken, 201),
    ]) {
      await write(encodeContainer(KIND.dataset, meta, { ...former, 'track.id.table': wrong }));
      assert.throws(() => readDataset(path), { code: 'FILE_UNREADABLE' });
    }
  }));

test('a large file is written in parts, and can be given up between them', () =>
  withFile(async (path, write) => {
    await write([]);
    const piece = new Uint8Array(40 << 20);
    const sizes: number[] = [];
    const file = await open(path, 'w');
    const stop = new Error('stopped');
    const writing = writePieces(file, [piece, piece], () => {
      sizes.push(statSync(path).size >> 20);
      if (sizes.length === 3) throw stop;
    });
    await assert.rejects(writing, stop);
    await file.close();
    assert.deepEqual(sizes, [0, 32, 40]);
  }));

test('the inverted index is saved in shared memory; a file of an earlier version does without, a wrong one is refused', async () =>
  withFile(async (path, write) => {
    await write(encodeDataset(dataset));
    const read = readDataset(path);
    assert.deepEqual(read.byTrack, transpose(dataset.byOwner));
    assert.ok(
      read.byTrack.idx.buffer === read.byOwner.idx.buffer && read.byTrack.idx.buffer instanceof SharedArrayBuffer,
    );
    const { meta, arrays } = [...readContainers(path, '')][0]!;
    const { 'holders.ptr': ptr, 'holders.idx': idx, ...former } = arrays;
    const { holders: _, ...formerMeta } = meta;
    await write(encodeContainer(KIND.dataset, formerMeta, former));
    assert.deepEqual(readDataset(path).byTrack, read.byTrack);
    const outside = (idx as Int32Array).slice();
    outside[3] = dataset.owners.count;
    const short = { 'holders.ptr': ptr!, 'holders.idx': idx!.slice(1) };
    const twins: Arrays[] = [{}, { 'holders.ptr': ptr! }, { 'holders.ptr': ptr!, 'holders.idx': outside }, short];
    for (const holders of twins) {
      await write(encodeContainer(KIND.dataset, meta, { ...former, ...holders }));
      assert.throws(() => readDataset(path), { code: 'FILE_UNREADABLE' });
    }
  }));

test('a library without audio features has an empty column of them; files of earlier versions, full of NaN, are read and grow to the same bytes', async () =>
  withFile(async (path, write) => {
    const row = (i: number) => ({ uri: `a:${i}`, name: `Song ${i}`, features: { tempo: 0 } });
    const built = (rows: number[], base?: Dataset): Dataset => {
      const builder = base ? DatasetBuilder.from(base) : new DatasetBuilder();
      builder.add({ ...emptyBatch(), tracks: rows.map(row) });
      return builder.finish();
    };
    const bare = built([0, 1]);
    assert.equal(bare.tracks.features.length, 0, 'a tempo of 0 is none');
    assert.ok(!bare.hasFeatures(1) && Number.isNaN(bare.feature(1, 3)));
    await write(encodeDataset(bare));
    const { meta, arrays } = [...readContainers(path, '')][0]!;
    assert.equal(readDataset(path).tracks.features.length, 0);
    const former = { ...arrays, 'track.features': new Float32Array(2 * AUDIO_FEATURES.length).fill(Number.NaN) };
    await write(encodeContainer(KIND.dataset, meta, former));
    const old = readDataset(path);
    assert.ok(!old.hasFeatures(1) && Number.isNaN(old.feature(1, 3)));
    const bytes = (dataset: Dataset): Buffer => Buffer.concat(encodeDataset(dataset));
    assert.deepEqual(bytes(built([2], old)), bytes(built([2], bare)));
    await write(
      encodeContainer(KIND.dataset, meta, { ...arrays, 'track.features': new Float32Array(AUDIO_FEATURES.length) }),
    );
    assert.throws(() => readDataset(path), { code: 'FILE_UNREADABLE' });
  }));

test('the fingerprint of the catalogue is saved and shared; a file of an earlier version does without', async () =>
  withFile(async (path, write) => {
    await write(encodeDataset(dataset));
    const { meta, arrays } = [...readContainers(path, '')][0]!;
    assert.equal(meta.catalogueId, dataset.catalogueId);
    await write(encodeContainer(KIND.dataset, { ...meta, catalogueId: '1-saved' }, arrays));
    const read = readDataset(path);
    assert.equal(read.catalogueId, '1-saved', 'it is not worked out again');
    assert.equal(openShared(shareDataset(read)).catalogueId, '1-saved');
    const { catalogueId: _, ...former } = meta;
    await write(encodeContainer(KIND.dataset, former, arrays));
    assert.equal(readDataset(path).catalogueId, dataset.catalogueId);
  }));
