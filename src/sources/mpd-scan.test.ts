import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { withTemporary } from '../../test/support/temporary.ts';
import type { CleanBatch } from '../dataset/batch-columns.ts';
import { encodeBatch } from '../dataset/batch-encoder.ts';
import { mpd } from './mpd.ts';
import { scanSlice } from './mpd-scan.ts';

const bytesOf = (slice: unknown, indent?: number): Buffer => Buffer.from(JSON.stringify(slice, null, indent));

/** What the way through rows makes of the same bytes. */
async function throughRows(dir: string, bytes: Buffer): Promise<CleanBatch> {
  const path = join(dir, 'slice.json');
  await writeFile(path, bytes);
  for await (const batch of mpd.read(path)) return encodeBatch(batch);
  throw new Error('a slice is one batch');
}

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.option(fc.option(value), { nil: undefined });
const text = fc.constantFrom('', 'One', 'Ünï “quoted” \\ "x"', 'tab\there', '日本語', 'Two');
const entry = fc.record({
  artist_name: maybe(text),
  track_uri: fc.constantFrom('spotify:track:a', 'spotify:track:b', 'spotify:track:c', 'é'),
  artist_uri: maybe(fc.constantFrom('spotify:artist:x', 'spotify:artist:y', '')),
  track_name: maybe(text),
  album_uri: maybe(fc.constantFrom('spotify:album:x', '')),
  duration_ms: maybe(fc.constantFrom(0, 1, 200_000, -5, 1e12, 1234.5)),
  album_name: maybe(text),
  extra: maybe(fc.json()),
});
const playlist = fc.record({
  name: maybe(text),
  pid: fc.integer(),
  modified_at: maybe(fc.integer({ min: 0 })),
  num_followers: maybe(fc.integer({ min: -1, max: 9 })),
  tracks: fc.array(entry, { maxLength: 6 }),
  description: maybe(text),
});

test('gives the same columns, counts and cleaning as the way through rows', () =>
  withTemporary(async (dir) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(playlist, { maxLength: 5 }),
        fc.constantFrom(undefined, 4),
        async (playlists, indent) => {
          const bytes = bytesOf({ info: { slice: '0-999' }, playlists }, indent);
          const scanned = scanSlice(bytes);
          assert.ok(scanned);
          assert.deepEqual(scanned, await throughRows(dir, bytes));
        },
      ),
      { numRuns: 200 },
    );
  }));

test('texts with escapes in ASCII are the texts that they stand for', () => {
  const plain = {
    playlists: [
      {
        pid: 1,
        name: 'Beyoncé',
        tracks: [{ track_uri: 'a', track_name: 'Café', artist_name: 'Beyoncé', album_name: 'É' }],
      },
    ],
  };
  const escaped = JSON.stringify(plain).replaceAll(
    /[é É]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  assert.deepEqual(scanSlice(Buffer.from(`\ufeff${escaped}`)), scanSlice(bytesOf(plain)));
});

test('leaves everything unusual to the way through rows', () => {
  const entry = { track_uri: 'spotify:track:a', track_name: 'A', artist_name: 'B' };
  const of = (...tracks: unknown[]): unknown => ({ playlists: [{ pid: 1, tracks }] });
  const sound = of({ ...entry, pos: 0 }, { ...entry, pos: 4 });
  assert.ok(scanSlice(bytesOf(sound)));
  const unusual: unknown[] = [
    of({ ...entry, pos: 4 }, { ...entry, pos: 0 }),
    of(null),
    of({ track_name: 'no URI' }),
    of({ ...entry, track_uri: 5 }),
    of({ ...entry, track_name: 1984 }),
    { playlists: [{ pid: '1', tracks: [entry] }] },
    { playlists: [{ tracks: [entry] }] },
    { playlists: [{ pid: 1 }] },
    { playlists: [{ pid: 1, name: 7, tracks: [] }] },
    { playlists: {} },
    { other: [] },
    [],
  ];
  for (const slice of unusual) assert.equal(scanSlice(bytesOf(slice)), null, JSON.stringify(slice));
  const bytes = bytesOf(sound);
  for (const cut of [0, 1, 20, bytes.length - 1]) assert.equal(scanSlice(bytes.subarray(0, cut)), null);
  assert.equal(scanSlice(Buffer.concat([bytes, Buffer.from('x')])), null);
  assert.equal(scanSlice(Buffer.from([0x7b, 0xff, 0x7d])), null);
});

/** Every UTF-16 unit beyond ASCII as an escape, also halves of pairs that stand alone. */
const escapeAll = (json: string): string =>
  json.replaceAll(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

test('escaped texts become the same bytes as through JSON.parse: pairs, lone halves, every short escape', () =>
  withTemporary(async (dir) => {
    // One kind of lone half at a time: as bytes both are U+FFFD, so two names that differ in nothing else would be one.
    for (const half of ['\ud83d', '\ude00']) {
      const unit = fc.constantFrom('a', 'é', '日', half, '😀', '"', '\\', '/', '\b\f\n\r\t', '\u0001');
      const words = fc.array(unit, { minLength: 1, maxLength: 24 }).map((units) => units.join(''));
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(words, words, words), { minLength: 1, maxLength: 8 }), async (texts) => {
          const tracks = texts.map(([uri, name, artist]) => ({
            track_uri: uri,
            track_name: name,
            artist_name: artist,
            album_name: name,
          }));
          const bytes = Buffer.from(escapeAll(JSON.stringify({ playlists: [{ pid: 1, name: texts[0]![0], tracks }] })));
          assert.deepEqual(scanSlice(bytes), await throughRows(dir, bytes));
        }),
        { numRuns: 150 },
      );
    }
  }));

/** Whether the text is taken where anything may stand, and where a number is looked for. */
const taken = (text: string): boolean => scanSlice(Buffer.from(`{"other":${text},"playlists":[]}`)) !== null;

test('takes every JSON text', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
      assert.ok(taken(JSON.stringify(JSON.parse(text), null, indent)));
    }),
    { numRuns: 300 },
  );
  for (const text of ['-0.5e+3', '[1e2,0,-0,12345678901234567890,0.1]', '"\\u00e9\\n\\/"', ' { "a" : [ ] } '])
    assert.ok(taken(text));
});

test('refuses what JSON.parse refuses: any character of a text left out, doubled or replaced', () => {
  const valid = '{"a":[1,-2.5e3,true,false,null,"x\\n\\u00e9"],"b":{"c":""}}';
  const broken = fc.tuple(
    fc.nat(valid.length - 1),
    fc.constantFrom('', '"', ',', '}', ']', '\\', '0', 'x', '\u0001', '.', '-'),
    fc.boolean(),
  );
  fc.assert(
    fc.property(broken, ([at, put, keep]) => {
      const text = valid.slice(0, at) + put + valid.slice(keep ? at : at + 1);
      let fails = false;
      try {
        JSON.parse(`{"other":${text},"playlists":[]}`);
      } catch {
        fails = true;
      }
      assert.equal(taken(text), !fails, text);
    }),
    { numRuns: 3000 },
  );
  assert.ok(!taken('['.repeat(100) + ']'.repeat(100)), 'deeper than any slice');
});

test('reads every form of a number', async () => {
  for (const text of ['0', '-5', '200000', '1234.5', '2e5', '1E+3', '123456789012345678', '-0', '0.5']) {
    const bytes = Buffer.from(
      `{"playlists":[{"pid":1,"modified_at":${text},"tracks":[{"track_uri":"a","duration_ms":${text}}]}]}`,
    );
    await withTemporary(async (dir) => assert.deepEqual(scanSlice(bytes), await throughRows(dir, bytes), text));
  }
  for (const text of ['01', '1.', '.5', '+1', '1e', '--1', '0x1'])
    assert.equal(scanSlice(Buffer.from(`{"playlists":[{"pid":1,"modified_at":${text},"tracks":[]}]}`)), null, text);
});

test('of a key that comes twice the last counts in both readers, also when it is null; impossible times are unknown', () => {
  const slice = (playlist: string): Buffer =>
    Buffer.from(`{"playlists":[{"pid":1,${playlist},"tracks":[{"track_uri":"spotify:track:a"}]}]}`);
  for (const [playlist, title] of [
    ['"name":"a","name":null', ''],
    ['"name":"a","name":"b"', 'b'],
    ['"name":null,"name":"b"', 'b'],
    ['"name":"a","modified_at":1e999', 'a'],
  ] as const) {
    const fast = scanSlice(slice(playlist));
    assert.equal(fast?.columns.owners.title.get(0), title, playlist);
    assert.ok(Number.isNaN(fast?.columns.owners.modifiedAt[0]));
  }
});
