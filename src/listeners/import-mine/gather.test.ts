import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastfmPlain } from '../../sources/personal/lastfm-plain.ts';
import type { Recognised } from '../../sources/personal/read-personal.ts';
import type { PlayRow, SongName } from '../../sources/personal/rows.ts';
import { Gathered } from './gather.ts';

const file: Recognised = {
  format: lastfmPlain,
  candidate: { input: 'a.csv', name: 'a.csv', parcel: 'a.csv', named: true },
  glimpse: { name: 'a.csv', head: '' },
};
const named = (song: number): SongName => ({ title: `${song}`, artists: ['A'] });
const play = (song: number, at: number): PlayRow => ({ kind: 'play', song: named(song), at, ms: -1, count: 1 });

test('an export of more songs than any person hears is refused, however often it names those that it has', () => {
  const gathered = new Gathered();
  for (let from = 0; from < 500_000; from += 1000)
    gathered.addAll({ rows: Array.from({ length: 1000 }, (_, i) => play(from + i, 1.6e9 + from + i)), file });
  gathered.addAll({ rows: [play(7, 1.7e9), play(499_999, 1.7e9)], file });
  assert.equal(gathered.plays.length, 500_002);
  assert.throws(() => gathered.addAll({ rows: [play(500_000, 1.7e9)], file }), {
    code: 'FILE_UNREADABLE',
    message: /more than 500000 different songs/,
  });
});

test('songs that were read but not gathered, as those heard too briefly, take no place', () => {
  const gathered = new Gathered();
  for (let song = 0; song < 600_000; song++) gathered.numbers.of(named(song));
  gathered.addAll({ rows: [play(599_999, 1.6e9), play(3, 1.6e9 + 1), play(599_999, 1.6e9 + 2)], file });
  assert.deepEqual(gathered.songs, [named(599_999), named(3)]);
  assert.deepEqual([...gathered.plays.song.subarray(0, 3)], [0, 1, 0]);
});
