import assert from 'node:assert/strict';
import { test } from 'node:test';
import { songTable } from './song-table.ts';

const SONGS = [
  { name: 'A song with a long name', artists: ['One', 'Two'], because: ['Often next to “Three”', 'Same artist'] },
];

test('in a terminal nothing is lost and no line is wider; elsewhere a song is one line', () => {
  const lines = songTable(SONGS, 60).split('\n');
  assert.ok(lines.every((line) => line.length <= 60));
  assert.ok(lines.length > 3);
  const words = (text: string): string[] => text.split(/\s+/).sort();
  const whole = songTable(SONGS, undefined).split('\n');
  assert.equal(whole.length, 3);
  assert.equal(whole[2], '1  A song with a long name  One, Two  Often next to “Three”; Same artist');
  assert.deepEqual(words(lines.slice(2).join(' ').trim()), words(whole[2]!));
});
