import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { hasMoreFrames } from './id3-frames.ts';

const sevenBits = (n: number): number[] => [(n >> 21) & 127, (n >> 14) & 127, (n >> 7) & 127, n & 127];
const eightBits = (n: number, bytes: number): number[] =>
  Array.from({ length: bytes }, (_, i) => (n >> (8 * (bytes - 1 - i))) & 255);
/** A tag of the version whose frames have so many bytes each. */
function tag(version: 2 | 3 | 4, sizes: readonly number[], padding = 0): Buffer {
  const frames = sizes.map((size) =>
    Buffer.concat([
      Buffer.from(version === 2 ? 'TXX' : 'TXXX'),
      Buffer.from(version === 2 ? eightBits(size, 3) : version === 3 ? eightBits(size, 4) : sevenBits(size)),
      Buffer.alloc(version === 2 ? 0 : 2),
      Buffer.alloc(size, 0x41),
    ]),
  );
  const body = Buffer.concat([...frames, Buffer.alloc(padding)]);
  return Buffer.concat([Buffer.from('ID3'), Buffer.from([version, 0, 0, ...sevenBits(body.length)]), body]);
}

test('frames are counted by their headers in all versions; pictures, padding and what follows count for nothing', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'a.mp3');
    const more = async (bytes: Buffer, most: number): Promise<boolean> => {
      await writeFile(path, bytes);
      return hasMoreFrames(path, most);
    };
    for (const version of [2, 3, 4] as const) {
      const sizes = [0, 200, 3, 70_000, 1];
      assert.equal(await more(tag(version, sizes), 4), true, `${version}`);
      assert.equal(await more(tag(version, sizes), 5), false, `${version}`);
      assert.equal(await more(Buffer.concat([tag(version, sizes, 100), tag(version, sizes)]), 5), false, `${version}`);
    }
    assert.equal(await more(tag(4, [9, 9]).subarray(0, 30), 1), false, 'cut in the second frame');
    assert.equal(await more(Buffer.from('RIFF, not a tag at all'), 0), false);
    assert.equal(await more(Buffer.alloc(0), 0), false);
  }));
