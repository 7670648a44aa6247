import assert from 'node:assert/strict';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { transpose } from '../math/csr.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { type Arrays, encodeContainer, KIND, readContainers, writePieces } from './container.ts';
import { encodeDataset, readDataset } from './dataset-file.ts';

const dataset = demoDataset({ tracks: 200, playlists: 60, seed: 2 });

test('the inverted index is saved in shared memory; a file of an earlier version does without, a wrong one is refused', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'segue-dataset-'));
  const path = join(dir, 'dataset.bin');
  const write = async (pieces: Uint8Array[]): Promise<void> => {
    const file = await open(path, 'w');
    await writePieces(file, pieces);
    await file.close();
  };
  try {
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
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
