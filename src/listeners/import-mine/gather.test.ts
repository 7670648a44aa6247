import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastfmPlain } from '../../sources/personal/lastfm-plain.ts';
import type { Recognised } from '../../sources/personal/read-personal.ts';
import type { PlayRow } from '../../sources/personal/rows.ts';
import { Gathered } from './gather.ts';

test('an export of more songs than any person hears is refused, however often it names those that it has', () => {
  const file: Recognised = {
    format: lastfmPlain,
    candidate: { input: 'a.csv', name: 'a.csv', parcel: 'a.csv', named: true },
    glimpse: { name: 'a.csv', head: '' },
  };
  const play = (song: number, at: number): PlayRow => ({
    kind: 'play',
    song: { title: `${song}`, artists: ['A'] },
    at,
    ms: -1,
    count: 1,
  });
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
