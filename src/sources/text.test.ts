import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { all, withTemporary } from '../../test/support/temporary.ts';
import { SegueError } from '../errors.ts';
import { streamLines } from './text.ts';

const refused = (part: RegExp) => (error: unknown) =>
  error instanceof SegueError && error.code === 'FILE_UNREADABLE' && part.test(error.message);

test('lines across pieces, any line end, and a last one without an end', async () => {
  await withTemporary(async (dir) => {
    const file = join(dir, 'lines.txt');
    const long = 'é'.repeat(1_500_000);
    await writeFile(file, `a\r\n\n${long}\r\nlast`);
    assert.deepEqual(
      (await all(streamLines(file))).map(({ text, line }) => [text.length, line]),
      [
        [1, 1],
        [0, 2],
        [1_500_000, 3],
        [4, 4],
      ],
    );
  });
});

test('a line without end and a file of blank lines are refused long before they are read whole', async () => {
  await withTemporary(async (dir) => {
    const file = join(dir, 'endless.txt');
    await writeFile(file, Buffer.alloc(40_000_000, 0x61));
    await assert.rejects(all(streamLines(file)), refused(/a line of more than 16 MB/));
    const blank = join(dir, 'blank.csv.gz');
    await writeFile(blank, gzipSync(Buffer.alloc(8_000_000, 0x0a)));
    await assert.rejects(all(streamLines(blank)), refused(/blank lines/));
  });
});
