import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXPORTED, exportedPlayId, ownSongKey, playId, songMark } from './keys.ts';

const LAST = 7_258_118_400_000;

test('ids of exported plays ascend with the time, whatever the song, and are told from those of all others', () => {
  const marks = ['a', 'b', ownSongKey('c', [])].map(songMark);
  const times = [0, 1, 35, 36, 999_999_999_999, 1_000_000_000_000, 1_262_304_000_000, LAST];
  const ids = times.flatMap((at, i) => exportedPlayId(marks[i % marks.length]!, at));
  assert.deepEqual([...ids].sort(), ids);
  for (const [i, at] of times.entries()) assert.equal(Number.parseInt(ids[i]!.slice(1, 10), 36), at);
  assert.ok(ids.every((id) => /^[A-Za-z0-9_.:-]{1,64}$/.test(id) && id.startsWith(EXPORTED)));
  assert.notEqual(exportedPlayId(marks[0]!, 5), exportedPlayId(marks[1]!, 5));
  assert.ok(!playId('a', 5).startsWith(EXPORTED));
});
