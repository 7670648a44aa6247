import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify, linksIn } from './classify.ts';
import { binaryKind, type FileLike, linesOfText, MAX_FILE_BYTES, readFile } from './read-file.ts';

const id = '2TVxnKdb3tqe1nhQWwwZCO';

test('links and URIs are found in any of their forms', () => {
  const text = `https://open.spotify.com/intl-de/track/${id}?si=x spotify:playlist:${id} open.spotify.com/embed/album/${id} spotify:track:short`;
  assert.deepEqual(
    linksIn(text).map((l) => l.type),
    ['track', 'playlist', 'album'],
  );
  assert.equal(classify(`spotify:artist:${id}`).kind, 'links');
});

test('a paste of several lines is a list without its decoration', () => {
  const entry = classify('1. Elton John - Tiny Dancer 6:17\n\n• “Hey Jude”\nArtist\tTitle\n99 Luftballons\n');
  assert.deepEqual(entry, {
    kind: 'list',
    lines: ['Elton John - Tiny Dancer', 'Hey Jude', 'Artist - Title', '99 Luftballons'],
  });
});

test('words are a title; nothing is nothing', () => {
  assert.deepEqual(classify('  rainy sunday '), { kind: 'words', text: 'rainy sunday' });
  assert.deepEqual(classify(' \n '), { kind: 'empty' });
  assert.deepEqual(classify('demo:track:00a1'), { kind: 'list', lines: ['demo:track:00a1'] });
});

test('classify bounds what it takes', () => {
  const entry = classify(`${'x'.repeat(10_000)}\n`.repeat(50));
  assert.ok(entry.kind === 'list' && entry.lines.every((line) => line.length <= 1000));
});

test('exports of several programs give their songs', () => {
  assert.deepEqual(linesOfText(`Spotify ID;Track Name\n${id};x\n`, 'a.csv'), [`spotify:track:${id}`]);
  assert.deepEqual(linesOfText('Artist,Album,Track\n"A, B",c,"d, e"\n', 'a.csv'), ['A - d, e']);
  const library = {
    tracks: [{ artist: 'A', album: 1, track: 'T', uri: `spotify:track:${id}` }],
    bannedTracks: [{ artist: 'X', track: 'Y' }],
  };
  assert.deepEqual(linesOfText(JSON.stringify(library), 'YourLibrary.json'), [`spotify:track:${id}`]);
  const history = [
    { artistName: 'A', trackName: 'short', msPlayed: 1_000 },
    { artistName: 'A', trackName: 'once', msPlayed: 60_000 },
    { artistName: 'A', trackName: 'twice', msPlayed: 60_000 },
    { artistName: 'A', trackName: 'twice', msPlayed: 60_000 },
  ];
  assert.deepEqual(linesOfText(JSON.stringify(history), 'x.json'), ['A - twice', 'A - once']);
  const playlists = {
    playlists: [{ name: 'P', items: [{ track: { trackName: 'T', artistName: 'A' } }, { track: null }] }],
  };
  assert.deepEqual(linesOfText(JSON.stringify(playlists), 'x.json'), ['A - T']);
  assert.equal(linesOfText('{"tracks": [', 'x.json'), null);
});

const fileOf = (name: string, bytes: Uint8Array<ArrayBuffer>, size = bytes.length): FileLike => ({
  name,
  size,
  stream: () => new Blob([bytes]).stream(),
});

test('files that are not lists are refused in a sentence', async () => {
  const { signal } = new AbortController();
  const message = async (file: FileLike): Promise<string> => {
    const result = await readFile(file, signal);
    assert.equal(result.ok, false);
    return result.ok ? '' : result.message;
  };
  assert.match(await message(fileOf('big.csv', new Uint8Array(1), 500_000_000)), /500 MB.*64 MB/);
  assert.match(await message(fileOf('a.zip', new Uint8Array([0x50, 0x4b, 3, 4, 0]))), /zip archive/);
  assert.match(await message(fileOf('a.bin', new Uint8Array([1, 0, 2]))), /not text/);
  assert.match(await message(fileOf('a.txt', new Uint8Array([0xc3, 0x28, 0x0a]))), /UTF-8/);
  assert.match(await message(fileOf('a.csv', new Uint8Array(0))), /empty/);
  assert.ok(MAX_FILE_BYTES < 500_000_000);
});

test('UTF-8 split between pieces and UTF-16 are read', async () => {
  const { signal } = new AbortController();
  const bytes = new TextEncoder().encode('Björk - Jóga\nSigur Rós - Hoppípolla\n');
  const stream = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
    new ReadableStream({
      start(controller) {
        for (let i = 0; i < bytes.length; i += 3) controller.enqueue(bytes.slice(i, i + 3));
        controller.close();
      },
    });
  const result = await readFile({ name: 'a.txt', size: bytes.length, stream }, signal);
  assert.deepEqual(result, { ok: true, lines: ['Björk - Jóga', 'Sigur Rós - Hoppípolla'], title: 'a' });
  const wide = new Uint8Array([0xff, 0xfe, ...[...'A - B\nC - D'].flatMap((c) => [c.charCodeAt(0), 0])]);
  const second = await readFile(fileOf('b.txt', wide), signal);
  assert.deepEqual(second.ok && second.lines, ['A - B', 'C - D']);
});

test('binary kinds are told from text', () => {
  assert.equal(binaryKind(new TextEncoder().encode('plain')), null);
  assert.equal(binaryKind(new Uint8Array([0xff, 0xd8, 0xff, 0xe0])), 'a picture');
});
