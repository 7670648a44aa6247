import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { combineCrc } from './crc-combine.ts';

test('the checksum of two pieces is that of the bytes one behind the other', () => {
  const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 7 + i) >>> 3);
  for (const [at, end] of [
    [0, 0],
    [0, 10],
    [10, 10],
    [1, 2],
    [123, 4567],
    [4999, 5000],
  ] as const)
    assert.equal(
      combineCrc(crc32(bytes.subarray(0, at)), crc32(bytes.subarray(at, end)), end - at),
      crc32(bytes.subarray(0, end)),
      `${at} ${end}`,
    );
});
