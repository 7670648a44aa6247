import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { decodeContainer, encodeContainer, KIND } from '../dataset/container.ts';
import { encodeDataset } from '../dataset/dataset-file.ts';
import { memoryForFile } from '../math/kernels/file-memory.ts';
import { demoDataset } from '../sources/demo/demo-dataset.ts';
import { isSound, keepSound, sumOf } from './sound-files.ts';
import { checkedDataset } from './state.ts';

const dataset = demoDataset({ tracks: 100, playlists: 30, seed: 2 });
const whole = (): Uint8Array => new Uint8Array(Buffer.concat(encodeDataset(dataset)));

test('every bit counts, wherever the bytes lie; those that are read later do not', () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
  const sum = sumOf(bytes, 0);
  assert.match(sum!, /^[0-9a-f]{32}$/);
  for (let bit = 0; bit < 8000; bit += 7) {
    const changed = bytes.slice();
    changed[bit >> 3]! ^= 1 << (bit & 7);
    assert.notEqual(sumOf(changed, 0), sum, `bit ${bit}`);
  }
  assert.notEqual(sumOf(bytes.subarray(0, 999), 0), sum);
  const memory = memoryForFile(1000)!;
  memory.bytes.set(bytes);
  assert.equal(sumOf(memory.bytes, 0), sum);
  assert.equal(memory.sum, sum, 'for the other threads');
  const later = memoryForFile(1000)!;
  later.bytes.set(bytes);
  later.readLater([{ from: 100, to: 200 }], () => {});
  assert.equal(sumOf(later.bytes, 0), sumOf(Buffer.concat([bytes.subarray(0, 100), bytes.subarray(200)]), 0));
  assert.equal(sumOf(bytes), null, 'so few bytes are checked');
});

test('what is remembered outlives the process, and is forgotten where it is damaged or of another version', () =>
  withTemporary(async (dir) => {
    assert.equal(await isSound(dir, 'a'), false);
    await keepSound(dir, 'a', 'a 1');
    for (let i = 0; i < 20; i++) await keepSound(dir, `b${i}`, `b${i} 1`);
    assert.deepEqual(await Promise.all(['a', 'b0', 'b19 1'].map((key) => isSound(dir, key))), [false, false, true]);
    const [file] = await readdir(dir);
    const text = await readFile(join(dir, file!), 'utf8');
    for (const wrong of [text.slice(1), text.replace('"version":1', '"version":2'), 'null']) {
      await writeFile(join(dir, file!), wrong);
      assert.equal(await isSound(dir, 'b19'), false, wrong.slice(0, 20));
    }
    await keepSound(join(dir, file!, 'none'), 'a');
  }));

test('a dataset that was found right is not checked again, one that differs in a bit is', () =>
  withTemporary(async (dir) => {
    const bytes = whole();
    const open = async (file: Uint8Array): Promise<string> =>
      checkedDataset(dir, file, 'the file', 0).then(
        ({ tracks, entriesChecksum }) => `${tracks.count} ${entriesChecksum}`,
        ({ code, message }) => `${code} ${message}`,
      );
    const right = `100 ${dataset.entriesChecksum}`;
    assert.deepEqual([await open(bytes), await open(bytes)], [right, right]);
    for (const at of [40, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const damaged = bytes.slice();
      damaged[at]! ^= 4;
      assert.match(await open(damaged), /^FILE_UNREADABLE .*damaged/, `byte ${at}`);
      assert.match(await open(damaged), /^FILE_UNREADABLE/, 'what was refused is not remembered');
    }
    const { meta, arrays } = decodeContainer(bytes, 'the file', '', '');
    const album = (arrays['track.album'] as Int32Array).slice().fill(9999, 0, 1);
    const outside = Buffer.concat(encodeContainer(KIND.dataset, meta, { ...arrays, 'track.album': album }));
    assert.match(await open(new Uint8Array(outside)), /out of range in column "track.album"/);
    // It is recognised by its checksum alone.
    await keepSound(dir, sumOf(new Uint8Array(outside), 0)!);
    assert.equal(await open(new Uint8Array(outside)), right);
  }));
