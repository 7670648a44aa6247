import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SegueError } from '../errors.ts';
import { ARTIFACT_VERSION, type Artifact, arrayOf, checkArtifact, decodeArtifact, encodeArtifact } from './artifact.ts';

const example: Artifact = {
  modelId: 'example',
  modelVersion: 3,
  config: { factors: 8, name: 'ä' },
  catalogueId: '5-abc',
  meta: { curve: [3, 2, 1.5], note: null },
  arrays: {
    bytes: Uint8Array.of(1, 2, 3),
    factors: Float32Array.of(0.5, -1.25, Number.NaN),
    empty: new Int32Array(0),
    exact: Float64Array.of(Math.PI),
    short: Int16Array.of(-5, 5),
  },
};
const saved = encodeArtifact(example);

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof SegueError, String(error));
    return error.code;
  }
  return 'accepted';
};

test('decode gives what was encoded, and encoding it again the same bytes', () => {
  const decoded = decodeArtifact(saved, 'a file');
  assert.deepEqual(decoded, example);
  assert.deepEqual(encodeArtifact(decoded), saved);
});

test('a buffer that starts anywhere in memory decodes too', () => {
  for (let shift = 0; shift < 8; shift++) {
    const moved = new Uint8Array(saved.length + 8);
    moved.set(saved, shift);
    assert.deepEqual(decodeArtifact(moved.subarray(shift, shift + saved.length), 'a file').arrays, example.arrays);
  }
});

test('every truncation is refused', () => {
  for (let length = 0; length < saved.length; length++)
    assert.equal(
      code(() => decodeArtifact(saved.slice(0, length), 'a file')),
      'FILE_UNREADABLE',
      `${length} bytes`,
    );
});

test('every flipped bit of the mark is refused; a newer version says so', () => {
  for (let bit = 0; bit < 64; bit++) {
    const twin = saved.slice();
    twin[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(
      code(() => decodeArtifact(twin, 'a file')),
      'FILE_UNREADABLE',
    );
  }
  const newer = saved.slice();
  new DataView(newer.buffer).setUint32(8, ARTIFACT_VERSION + 1, true);
  assert.throws(() => decodeArtifact(newer, 'als.model'), { code: 'FORMAT_NEWER', message: /als\.model .*version/ });
});

test('no flipped bit in prefix or header escapes as anything but a coded error, or reads outside the file', () => {
  const headerEnd = 16 + new DataView(saved.buffer).getUint32(12, true);
  for (let at = 8; at < headerEnd; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const twin = saved.slice();
      twin[at]! ^= 1 << bit;
      const result = code(() => decodeArtifact(twin, 'a file'));
      assert.ok(['accepted', 'FILE_UNREADABLE', 'FORMAT_NEWER'].includes(result), `byte ${at}: ${result}`);
    }
  }
});

function withHeader(change: (header: Record<string, unknown>) => void): Uint8Array {
  const length = new DataView(saved.buffer).getUint32(12, true);
  const header = JSON.parse(new TextDecoder().decode(saved.subarray(16, 16 + length))) as Record<string, unknown>;
  change(header);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const twin = new Uint8Array(((16 + text.length + 7) & ~7) + 200);
  twin.set(saved.subarray(0, 12));
  new DataView(twin.buffer).setUint32(12, text.length, true);
  twin.set(text, 16);
  return twin;
}

test('headers that describe arrays wrongly are refused', () => {
  const lies: [string, (array: Record<string, unknown>) => void][] = [
    ['an unknown type', (a) => (a.type = 'BigInt64Array')],
    ['a type of the prototype', (a) => (a.type = 'constructor')],
    ['a negative length', (a) => (a.length = -1)],
    ['a broken length', (a) => (a.length = 1.5)],
    ['a huge length', (a) => (a.length = 2 ** 40)],
    ['a negative offset', (a) => (a.offset = -8)],
    ['an unaligned offset', (a) => (a.offset = 4)],
    ['an offset outside', (a) => (a.offset = 2 ** 33)],
    ['a name that is no text', (a) => (a.name = 5)],
    ['a name of the prototype', (a) => (a.name = '__proto__')],
    ['no offset', (a) => delete a.offset],
  ];
  for (const [name, lie] of lies) {
    const twin = withHeader((header) => lie((header.arrays as Record<string, unknown>[])[1]!));
    assert.equal(
      code(() => decodeArtifact(twin, 'a file')),
      'FILE_UNREADABLE',
      name,
    );
  }
  for (const field of ['modelId', 'modelVersion', 'config', 'catalogueId', 'meta', 'arrays'])
    assert.equal(
      code(() =>
        decodeArtifact(
          withHeader((h) => delete h[field]),
          'a file',
        ),
      ),
      'FILE_UNREADABLE',
      field,
    );
});

test('random bytes never decode', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      assert.equal(
        code(() => decodeArtifact(bytes, 'a file')),
        'FILE_UNREADABLE',
      );
    }),
  );
});

test('checkArtifact tells model, version and catalogue apart', () => {
  checkArtifact(example, 'example', 3, '5-abc');
  const mismatch = { code: 'MODEL_MISMATCH', message: /segue train/ };
  assert.throws(() => checkArtifact(example, 'other', 3, '5-abc'), mismatch);
  assert.throws(() => checkArtifact(example, 'example', 4, '5-abc'), mismatch);
  assert.throws(() => checkArtifact(example, 'example', 3, '6-abc'), mismatch);
});

test('arrayOf checks type and length', () => {
  assert.equal(arrayOf(example, 'bytes', 'Uint8Array', 3), example.arrays.bytes);
  for (const wrong of [
    () => arrayOf(example, 'bytes', 'Int8Array'),
    () => arrayOf(example, 'bytes', 'Uint8Array', 4),
    () => arrayOf(example, 'nothing', 'Uint8Array'),
  ])
    assert.equal(code(wrong), 'FILE_UNREADABLE');
});
