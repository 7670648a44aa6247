import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BatchColumns } from './batch-columns.ts';
import { encodeBatch } from './batch-encoder.ts';
import { batchArrays, batchColumns } from './batch-file.ts';
import { type Arrays, decodeContainer, encodeContainer, KIND, listArrays, stringArrays } from './container.ts';
import { emptyBatch, type OwnerRow, type TrackRow } from './rows.ts';

const batchOf = (tracks: readonly TrackRow[]): BatchColumns =>
  encodeBatch({ ...emptyBatch(), tracks: [...tracks] }).columns;
const read = (arrays: Arrays): BatchColumns =>
  batchColumns(decodeContainer(Buffer.concat(encodeContainer(KIND.batch, {}, arrays)), 'a.seg', 'a segment', ''));
const bytesOf = (arrays: Arrays): number => Object.values(arrays).reduce((sum, { byteLength }) => sum + byteLength, 0);

/** The columns as their numbers, whatever memory they lie in. */
const plain = (columns: BatchColumns): unknown =>
  JSON.parse(JSON.stringify(columns, (_, value) => (ArrayBuffer.isView(value) ? [...(value as Uint8Array)] : value)));

const IDS = Array.from({ length: 100 }, (_, i) => ({ uri: `tracks:${i}` }));
const KNOWN: readonly Partial<TrackRow>[] = [
  { name: 'A name' },
  { artists: [{ name: 'An artist' }] },
  { album: { name: 'An album' } },
  { year: 1999 },
  { popularity: 0 },
  { explicit: false },
  { durationMs: 1 },
  { genres: ['pop'] },
];

test('a batch is read as it was stored, whatever is known of its tracks; what is not takes no place', () => {
  const least = bytesOf(batchArrays(batchOf(IDS)));
  assert.ok(least < 100 * 15, `${least} bytes for URIs of 9 and their bounds`);
  for (const known of [{}, ...KNOWN, Object.assign({}, ...KNOWN) as Partial<TrackRow>])
    for (const at of [0, 99]) {
      const columns = batchOf(IDS.map((row, i) => (i === at ? { ...row, ...known } : row)));
      assert.deepEqual(plain(read(batchArrays(columns))), plain(columns), JSON.stringify(known));
    }
  const nothing = batchOf([]);
  assert.deepEqual(plain(read(batchArrays(nothing))), plain(nothing));
});

const PEOPLE: readonly OwnerRow[] = Array.from({ length: 50 }, (_, i) => ({
  id: `p:${i}`,
  kind: 'person',
  items: [i],
}));
const SAID: readonly Partial<OwnerRow>[] = [{ title: 'A title' }, { followers: 0 }, { modifiedAt: 0 }];
const peopleOf = (owners: readonly OwnerRow[]): BatchColumns =>
  encodeBatch({ ...emptyBatch(), tracks: IDS.slice(0, 50), owners: [...owners] }).columns;
const named = (uri: string | undefined): BatchColumns =>
  batchOf([
    { uri: 'a', artists: [{ name: 'A' }], album: { name: 'L' } },
    { uri: 'b', artists: [{ name: 'B', uri }], album: { name: 'M', uri } },
  ]);

test('the same of owners, and of URIs of artists and albums', () => {
  const least = bytesOf(batchArrays(peopleOf(PEOPLE))) - bytesOf(batchArrays(batchOf(IDS.slice(0, 50))));
  assert.ok(least < 50 * 18, `${least} bytes for ids of 4, their bounds, kinds and entries`);
  for (const said of [{}, ...SAID, Object.assign({}, ...SAID) as Partial<OwnerRow>])
    for (const at of [0, 49]) {
      const columns = peopleOf(PEOPLE.map((row, i) => (i === at ? { ...row, ...said } : row)));
      assert.deepEqual(plain(read(batchArrays(columns))), plain(columns), JSON.stringify(said));
    }
  for (const columns of [named(undefined), named('u:1')])
    assert.deepEqual(plain(read(batchArrays(columns))), plain(columns));
});

test('segments of earlier versions, with places for what is not known, are read too', () => {
  const columns = batchOf(IDS);
  const { name, artists, genres, album, year, popularity, explicit, durationMs } = columns.tracks;
  const before = {
    ...batchArrays(columns),
    ...stringArrays('name', name),
    ...listArrays('artists', artists),
    ...listArrays('genres', genres),
    album,
    year,
    popularity,
    explicit,
    durationMs,
  };
  assert.equal(before.year.length, 100);
  assert.deepEqual(plain(read(before)), plain(columns));
  const people = peopleOf(PEOPLE);
  const { title, followers, modifiedAt } = people.owners;
  const owners = {
    ...batchArrays(people),
    ...stringArrays('owner.title', title),
    'owner.followers': followers,
    'owner.modifiedAt': modifiedAt,
  };
  assert.equal(followers.length, 50);
  assert.deepEqual(plain(read(owners)), plain(people));
  const unnamed = named(undefined);
  const uris = {
    ...batchArrays(unnamed),
    ...stringArrays('named.uri', unnamed.named.uri),
    ...stringArrays('album.uri', unnamed.albums.uri),
  };
  assert.deepEqual(plain(read(uris)), plain(unnamed));
});

test('columns of a wrong length are refused', () => {
  const arrays = batchArrays(batchOf(IDS));
  const wrongs: Arrays[] = [
    { year: new Int16Array(99) },
    { album: new Int32Array(1).fill(-1) },
    { 'name.offsets': new Uint32Array(3) },
    { 'artists.ptr': new Int32Array(100) },
  ];
  for (const wrong of wrongs) assert.throws(() => read({ ...arrays, ...wrong }), { code: 'FILE_UNREADABLE' });
  const people = batchArrays(peopleOf(PEOPLE));
  const wrongOwners: Arrays[] = [
    { 'owner.followers': new Int32Array(49) },
    { 'owner.modifiedAt': new Float64Array(1) },
    { 'owner.title.offsets': new Uint32Array(3) },
  ];
  for (const wrong of wrongOwners) assert.throws(() => read({ ...people, ...wrong }), { code: 'FILE_UNREADABLE' });
});
