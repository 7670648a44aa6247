import assert from 'node:assert/strict';
import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { readExport, writeExport, zipExport } from '../../../test/support/exports.ts';
import { withTemporary } from '../../../test/support/temporary.ts';

const stream = (n: number, rest: object = {}): object => ({
  ts: new Date(Date.UTC(2024, 0, 1) + n * 300_000).toISOString(),
  ms_played: 200_000,
  ip_addr: '203.0.113.7',
  user_agent_decrypted: 'SecretAgent/1.0',
  username: 'someone@example.org',
  master_metadata_track_name: `Song "${n}" \\ [${n}]`,
  master_metadata_album_artist_name: 'The Lanterns, {live}',
  spotify_track_uri: `spotify:track:${String(n).padStart(22, '0')}`,
  skipped: false,
  ...rest,
});
const watched = (n: number): object => ({
  header: 'YouTube Music',
  title: `Watched Song ${n}`,
  titleUrl: `https://music.youtube.com/watch?v=video00000${n}`,
  subtitles: [{ name: 'The Lanterns - Topic', url: 'x' }],
  time: `2024-03-01T10:0${n}:00Z`,
});
const before = new Set(await readdir(tmpdir()));
const refusal = (pattern: RegExp) => (error: { code?: string; message: string; stack?: string }) => {
  assert.equal(error.code, 'FILE_UNREADABLE');
  assert.match(error.message, pattern);
  assert.doesNotMatch(error.message, /\n|\bat .*:\d+:\d+/);
  return true;
};

test('a zip, the folder it was packed from and its single files give the same rows', () =>
  withTemporary(async (dir) => {
    const files = {
      'My Data/Streaming_History_Audio_2023_0.json': JSON.stringify([stream(1), stream(2)]),
      'My Data/Streaming_History_Audio_2024_1.json': JSON.stringify([stream(2), stream(3)]),
      'My Data/ReadMe.txt': 'What the files mean.',
      '__MACOSX/My Data/._Streaming_History_Audio_2024_1.json': JSON.stringify([stream(9)]),
    };
    await writeExport(join(dir, 'folder'), files);
    const zip = await readExport([await zipExport(join(dir, 'my_spotify_data.zip'), files)]);
    const folder = await readExport([join(dir, 'folder')]);
    const single = await readExport(
      ['2023_0', '2024_1'].map((part) => join(dir, `folder/My Data/Streaming_History_Audio_${part}.json`)),
    );
    assert.equal(zip.rows.filter(({ kind }) => kind === 'play').length, 3);
    assert.deepEqual(folder.rows, zip.rows);
    assert.deepEqual(single.rows, zip.rows);
    assert.deepEqual(zip.causes, { 'the same play twice': 1 });
    assert.equal(zip.aside.length, 1);
  }));

test('archives in archives are read, as the parts of a Takeout in a zip of the person, to a bounded depth', () =>
  withTemporary(async (dir) => {
    const parts = {
      'takeout-1-001.zip': { 'Takeout/YouTube/history/watch-history.json': JSON.stringify([watched(1), watched(2)]) },
      'takeout-1-002.zip': {
        'Takeout/YouTube/playlists/Trip-videos.csv':
          'Video ID,Playlist Video Creation Timestamp\nvideo000001,2024-03-01T10:00:00+00:00\n',
        'Takeout/photos/a.jpg': 'no text',
      },
      'pictures.zip': { 'a.jpg': 'no text' },
    };
    const packed: Record<string, Buffer> = {};
    for (const [name, files] of Object.entries(parts))
      packed[name] = await readFile(await zipExport(join(dir, 'parts', name), files));
    const apart = await readExport([join(dir, 'parts')]);
    assert.equal(apart.rows.filter(({ kind }) => kind === 'play').length, 2);
    const list = apart.rows.find((row) => row.kind === 'playlist');
    // The song of a list is named in another part.
    assert.equal(list?.items[0]?.song.title, 'Song 1');
    const together = await zipExport(join(dir, 'all.zip'), packed);
    assert.deepEqual((await readExport([together])).rows, apart.rows);
    const mailed = await zipExport(join(dir, 'mailed.zip'), { 'all.zip': await readFile(together) });
    assert.deepEqual((await readExport([mailed])).rows, apart.rows);
    const deep = await zipExport(join(dir, 'deep.zip'), { 'mailed.zip': await readFile(mailed) });
    await assert.rejects(readExport([deep]), refusal(/deep\.zip contains no personal export/));
    const left = await readdir(tmpdir());
    assert.deepEqual(
      left.filter((name) => name.startsWith('segue-archive-') && !before.has(name)),
      [],
      'nothing of an inner archive stays on the disk',
    );
  }));

test('an inner archive that is damaged, or none, is refused with its name', () =>
  withTemporary(async (dir) => {
    const inner = await readFile(
      await zipExport(join(dir, 'inner.zip'), { 'endsong_0.json': JSON.stringify([stream(1)]) }),
    );
    const cut = await zipExport(join(dir, 'cut.zip'), { 'inner.zip': inner.subarray(0, inner.length >> 1) });
    await assert.rejects(readExport([cut]), refusal(/cut\.zip!inner\.zip/));
    const none = await zipExport(join(dir, 'none.zip'), { 'inner.zip': Buffer.alloc(1 << 20) });
    await assert.rejects(readExport([none]), refusal(/inner\.zip.*not a zip archive/));
  }));

test('private sessions are taken when asked for', () =>
  withTemporary(async (dir) => {
    const path = await writeExport(dir, { 'endsong_0.json': JSON.stringify([stream(1, { incognito_mode: true })]) });
    assert.equal((await readExport([path])).rows.filter(({ kind }) => kind === 'play').length, 0);
    assert.equal((await readExport([path], { incognito: true })).rows.filter(({ kind }) => kind === 'play').length, 1);
  }));

test('no row holds an address, a user agent, a name of an account or an e-mail address', () =>
  withTemporary(async (dir) => {
    const path = await writeExport(dir, { 'endsong_0.json': JSON.stringify([stream(1), stream(2)]) });
    const text = JSON.stringify((await readExport([path])).rows);
    for (const secret of ['203.0.113.7', 'SecretAgent', 'someone', 'example.org']) assert.ok(!text.includes(secret));
  }));

test('entries are read alike however the bytes are cut', () =>
  withTemporary(async (dir) => {
    // More than several reads of the file system, with quotes, brackets and letters of several bytes on every cut.
    const rows = Array.from({ length: 9000 }, (_, n) =>
      stream(n, { master_metadata_track_name: `Ünïcödé "${n}" ]},{[ \\` }),
    );
    const path = await writeExport(dir, { 'a.json': `\uFEFF ${JSON.stringify(rows, null, 1)}\n` });
    const plays = (await readExport([path])).rows.filter(({ kind }) => kind === 'play');
    assert.equal(plays.length, 9000);
    assert.ok(plays.every((row, n) => row.kind === 'play' && row.song.title === `Ünïcödé "${n}" ]},{[ \\`));
  }));

test('what follows the end of a list is refused', () =>
  withTemporary(async (dir) => {
    const path = await writeExport(dir, { 'a.json': `${JSON.stringify([stream(1)])} garbage` });
    await assert.rejects(readExport([path]), refusal(/a\.json/));
  }));

test('a web page in the place of an export is told as one, alone and in a zip', () =>
  withTemporary(async (dir) => {
    const page = '<!DOCTYPE html><html><body>Sign in</body></html>';
    const path = await writeExport(dir, { 'Streaming_History_Audio_2024_1.json': page });
    await assert.rejects(readExport([path]), refusal(/web page/));
    const zip = await zipExport(join(dir, 'x.zip'), { 'Streaming_History_Audio_2024_1.json': page });
    await assert.rejects(readExport([zip]), refusal(/web page/));
  }));

test('a foreign zip is refused with what was expected', () =>
  withTemporary(async (dir) => {
    const zip = await zipExport(join(dir, 'photos.zip'), { 'photo.jpg': 'x', 'notes.json': '{"a":1}' });
    await assert.rejects(readExport([zip]), refusal(/photos\.zip contains no personal export.*Spotify/));
    const empty = await zipExport(join(dir, 'pictures.zip'), { 'photo.jpg': 'x' });
    await assert.rejects(readExport([empty]), refusal(/pictures\.zip/));
  }));

test('XML that names outside entities, or ones of its own, is refused and reads nothing', () =>
  withTemporary(async (dir) => {
    await writeFile(join(dir, 'secret.txt'), 'SECRET');
    for (const entity of [`SYSTEM "file://${dir}/secret.txt"`, '"ten times as long"']) {
      const path = join(dir, 'Library.xml');
      const track = '<key>Tracks</key><dict><key>1</key><dict><key>Name</key><string>&x;</string></dict></dict>';
      const plist = `<plist version="1.0"><dict><key>Major Version</key><integer>1</integer>${track}</dict></plist>`;
      await writeFile(path, `<?xml version="1.0"?>\n<!DOCTYPE plist [<!ENTITY x ${entity}>]>\n${plist}`);
      await assert.rejects(readExport([path]), refusal(/Library\.xml/));
    }
  }));

test('a damaged zip is refused: cut off, and no zip at all', () =>
  withTemporary(async (dir) => {
    const zip = await zipExport(join(dir, 'a.zip'), { 'endsong_0.json': JSON.stringify([stream(1)]) });
    const bytes = await readFile(zip);
    await writeFile(zip, bytes.subarray(0, bytes.length >> 1));
    await assert.rejects(readExport([zip]), refusal(/a\.zip/));
    const none = await writeExport(dir, { 'b.zip': 'no zip' });
    await assert.rejects(readExport([none]), refusal(/b\.zip/));
  }));

test('a bomb of 5 GB is refused after a bounded part of it', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'bomb.zip');
    await writeBomb(path, `[${JSON.stringify(stream(1))}, `, 5 * 2 ** 30);
    const before = process.resourceUsage().maxRSS;
    await assert.rejects(readExport([path]), refusal(/bomb\.zip!endsong_0\.json/));
    assert.ok(process.resourceUsage().maxRSS - before < 200 * 1024, 'memory stayed bounded');
  }));

/**
 * A zip whose only member begins like an export and goes on with spaces. The deflated bytes are repeated stored and run-length blocks
 * written by hand, since packing 5 GB takes long.
 */
async function writeBomb(path: string, beginning: string, size: number): Promise<void> {
  const head = Buffer.from(beginning);
  const name = Buffer.from('endsong_0.json');
  const { deflateRawSync, constants } = await import('node:zlib');
  const block = deflateRawSync(Buffer.alloc(1 << 20, 0x20), { finishFlush: constants.Z_FULL_FLUSH });
  const start = deflateRawSync(head, { finishFlush: constants.Z_FULL_FLUSH });
  const end = deflateRawSync(Buffer.alloc(0));
  const blocks = Math.ceil(size / 2 ** 20);
  const packed = start.length + blocks * block.length + end.length;
  const unpacked = Math.min(0xfffffffe, head.length + blocks * 2 ** 20);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(crc32(head), 14);
  local.writeUInt32LE(packed, 18);
  local.writeUInt32LE(unpacked, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(20, 4);
  central.writeUInt16LE(20, 6);
  central.writeUInt16LE(8, 10);
  local.copy(central, 16, 14, 26);
  central.writeUInt16LE(name.length, 28);
  const tail = Buffer.alloc(22);
  tail.writeUInt32LE(0x06054b50, 0);
  tail.writeUInt16LE(1, 8);
  tail.writeUInt16LE(1, 10);
  tail.writeUInt32LE(46 + name.length, 12);
  tail.writeUInt32LE(30 + name.length + packed, 16);
  const file = await open(path, 'w');
  try {
    await file.write(Buffer.concat([local, name, start]));
    const many = Buffer.concat(Array.from({ length: 256 }, () => block));
    for (let i = 0; i < blocks; i += 256) await file.write(many.subarray(0, Math.min(256, blocks - i) * block.length));
    await file.write(Buffer.concat([end, central, name, tail]));
  } finally {
    await file.close();
  }
}

test('a line of JSON that nests deeper than any is left out, the others are taken', () =>
  withTemporary(async (dir) => {
    const listen = (n: number, rest: object = {}): string =>
      JSON.stringify({
        listened_at: 1_600_000_000 + 300 * n,
        track_metadata: { artist_name: 'A', track_name: `${n}` },
        ...rest,
      });
    const deep = listen(2).replace(/}$/, `,"x":${'['.repeat(40_000)}${']'.repeat(40_000)}}`);
    const long = listen(3, { x: 'a'.repeat(100_000) });
    await writeExport(dir, { '3.jsonl': `${[listen(1), deep, long].join('\n')}\n` });
    const { rows, causes } = await readExport([join(dir, '3.jsonl')]);
    assert.deepEqual(
      rows.map((row) => row.kind === 'play' && row.song.title),
      ['1', '3'],
    );
    assert.deepEqual(causes, { 'line of another shape': 1 });
  }));

test('JSON of more values than any export holds is refused before it is parsed', () =>
  withTemporary(async (dir) => {
    await writeExport(dir, { 'YourLibrary.json': `{"tracks":[{}${',{}'.repeat(4_000_001)}]}` });
    await assert.rejects(readExport([join(dir, 'YourLibrary.json')]), refusal(/holds more than 8000000 values/));
  }));

test('JSON that nests deeper than any export is refused before it is parsed, as a list and as a whole', () =>
  withTemporary(async (dir) => {
    const nested = `${'['.repeat(100)}${']'.repeat(100)}`;
    const files = {
      'Streaming_History_Audio_2024_1.json': `[${JSON.stringify(stream(1))},${nested}]`,
      'YourLibrary.json': `{"tracks":[{"artist":"A","album":"B","track":"C","uri":"spotify:track:${'a'.repeat(22)}"}],"albums":[],"bannedTracks":[],"bannedArtists":[],"x":${nested}}`,
    };
    await writeExport(dir, files);
    for (const name of Object.keys(files))
      await assert.rejects(readExport([join(dir, name)]), refusal(/nests deeper than 64 levels/));
  }));
