import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readPersonal, recognise } from '../../src/sources/personal/read-personal.ts';
import { PERSONAL_FORMATS } from '../../src/sources/personal/registry.ts';
import { Tally } from '../../src/sources/personal/tally.ts';
import { LARGE_EXPORTS, writeLarge } from '../support/large-exports.ts';
import { withTemporary } from '../support/temporary.ts';

/** Larger than the chunks in which files are read, so that rows span chunk boundaries. */
const BYTES = 1_100_000;

test('there is a large file of every format except the single-object account file', () => {
  const made = new Set(LARGE_EXPORTS.map(({ format }) => format));
  assert.deepEqual(
    PERSONAL_FORMATS.map(({ id }) => id).filter((id) => !made.has(id)),
    ['listenbrainz-user'],
  );
});

for (const large of LARGE_EXPORTS)
  test(`${large.format}: every row of a file of some megabytes is read, across all chunk boundaries`, () =>
    withTemporary(async (dir) => {
      const path = join(dir, large.file);
      const rows = await writeLarge(large, path, BYTES);
      const { files } = await recognise([path]);
      assert.deepEqual(
        files.map(({ format }) => format.id),
        [large.format],
      );
      const tally = new Tally();
      let count = 0;
      for await (const { row } of readPersonal(files, { tally }))
        if (large.yields === 'songs') count += row.kind === 'playlist' ? row.items.length : 0;
        else if (row.kind === large.yields) count++;
      assert.deepEqual(tally.list(), []);
      assert.equal(count, rows);
    }));
