import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ZipFile } from 'yazl';
import { withTemporary } from '../../test/support/temporary.ts';
import type { Batch } from '../dataset/rows.ts';
import { SegueError } from '../errors.ts';
import { mpd } from './mpd.ts';

const failsAs = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;
const FULL = {
  pos: 0,
  artist_name: 'Missy Example',
  track_uri: 'spotify:track:1',
  artist_uri: 'spotify:artist:1',
  track_name: 'One',
  album_uri: 'spotify:album:1',
  duration_ms: 226863,
  album_name: 'Album',
};
const BARE = { artist_name: 'B', track_uri: 'spotify:track:2', track_name: 'Two' };

async function read(path: string): Promise<Batch> {
  const batches: Batch[] = [];
  for await (const batch of mpd.read(path)) batches.push(batch);
  assert.equal(batches.length, 1);
  return batches[0]!;
}

const slice = (...playlists: unknown[]): string => JSON.stringify({ info: { slice: '0-999' }, playlists });

test('reads all original fields, and copies that lack some', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'mpd.slice.0-999.json');
    const playlists = [
      {
        name: 'Throwbacks',
        collaborative: 'false',
        pid: 7,
        modified_at: 1493424000,
        num_followers: 3,
        tracks: [FULL, { ...BARE, pos: 1 }],
      },
      { pid: 8, tracks: [BARE, FULL] },
      { name: 123, pid: 9, tracks: [] },
    ];
    await writeFile(path, `\ufeff${slice(...playlists)}`);
    const { tracks, owners, rejections } = await read(path);
    assert.deepEqual(rejections, []);
    assert.deepEqual(tracks, [
      {
        uri: 'spotify:track:1',
        name: 'One',
        artists: [{ name: 'Missy Example', uri: 'spotify:artist:1' }],
        album: { name: 'Album', uri: 'spotify:album:1' },
        durationMs: 226863,
      },
      {
        uri: 'spotify:track:2',
        name: 'Two',
        artists: [{ name: 'B', uri: undefined }],
        album: undefined,
        durationMs: undefined,
      },
    ]);
    assert.deepEqual(
      owners.map(({ id, title, followers, modifiedAt, items }) => ({
        id,
        title,
        followers,
        modifiedAt,
        items: [...Array.from(items)],
      })),
      [
        { id: 'mpd:7', title: 'Throwbacks', followers: 3, modifiedAt: 1493424000, items: [0, 1] },
        { id: 'mpd:8', title: undefined, followers: undefined, modifiedAt: undefined, items: [1, 0] },
        { id: 'mpd:9', title: '123', followers: undefined, modifiedAt: undefined, items: [] },
      ],
    );
  }));

test('orders by pos where every entry has one', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'a.json');
    await writeFile(
      path,
      slice({
        pid: 1,
        tracks: [
          { ...FULL, pos: 30 },
          { ...BARE, pos: 4 },
        ],
      }),
    );
    const { tracks } = await read(path);
    assert.deepEqual(
      tracks.map((track) => track.name),
      ['Two', 'One'],
    );
  }));

test('bad playlists and entries are rejected by cause with their place, the rest is taken', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'mpd.slice.0-999.json');
    await writeFile(
      path,
      slice(
        null,
        { pid: 1 },
        { name: 'no number', tracks: [FULL] },
        { pid: 2, tracks: [null, { ...FULL, track_uri: '' }, FULL, 5] },
      ),
    );
    const { owners, rejections } = await read(path);
    assert.deepEqual(
      owners.map(({ items }) => Array.from(items)),
      [[0]],
    );
    assert.deepEqual(rejections, [
      { cause: 'playlist without a number (pid)', count: 2, firstAt: 'mpd.slice.0-999.json: playlist 1' },
      { cause: 'playlist without a list of tracks', count: 1, firstAt: 'mpd.slice.0-999.json: playlist 2' },
      { cause: 'entry without a track URI', count: 3, firstAt: 'mpd.slice.0-999.json: playlist 2, entry 1' },
    ]);
  }));

test('reads gzipped and zipped slices; chooses slices by number', () =>
  withTemporary(async (dir) => {
    const text = slice({ pid: 1, tracks: [FULL] });
    await writeFile(join(dir, 'mpd.slice.2000-2999.json.gz'), gzipSync(text));
    await writeFile(join(dir, 'mpd.slice.10000-10999.json'), text);
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from(text), 'data/mpd.slice.0-999.json');
    zip.end();
    await pipeline(zip.outputStream, createWriteStream(join(dir, 'mpd.zip')));
    const files = await mpd.files([dir]);
    assert.equal(files.length, 3);
    for (const file of files) assert.equal((await read(file)).owners.length, 1);
    const names = (paths: string[]): string[] => paths.map((path) => path.slice(dir.length + 1));
    assert.deepEqual(names(await mpd.files([dir], { slices: '2-9' })), ['mpd.slice.2000-2999.json.gz']);
    assert.deepEqual(names(await mpd.files([dir], { slices: '0' })), ['mpd.zip!data/mpd.slice.0-999.json']);
    await assert.rejects(mpd.files([dir], { slices: '50-60' }), failsAs('NOT_FOUND'));
    await assert.rejects(mpd.files([dir], { slices: '9-2' }), failsAs('USAGE'));
    await assert.rejects(mpd.files([dir], { slices: 'all' }), failsAs('USAGE'));
  }));

test('a slice that is not UTF-8 is read as Windows-1252 and counted', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'mpd.slice.0-999.json');
    const text = slice({ pid: 1, tracks: [{ ...FULL, artist_name: 'Beyoncé' }] });
    for (const encoding of ['latin1', 'utf-8'] as const) {
      await writeFile(path, Buffer.from(text, encoding));
      const { tracks, cleaning = {} } = await read(path);
      assert.equal(tracks[0]!.artists![0]!.name, 'Beyoncé', encoding);
      assert.deepEqual(Object.values(cleaning), encoding === 'latin1' ? [1] : [], encoding);
    }
  }));

test('corrupted twins are refused: JSON cut in half, gz cut in half, junk, other JSON', () =>
  withTemporary(async (dir) => {
    const text = slice({ pid: 1, tracks: [FULL, BARE] });
    const packed = gzipSync(text);
    const twins: [string, string | Buffer][] = [
      ['half.json', text.slice(0, text.length / 2)],
      ['half.json.gz', packed.subarray(0, packed.length / 2)],
      ['junk.json', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256))],
      ['empty.json', ''],
      ['other.json', '[1, 2]'],
      ['null.json', 'null'],
      ['object.json', '{"playlists": 5}'],
      ['deep.json', `{"playlists": [${'['.repeat(100)}${']'.repeat(100)}]}`],
    ];
    for (const [name, content] of twins) {
      await writeFile(join(dir, name), content);
      await assert.rejects(read(join(dir, name)), failsAs('FILE_UNREADABLE'), name);
    }
  }));
