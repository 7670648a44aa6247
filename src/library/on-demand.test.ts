import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Value } from '#typebox/value';
import { withTemporary } from '../../test/support/temporary.ts';
import { fileMemoryOf, present } from '../math/kernels/file-memory.ts';
import { Rng } from '../math/rng.ts';
import { RowsOnDemand } from '../math/rows-on-demand.ts';
import { als } from '../models/als/als.ts';
import type { AlsConfig } from '../models/als/config.ts';
import { type Artifact, arrayOf, arrayOnDemand, decodeArtifact, encodeArtifact } from '../models/artifact.ts';
import { BY_ROWS } from '../models/by-rows.ts';
import type { HybridConfig } from '../models/hybrid/config.ts';
import { hybrid } from '../models/hybrid/hybrid.ts';
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
  decodeArtifact((await readOnDemand(path, BY_ROWS, 0, 0))!, 'the file') as typeof artifact;

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
    present(there.subarray(320 * 16, 321 * 16));
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
    assert.equal(await readOnDemand(join(dir, 'none'), BY_ROWS, 0), null);
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
    const late = als.load(decodeArtifact((await readOnDemand(path, BY_ROWS, 0, 0))!, 'als'), dataset);
    const query = modelQuery({ seeds: [5, 17, 60], weights: [1, 2, -1] });
    assert.deepEqual(late.recommend(query, 20), fitted.recommend(query, 20));
    assert.deepEqual(late.explain(query, 33), fitted.explain(query, 33));
    assert.deepEqual(late.similar(17, 9), fitted.similar(17, 9));
    assert.deepEqual(late.vectors(), fitted.vectors());
    assert.deepEqual(encodeArtifact(late.toArtifact()), encodeArtifact(fitted.toArtifact()));
    fitted.dispose?.();
    late.dispose?.();
  }));

test('hybrid answers and explains over indexes that are read by rows as it does over all of them', () =>
  withTemporary(async (dir) => {
    const dataset = demoDataset({ tracks: 500, playlists: 250, seed: 4 });
    const settings = { ...(Value.Default(hybrid.config, {}) as HybridConfig), folds: 2, trees: 5, leastOwners: 50 };
    const fitted = await hybrid.fit(dataset, settings, { rng: new Rng(1) });
    const path = join(dir, 'hybrid.model');
    const whole = encodeArtifact(fitted.toArtifact());
    await writeFile(path, whole);
    // Not checked, as for a file that was verified before.
    const read = decodeArtifact((await readOnDemand(path, BY_ROWS, 0))!, 'hybrid', true);
    const index = read.arrays['byWork.idx']!;
    assert.ok(
      index.every((owner) => owner === 0),
      'no row of an index is read before it is asked for',
    );
    const late = hybrid.load(read, dataset);
    for (const query of [
      modelQuery({ seeds: dataset.tracksOf(9).slice(0, 6), title: 'rock' }),
      modelQuery({ seeds: Int32Array.of(3) }),
      modelQuery({ title: 'summer rock' }),
    ]) {
      const list = fitted.recommend(query, 40);
      assert.deepEqual(late.recommend(query, 40), list);
      for (const track of list.tracks.subarray(0, 5))
        assert.deepEqual(late.explain!(query, track), fitted.explain!(query, track));
    }
    assert.deepEqual(encodeArtifact(late.toArtifact()), whole);
    fitted.dispose?.();
    late.dispose?.();
  }));

const rows = {
  rows: 3000,
  columns: 90,
  ptr: Int32Array.from({ length: 3001 }, (_, r) => 10 * r),
  idx: Int32Array.from({ length: 30_000 }, (_, e) => e % 90),
  values: Float32Array.from({ length: 30_000 }, (_, e) => e),
};
const indexed = {
  ...artifact,
  arrays: { 'artists.idx': rows.idx, 'artists.values': rows.values, 'artists.ptr': rows.ptr },
};
const rowsOf = ({ arrays }: Pick<Artifact, 'arrays'>): RowsOnDemand =>
  new RowsOnDemand({
    ...rows,
    idx: arrays['artists.idx'] as Int32Array,
    values: arrays['artists.values'] as Float32Array,
    ptr: arrays['artists.ptr'] as Int32Array,
  });

test('rows of an index are read when they are asked for, and all of them once the check has found them right', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'a.model');
    await writeFile(path, encodeArtifact(indexed));
    const read = decodeArtifact((await readOnDemand(path, BY_ROWS, 0, 0))!, 'the file', true);
    const some = rowsOf(read);
    const { idx, values } = some.holding(Int32Array.of(2999, 0, 1500), 2);
    for (const row of [0, 2999]) {
      assert.deepEqual(idx.subarray(10 * row, 10 * row + 10), rows.idx.subarray(10 * row, 10 * row + 10));
      assert.deepEqual(values!.subarray(10 * row, 10 * row + 10), rows.values.subarray(10 * row, 10 * row + 10));
    }
    assert.ok(
      values!.subarray(15_000, 15_010).every((x) => x === 0),
      'row 1500 was not among the first two',
    );
    const parts = fileMemoryOf(idx)!.partsOf(idx);
    while (!parts.every(({ isWhole }) => isWhole)) await wait(10);
    assert.deepEqual([idx, fileMemoryOf(idx)!.partsOf(idx).length], [rows.idx, 1]);
    assert.deepEqual(rowsOf(read).whole.values, rows.values);
  }));

test('a number out of range is found when its row is read, any other damage by the check', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'a.model');
    const twin = { ...indexed, arrays: { ...indexed.arrays, 'artists.idx': rows.idx.slice() } };
    const whole = encodeArtifact(twin);
    for (const wrong of [-1, 90]) {
      twin.arrays['artists.idx'][20_000] = wrong;
      await writeFile(path, encodeArtifact(twin));
      const damagedRows = rowsOf(decodeArtifact((await readOnDemand(path, BY_ROWS, 0))!, 'the file', true));
      damagedRows.entries(0, 10);
      assert.throws(() => damagedRows.entries(20_000, 20_010), { code: 'FILE_UNREADABLE' });
      assert.throws(() => damagedRows.entries(0, 10), { code: 'FILE_UNREADABLE' }, 'what is damaged is used no longer');
    }
    await writeFile(path, damaged(whole));
    const read = decodeArtifact((await readOnDemand(path, BY_ROWS, 0, 0))!, 'the file', true);
    const memory = fileMemoryOf(read.arrays['artists.idx']!)!;
    while (!memory.isDamaged) await wait(10);
    assert.throws(() => rowsOf(read).entries(0, 10), { code: 'FILE_UNREADABLE' });
  }));
