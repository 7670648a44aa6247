import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDataset } from '../../test/support/read-dataset.ts';
import { randomDataset } from '../../test/support/small-dataset.ts';
import { withTemporary } from '../../test/support/temporary.ts';
import { SegueError } from '../errors.ts';
import { writeFileWhole } from '../library/files.ts';
import { DatasetBuilder } from './builder.ts';
import { CONTAINER_VERSION, encodeContainer, KIND, readContainers } from './container.ts';
import type { Dataset } from './dataset.ts';
import { encodeDataset } from './dataset-file.ts';
import { emptyBatch } from './rows.ts';

const bytesOf = (dataset: Dataset): Uint8Array => Buffer.concat(encodeDataset(dataset));
const failsAs = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;

test('a dataset is read back as it was written, to the same bytes', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'dataset.bin');
    const dataset = randomDataset(1);
    await writeFileWhole(path, bytesOf(dataset));
    const back = readDataset(path);
    assert.equal(back.catalogueId, dataset.catalogueId);
    assert.deepEqual(back.byOwner, dataset.byOwner);
    assert.deepEqual(back.tracks.features, dataset.tracks.features);
    assert.deepEqual(Buffer.from(bytesOf(back)), Buffer.from(bytesOf(dataset)));
  }));

test('an empty dataset can be kept too', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'dataset.bin');
    const builder = new DatasetBuilder();
    builder.add(emptyBatch());
    await writeFileWhole(path, bytesOf(builder.finish()));
    assert.equal(readDataset(path).tracks.count, 0);
  }));

test('a dataset that is cut anywhere, or has any bit changed, is refused', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'dataset.bin');
    const whole = bytesOf(randomDataset(2, 40, 10));
    const refused = async (bytes: Uint8Array): Promise<void> => {
      await writeFile(path, bytes);
      assert.throws(
        () => readDataset(path),
        (e) => failsAs('FILE_UNREADABLE')(e) || failsAs('FORMAT_NEWER')(e),
      );
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), (length) => refused(whole.subarray(0, length))),
      { numRuns: 60 },
    );
    // Bits of the padding between arrays mean nothing; every other one is in the header or under a checksum.
    await writeFile(path, whole);
    const before = readDataset(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (at, bit) => {
        const changed = whole.slice();
        changed[at]! ^= 1 << bit;
        await writeFile(path, changed);
        let read: Dataset | null = null;
        try {
          read = readDataset(path);
        } catch (error) {
          assert.ok(error instanceof SegueError, String(error));
        }
        if (read) assert.deepEqual(Buffer.from(bytesOf(read)), Buffer.from(bytesOf(before)));
      }),
      { numRuns: 300 },
    );
  }));

test('a newer version and other files are refused by name', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'dataset.bin');
    const bytes = bytesOf(randomDataset(3, 20, 5));
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(8, CONTAINER_VERSION + 1, true);
    await writeFile(path, bytes);
    assert.throws(() => readDataset(path), failsAs('FORMAT_NEWER'));
    await writeFile(path, 'some other file, longer than the beginning of a container');
    assert.throws(() => readDataset(path), failsAs('FILE_UNREADABLE'));
    await writeFile(path, '');
    assert.throws(() => readDataset(path), failsAs('FILE_UNREADABLE'));
    assert.throws(() => readDataset(join(dir, 'absent')), failsAs('FILE_UNREADABLE'));
  }));

test('what a getter does not expect is refused: type, length, order of offsets, range', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'container.bin');
    const arrays = {
      a: Int32Array.of(0, 5),
      'l.ptr': Int32Array.of(0, 2, 1),
      'l.idx': Int32Array.of(0),
      's.heap': new Uint8Array(3),
      's.offsets': Uint32Array.of(0, 4),
    };
    await writeFileWhole(path, Buffer.concat(encodeContainer(KIND.batch, {}, arrays)));
    const [container] = [...readContainers(path, '')];
    const wrong = [
      () => container!.array('a', 'Float32Array'),
      () => container!.array('a', 'Int32Array', 3),
      () => container!.array('absent', 'Int32Array'),
      () => container!.ids('a', 2, 0, 5),
      () => container!.lists('l', 2, 1),
      () => container!.strings('s'),
    ];
    for (const get of wrong) assert.throws(get, failsAs('FILE_UNREADABLE'));
    assert.deepEqual([...container!.ids('a', 2, 0, 6)], [0, 5]);
  }));

test('array types that JavaScript has by inheritance are no types', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'container.bin');
    await writeFileWhole(path, Buffer.concat(encodeContainer(KIND.batch, {}, { a: new Int32Array(2) })));
    const text = (await readFile(path)).toString('latin1');
    assert.match(text, /"Int32Array"/);
    await writeFile(path, Buffer.from(text.replace('"Int32Array"', '"toString" '), 'latin1'));
    assert.throws(() => [...readContainers(path, '')], failsAs('FILE_UNREADABLE'));
  }));
