import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOfText } from '../input/read-file.ts';
import { fileName, spotifyPage, toCsv, toJson, toM3u, toUris } from './formats.ts';

const id = 'A'.repeat(22);
const tracks = [
  {
    uri: `spotify:track:${id}`,
    name: 'Plain, "quoted"',
    artists: ['One', 'Two'],
    durationMs: 61_400,
    score: 0.5,
    because: ['near'],
  },
  {
    uri: 'segue:demo:track:2',
    name: '=HYPERLINK("x")\nsecond line',
    artists: ['אמן'],
    year: 1999,
    score: 0.25,
    because: [],
  },
];

test('CSV quotes, keeps one row a song, and disarms formulas', () => {
  const rows = toCsv(tracks).split('\r\n');
  assert.equal(rows.length, 4);
  assert.match(rows[1]!, /"Plain, ""quoted"""/);
  assert.match(rows[2]!, /^segue:demo:track:2,"'=HYPERLINK/);
  assert.ok(rows[0]!.startsWith('\uFEFFTrack URI,'));
});

test('what is exported can be dropped in again', () => {
  const uris = tracks.map((t) => t.uri);
  assert.deepEqual(linesOfText(toCsv(tracks).slice(1), 'list.csv'), uris);
  assert.deepEqual(linesOfText(toUris(tracks.slice(0, 1)), 'list.txt'), uris.slice(0, 1));
  assert.deepEqual(linesOfText(toJson(tracks, 'title', ''), 'list.json'), uris);
  assert.deepEqual(linesOfText(toM3u(tracks, 'title'), 'list.m3u'), [uris[0], 'אמן - =HYPERLINK("x") second line']);
});

test('M3U names seconds, artist and page', () => {
  assert.match(
    toM3u(tracks, 'a\nb'),
    /^#EXTM3U\n#PLAYLIST:a b\n#EXTINF:61,One, Two - Plain, "quoted"\nhttps:\/\/open\.spotify\.com\/track\/A{22}\n/,
  );
});

test('M3U names a file where one is known, and none that leads elsewhere', () => {
  const uri = tracks[0]!.uri;
  const place = (path: string): string => toM3u(tracks.slice(0, 1), 'T', new Map([[uri, path]])).split('\n')[3]!;
  for (const path of ['The Lanterns/01 Night: live.flac', '/music/a#b.mp3', 'C:\\Music\\a.mp3', '夜/に駆ける.ogg'])
    assert.equal(place(path), path);
  for (const path of [
    '../../etc/passwd',
    'a/../../b.mp3',
    'a\\..\\b',
    'http://x/a.mp3',
    'javascript:alert(1)',
    '\\\\host\\share',
    '//host/share',
    '#EXTINF:1,x',
    'a\n/etc/passwd',
    ' /etc/passwd',
    'x'.repeat(5_000),
  ])
    assert.equal(place(path), `https://open.spotify.com/track/${id}`, path);
});

test('only Spotify tracks have a page', () => {
  assert.equal(spotifyPage(`spotify:track:${id}`), `https://open.spotify.com/track/${id}`);
  for (const uri of [
    'spotify:track:short',
    `spotify:album:${id}`,
    'javascript:alert(1)',
    `spotify:track:${id}"onload=`,
  ])
    assert.equal(spotifyPage(uri), null);
});

test('file names keep letters of any script and nothing else', () => {
  assert.equal(fileName('../../Regen & Ñandú 雨', 'csv'), 'Regen-Ñandú-雨.csv');
  assert.equal(fileName('///', 'm3u'), 'segue.m3u');
});

test('M3U names no place that opens or runs something on this machine', () => {
  const track = { uri: '', name: 'A', artists: ['B'] } as unknown as Parameters<typeof toM3u>[0][number];
  const place = (uri: string): string =>
    toM3u([{ ...track, uri }], 'T')
      .trim()
      .split('\n')
      .at(-1)!;
  for (const uri of ['file:///etc/passwd', 'JavaScript:alert(1)', '/etc/passwd', 'C:\\x', ' data:text/html,x', 'x'])
    assert.match(place(uri), /^segue:[^/\\<]*$/, uri);
  assert.equal(place('demo:track:1'), 'demo:track:1');
});
