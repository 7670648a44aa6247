import assert from 'node:assert/strict';
import { test } from 'node:test';
import { damagedFiles } from './damaged-files.ts';

test('damaged files by cause, the most frequent first; causes and names are bounded, counts are not', () => {
  const paths = [
    ...Array.from({ length: 3 }, (_, i) => [`few/${i}.mp3`, 'No sound'] as const),
    ...Array.from({ length: 60 }, (_, i) => [`many/${i}.mp3`, 'Header cannot be read'] as const),
    ...Array.from({ length: 30 }, (_, i) => [`odd/${i}.mp3`, `Cause ${i}`] as const),
  ];
  const files = new Map(paths.map(([path, problem]) => [path, { path, size: 1, mtime: 1, problem }]));
  const [many, few, ...rest] = damagedFiles({ files });
  assert.deepEqual([many!.problem, many!.count, many!.files.length], ['Header cannot be read', 60, 50]);
  assert.deepEqual(few, { problem: 'No sound', count: 3, files: ['few/0.mp3', 'few/1.mp3', 'few/2.mp3'] });
  assert.equal(rest.length, 18);
});
