import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Value } from '#typebox/value';
import { withTemporary } from '../../test/support/temporary.ts';
import { fileMemoryOf, present } from '../math/kernels/file-memory.ts';
import { Rng } from '../math/rng.ts';
import { als } from '../models/als/als.ts';
import type { AlsConfig } from '../models/als/config.ts';
import { arrayOf, arrayOnDemand, decodeArtifact, encodeArtifact } from '../models/artifact.ts';
import { modelQuery } from '../models/model.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { readOnDemand, receivedMemory, sentMemory } from './on-demand.ts';

const ROWS = 2000;
const table = Float32Array.from({ length: ROWS * 16 }, (_, i) => i + 1);
const artifact = {
  modelId: 'example',
  modelVersion: 1,
  config: {},
  catalogueId: '1-a',
  meta: {},
  arrays: { before: Int32Array.of(1, 2, 3), table, 'table.int8': new Int8Array(ROWS * 16), after: Float64Array.of(4) },
};
const open = async (path: string): Promise<typeof artifact> =>
  decodeArtifact((await readOnDemand(path, 0, 0))!, 'the file') as typeof artifact;

/** Damage in the middle of the table's bytes. */
function damaged(bytes: Uint8Array): Uint8Array {
  const twin = Uint8Array.from(bytes);
  twin[twin.length >> 1]! ^= 1;
  return twin;
}

test('of a column with a copy in int8 only the rows that are asked for are read, in every thread', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'a.model');
    await writeFile(path, encodeArtifact(artifact));
    const read = await open(path);
    assert.deepEqual([read.arrays.before, read.arrays.after], [artifact.arrays.before, artifact.arrays.after]);
    const late = arrayOnDemand(read, 'table', 'Float32Array', table.length);
    assert.ok(late.every((x) => x === 0));
    for (const row of [0, 1999, 700, 701]) {
      const own = [row * 16, row * 16 + 16] as const;
      assert.deepEqual(present(late.subarray(...own)), table.subarray(...own));
    }
    assert.ok(
      late.subarray(300 * 16, 400 * 16).every((x) => x === 0),
      'other rows are not read',
    );
    const other = receivedMemory(sentMemory(fileMemoryOf(late)!));
    assert.ok(!other.isLater(read.arrays.before) && other.isLater(late));
    const there = new Float32Array(other.bytes.buffer as ArrayBuffer, late.byteOffset, late.length);
    other.fill(there.subarray(320 * 16, 321 * 16));
    assert.deepEqual(late.subarray(320 * 16, 321 * 16), table.subarray(320 * 16, 321 * 16));
    assert.deepEqual(arrayOf(read, 'table', 'Float32Array'), table);
    assert.deepEqual(encodeArtifact(read), encodeArtifact(artifact));
  }));

test('damage in what is read on demand is found in the background, all other damage at once', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'a.model');
    const whole = encodeArtifact(artifact);
    await writeFile(path, damaged(whole));
    const { arrays } = await open(path);
    for (let i = 0; ; i++) {
      try {
        present(arrays.table.subarray(16 * i, 16 * i + 16));
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'FILE_UNREADABLE');
        break;
      }
      assert.ok(i < ROWS, 'the check ends before all rows were asked for');
      await wait(10);
    }
    const twin = Uint8Array.from(whole);
    twin[twin.length - 3]! ^= 1;
    await writeFile(path, twin);
    await assert.rejects(open(path), { code: 'FILE_UNREADABLE' });
    await writeFile(path, whole.subarray(0, 70_000));
    await assert.rejects(open(path), { code: 'FILE_UNREADABLE' });
    await writeFile(path, 'no container');
    await assert.rejects(open(path), { code: 'FILE_UNREADABLE' });
    assert.equal(await readOnDemand(join(dir, 'none'), 0), null);
  }));

test('a file that was replaced goes on giving its own rows; a thread that comes later is refused', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'a.model');
    await writeFile(path, encodeArtifact(artifact));
    const { arrays } = await open(path);
    await writeFile(join(dir, 'b.model'), encodeArtifact({ ...artifact, meta: { newer: true } }));
    await rename(join(dir, 'b.model'), path);
    assert.deepEqual(present(arrays.table), table);
    assert.throws(() => receivedMemory(sentMemory(fileMemoryOf(arrays.table)!)), { code: 'INTERNAL' });
    assert.ok((await readFile(path)).length > 0);
  }));

test('als answers and explains over a file that is read on demand as it does over all of it', () =>
  withTemporary(async (dir) => {
    const dataset = demoDataset({ tracks: 300, playlists: 120, seed: 3 });
    const settings = { ...(Value.Default(als.config, {}) as AlsConfig), factors: 16, iterations: 2 };
    const fitted = await als.fit(dataset, settings, { rng: new Rng(1) });
    const path = join(dir, 'als.model');
    await writeFile(path, encodeArtifact(fitted.toArtifact()));
    const late = als.load(decodeArtifact((await readOnDemand(path, 0, 0))!, 'als'), dataset);
    const query = modelQuery({ seeds: [5, 17, 60], weights: [1, 2, -1] });
    assert.deepEqual(late.recommend(query, 20), fitted.recommend(query, 20));
    assert.deepEqual(late.explain(query, 33), fitted.explain(query, 33));
    assert.deepEqual(late.similar(17, 9), fitted.similar(17, 9));
    assert.deepEqual(late.vectors(), fitted.vectors());
    assert.deepEqual(encodeArtifact(late.toArtifact()), encodeArtifact(fitted.toArtifact()));
    fitted.dispose();
    late.dispose();
  }));
