import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SegueError } from '../../errors.ts';
import { parsePasted } from '../resolve.ts';

test('plain lists: numbering, bullets, empty lines, any line end', () => {
  const { format, lines } = parsePasted(
    '\uFEFF1. A Band - One\r\n\r\n- Two by Somebody\n99 Luftballons\r3) Four\n# mine\n#SELFIE',
  );
  assert.equal(format, 'lines');
  assert.deepEqual(
    lines.map((l) => [l.line, l.text]),
    [
      [1, 'A Band - One'],
      [3, 'Two by Somebody'],
      [4, '99 Luftballons'],
      [5, 'Four'],
      [7, '#SELFIE'],
    ],
  );
});

test('CSV exports: known headers in any order, quotes, tabs, line breaks in fields', () => {
  const csv = 'Track URI,"Track Name",Artist Name(s),Album\nspotify:track:1,"A, ""B""",X,"line\nbreak"\n,Solo,Y,\n';
  const list = parsePasted(csv);
  assert.equal(list.format, 'csv');
  assert.deepEqual(
    list.lines.map(({ id, title, artist }) => [id, title, artist]),
    [
      ['spotify:track:1', 'A, "B"', 'X'],
      ['', 'Solo', 'Y'],
    ],
  );
  assert.deepEqual(parsePasted('artist\ttitle\nX\tY').lines[0], {
    line: 2,
    text: 'X - Y',
    id: '',
    artist: 'X',
    title: 'Y',
  });
  assert.equal(parsePasted('uri\nspotify:track:1').lines[0]!.id, 'spotify:track:1');
  // A comma alone makes no table.
  assert.equal(parsePasted('Hello, Goodbye\nYesterday').format, 'lines');
});

test('decoration goes, and what only looks like it stays', () => {
  for (const [written, song] of [
    ['1. Elton John - Tiny Dancer 6:17', 'Elton John - Tiny Dancer'],
    ['[12] • x', '• x'],
    ['“Hey Jude”', 'Hey Jude'],
    ['Elton John\tTiny Dancer', 'Elton John - Tiny Dancer'],
    ['1979', '1979'],
    ['4:44', '4:44'],
    ['The Strokes - 12:51', 'The Strokes - 12:51'],
    ['99 Luftballons', '99 Luftballons'],
    ['"', '"'],
  ])
    assert.equal(parsePasted(`${written}\n`).lines[0]!.text, song);
});

test('a history comes as its songs, the most played first, without those that were skipped or banned', () => {
  const play = (trackName: string, msPlayed: number) => ({ artistName: 'A', trackName, msPlayed });
  const history = [play('short', 1000), play('once', 60_000), play('twice', 60_000), play('twice', 60_000)];
  assert.deepEqual(
    parsePasted(JSON.stringify({ history, bannedTracks: [{ artist: 'X', track: 'Y' }] })).lines.map((l) => l.text),
    ['A - twice', 'A - once'],
  );
});

test('M3U: names from EXTINF, else from the file; the title of the list', () => {
  const list = parsePasted(
    '#EXTM3U\n#PLAYLIST:Late\n#EXTINF:123,A Band - One\n/music/01 - x.mp3\nfolder\\02. Other Song.flac\nspotify:track:9',
  );
  assert.equal(list.format, 'm3u');
  assert.equal(list.title, 'Late');
  assert.deepEqual(
    list.lines.map((l) => [l.text, l.id]),
    [
      ['A Band - One', ''],
      ['Other Song', ''],
      ['spotify:track:9', 'spotify:track:9'],
    ],
  );
});

test('JSON exports: Spotify account data, API pages, plain arrays', () => {
  const account = {
    playlists: [{ name: 'P', items: [{ track: { trackName: 'One', artistName: 'A', trackUri: 'u:1' } }] }],
  };
  assert.deepEqual(parsePasted(JSON.stringify(account)).lines[0], {
    line: 1,
    text: 'A - One',
    id: 'u:1',
    artist: 'A',
    title: 'One',
  });
  const page = {
    name: 'Mine',
    tracks: { items: [{ track: { uri: 'u:2', name: 'Two', artists: [{ name: 'B' }, { name: 'C' }] } }, null] },
  };
  const parsed = parsePasted(JSON.stringify(page));
  assert.equal(parsed.title, 'Mine');
  assert.deepEqual(
    parsed.lines.map((l) => [l.id, l.artist]),
    [['u:2', 'B, C']],
  );
  assert.equal(parsePasted('["A - One", 5]').lines.length, 1);
  assert.equal(parsePasted('{broken').format, 'lines');
});

test('more than 10,000 songs are refused with the remedy', () => {
  assert.throws(
    () => parsePasted('x\n'.repeat(10_001)),
    (error) => error instanceof SegueError && error.code === 'USAGE' && /10000/.test(error.message),
  );
});

test('no text whatever breaks it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      try {
        for (const l of parsePasted(text).lines) assert.equal(typeof l.text, 'string');
      } catch (error) {
        assert.ok(error instanceof SegueError);
      }
    }),
  );
});

test('a line counts up to 1,000 characters, before any pattern looks at it', () => {
  for (const long of [
    `a${' '.repeat(100_000)}b`,
    `x - ${'('.repeat(100_000)}`,
    `#EXTM3U\nx - a${' '.repeat(50_000)}feat`,
  ]) {
    const { lines } = parsePasted(long);
    assert.ok(lines.every((l) => l.text.length <= 1000 && l.id.length <= 1000));
  }
  const [csv] = parsePasted(`artist,title\n${'A'.repeat(5000)},${'B'.repeat(5000)}`).lines;
  assert.deepEqual([csv!.artist.length, csv!.title.length, csv!.text.length], [1000, 1000, 1000]);
});
