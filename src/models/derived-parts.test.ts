import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DerivedParts, encodeDerived, viewDerived } from './derived-parts.ts';

const fileOf = (parts: DerivedParts, key = 'k'): Uint8Array => new Uint8Array(Buffer.concat(encodeDerived(parts, key)));

const parts: DerivedParts = {
  lengths: Float32Array.of(1, 0.5, 0.25),
  'a.rows': { rows: 2, columns: 3, ptr: Int32Array.of(0, 1, 3), idx: Int32Array.of(2, 0, 1), values: null },
  nested: { inner: { bytes: Uint8Array.of(7) }, count: 3 },
};

test('what a model derived comes back as it was, under its key and version alone', () => {
  const bytes = fileOf(parts);
  assert.deepEqual(viewDerived(bytes, 'k', false), parts);
  assert.equal(viewDerived(bytes, 'another', false), null);
});

test('every flipped bit is found', () => {
  const bytes = fileOf(parts);
  for (let at = 0; at < bytes.length; at++) {
    const twin = Uint8Array.from(bytes);
    twin[at]! ^= 1 << (at % 8);
    assert.throws(() => viewDerived(twin, 'k', false), { name: 'SegueError' }, `byte ${at}`);
  }
  assert.throws(() => viewDerived(bytes.subarray(0, bytes.length - 1), 'k', false), { code: 'FILE_UNREADABLE' });
});
