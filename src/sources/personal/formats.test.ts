import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readExport, writeExport } from '../../../test/support/exports.ts';
import { FIXTURES } from '../../../test/support/personal-exports.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { PERSONAL_FORMATS } from './registry.ts';
import type { PersonalRow } from './rows.ts';

/** One row in short: kind, artists - title, what else matters. */
function short(row: PersonalRow): string {
  const named = (song: {
    title: string;
    artists: readonly string[];
    uri?: string;
    isrc?: string;
    mbid?: string;
  }): string =>
    [song.artists.join('+'), song.title, song.uri ?? '', song.isrc ?? '', song.mbid ?? '']
      .join('|')
      .replace(/\|+$/, '');
  switch (row.kind) {
    case 'play':
      return `play ${named(row.song)} @${row.at} ${row.ms} x${row.count}`;
    case 'like':
    case 'dislike':
      return `${row.how} ${named(row.song)} @${row.at}`;
    case 'playlist':
      return `list "${row.name}" "${row.description}" ${row.items.map(({ song, addedAt }) => `${named(song)} @${addedAt}`).join('; ')}`;
    case 'ban':
      return 'song' in row.what ? `ban ${named(row.what.song)}` : `ban artist ${row.what.artist}`;
    case 'account':
      return `account ${row.service} ${row.mark.length}`;
  }
}

test('every format has a fixture', () => {
  assert.deepEqual(
    PERSONAL_FORMATS.map(({ id }) => id).filter((id) => !FIXTURES.some(({ format }) => format === id)),
    [],
  );
});

for (const { format, file, content, rows, causes = {}, damaged } of FIXTURES) {
  test(`${format}: ${file} is recognised, read and counted`, () =>
    withTemporary(async (dir) => {
      const path = await writeExport(dir, { [file]: content });
      const found = await readExport([path]);
      assert.deepEqual(found.formats, [format]);
      assert.deepEqual(found.rows.map(short), rows);
      assert.deepEqual(found.causes, causes);
      // The name does not matter where the content tells.
      if (!/^(?:spotify-library|plain-text|listenbrainz-user|.*m3u)/.test(format)) {
        const renamed = await writeExport(join(dir, 'renamed'), { [`data.${file.split('.').at(-1)}`]: content });
        assert.deepEqual((await readExport([renamed])).formats, [format]);
      }
    }));

  test(`${format}: a damaged ${file} is refused in one sentence`, () =>
    withTemporary(async (dir) => {
      const path = await writeExport(dir, { [file]: damaged });
      await assert.rejects(readExport([path]), (error: { code?: string; message: string }) => {
        assert.match(error.code ?? '', /^(?:FILE_UNREADABLE|COLUMNS_MISSING)$/);
        assert.ok(error.message.includes(file.split('/').at(-1)!), error.message);
        return true;
      });
    }));
}
