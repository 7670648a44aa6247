import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { CONTAINER_VERSION, encodeContainer, KIND } from '../dataset/container.ts';
import { SegueError } from '../errors.ts';
import { type Artifact, arrayOf, checkArtifact, decodeArtifact, encodeArtifact } from './artifact.ts';

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

test('every flipped bit anywhere in the file is refused', () => {
  for (let bit = 0; bit < 8 * saved.length; bit++) {
    const twin = saved.slice();
    twin[bit >> 3]! ^= 1 << (bit & 7);
    const refused = code(() => decodeArtifact(twin, 'a file'));
    // A higher version number may be a later version's.
    const expected =
      bit >> 3 >= 8 && bit >> 3 < 12 && bit > 64 ? /^FILE_UNREADABLE$|^FORMAT_NEWER$/ : /^FILE_UNREADABLE$/;
    assert.match(refused, expected, `bit ${bit & 7} of byte ${bit >> 3}`);
  }
});

test('bytes behind the end are refused', () => {
  for (const more of [1, 7, 8, 64])
    assert.equal(
      code(() => decodeArtifact(Buffer.concat([saved, Buffer.alloc(more)]), 'a file')),
      'FILE_UNREADABLE',
    );
});

test('a newer version says so; so does the format that had no checksums', () => {
  const newer = saved.slice();
  new DataView(newer.buffer).setUint32(8, CONTAINER_VERSION + 1, true);
  assert.throws(() => decodeArtifact(newer, 'als.model'), { code: 'FORMAT_NEWER', message: /als\.model .*version/ });
  const former = Buffer.from('SEGUEMDL\x01\0\0\0\x02\0\0\0{}', 'latin1');
  assert.throws(() => decodeArtifact(former, 'als.model'), { code: 'FORMAT_OLD', message: /als\.model .*segue train/ });
});

test('a container of something else is no model', () => {
  const other = Buffer.concat(encodeContainer(KIND.batch, { ...described(example) }, {}));
  assert.equal(
    code(() => decodeArtifact(other, 'a file')),
    'FILE_UNREADABLE',
  );
});

const described = ({ arrays: _, ...description }: Artifact): Omit<Artifact, 'arrays'> => description;

/** The example with a header that was changed and has the checksum of the change. */
function withHeader(
  change: (header: { meta: Record<string, unknown>; arrays: Record<string, unknown>[] }) => void,
): Uint8Array {
  const before = new DataView(saved.buffer);
  const length = before.getUint32(12, true);
  const header = JSON.parse(new TextDecoder().decode(saved.subarray(32, 32 + length)));
  change(header);
  const text = new TextEncoder().encode(JSON.stringify(header));
  const body = saved.subarray(Math.ceil((32 + length) / 8) * 8);
  const start = Math.ceil((32 + text.length) / 8) * 8;
  const twin = new Uint8Array(start + body.length);
  twin.set(saved.subarray(0, 32));
  const view = new DataView(twin.buffer);
  view.setUint32(12, text.length, true);
  view.setUint32(16, crc32(text), true);
  twin.set(text, 32);
  twin.set(body, start);
  return twin;
}

test('headers that describe arrays wrongly are refused', () => {
  assert.deepEqual(
    decodeArtifact(
      withHeader(() => {}),
      'a file',
    ),
    example,
  );
  const lies: [string, (array: Record<string, unknown>) => void][] = [
    ['an unknown type', (a) => (a.type = 'BigInt64Array')],
    ['a type of the prototype', (a) => (a.type = 'constructor')],
    ['a negative length', (a) => (a.length = -1)],
    ['a broken length', (a) => (a.length = 1.5)],
    ['a huge length', (a) => (a.length = 2 ** 40)],
    ['a negative offset', (a) => (a.offset = -8)],
    ['an unaligned offset', (a) => (a.offset = 4)],
    ['an offset in another array', (a) => (a.offset = 0)],
    ['an offset outside', (a) => (a.offset = 2 ** 33)],
    ['a name that is no text', (a) => (a.name = 5)],
    ['a name of the prototype', (a) => (a.name = '__proto__')],
    ['no offset', (a) => delete a.offset],
    ['no checksum', (a) => delete a.crc],
  ];
  for (const [name, lie] of lies) {
    const twin = withHeader((header) => lie(header.arrays[1]!));
    assert.equal(
      code(() => decodeArtifact(twin, 'a file')),
      'FILE_UNREADABLE',
      name,
    );
  }
  for (const field of ['modelId', 'modelVersion', 'config', 'catalogueId', 'meta'])
    assert.equal(
      code(() =>
        decodeArtifact(
          withHeader((h) => delete h.meta[field]),
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
