import assert from 'node:assert/strict';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { inputMarks } from '../sources/input.ts';
import { mpd } from '../sources/mpd.ts';
import { KnownFiles } from './known-files.ts';
import { Library } from './library.ts';

const slice = (playlists: number, song: string): string =>
  JSON.stringify({
    info: {},
    playlists: Array.from({ length: playlists }, (_, pid) => ({
      name: `list ${pid}`,
      pid,
      num_followers: 1,
      tracks: [{ pos: 0, track_uri: `spotify:track:${song}`, track_name: song, artist_name: 'A', duration_ms: 1000 }],
    })),
  });

/** Whole seconds, so that it can be restored exactly. */
const LONG_AGO = 1_700_000_000;

/** Two files that have existed for a while, their library, and what it recorded about them. */
async function imported(t: TestContext, dir: string) {
  const paths = [join(dir, 'mpd.slice.0-999.json'), join(dir, 'mpd.slice.1000-1999.json')] as const;
  await writeFile(paths[0], slice(3, 'one'));
  await writeFile(paths[1], slice(5, 'two'));
  for (const path of paths) await utimes(path, LONG_AGO, LONG_AGO);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 60_000 });
  const library = await Library.open(join(dir, 'library'));
  await library.importFiles(mpd, [...paths]);
  return { paths, library, known: join(library.dir, 'known-files.json') };
}

/** Makes the library mistake each of the two files for the other; whether it read them shows in the import's report. */
async function confuse(known: string): Promise<void> {
  const { version, marks } = JSON.parse(await readFile(known, 'utf8')) as { version: number; marks: object };
  const [[a, markOfA], [b, markOfB]] = Object.entries(marks) as [[string, string], [string, string]];
  await writeFile(known, JSON.stringify({ version, marks: { [a]: markOfB, [b]: markOfA } }));
}

test('a file that is as it was is not read again, with verify it is', (t) =>
  withTemporary(async (dir) => {
    const { paths, library, known } = await imported(t, dir);
    const again = await library.importFiles(mpd, [paths[0]]);
    assert.deepEqual([again.read, again.already, again.changed, again.taken.owners], [0, 1, false, 3]);
    await confuse(known);
    assert.equal((await library.importFiles(mpd, [paths[0]])).taken.owners, 5);
    const verified = await library.importFiles(mpd, [paths[0]], { verify: true });
    assert.deepEqual([verified.already, verified.taken.owners], [1, 3]);
  }));

test('a file that was changed in place, its old time set again, is read', (t) =>
  withTemporary(async (dir) => {
    const { paths, library } = await imported(t, dir);
    const before = await stat(paths[0]);
    await writeFile(paths[0], slice(3, 'new'));
    await utimes(paths[0], LONG_AGO, LONG_AGO);
    const after = await stat(paths[0]);
    assert.deepEqual([after.size, after.ino, after.mtimeMs], [before.size, before.ino, before.mtimeMs]);
    const report = await library.importFiles(mpd, [...paths]);
    assert.deepEqual([report.read, report.already], [1, 1]);
    assert.ok((await library.dataset()).tracks.vocabulary.indexOf('spotify:track:new') >= 0);
  }));

test('a file that has only just changed is known by its content alone', () =>
  withTemporary(async (dir) => {
    const path = join(dir, 'mpd.slice.0-999.json');
    await writeFile(path, slice(3, 'one'));
    assert.deepEqual(await inputMarks([path]), [null]);
    const library = await Library.open(join(dir, 'library'));
    await library.importFiles(mpd, [path]);
    await assert.rejects(stat(join(library.dir, 'known-files.json')));
    assert.equal((await library.importFiles(mpd, [path])).already, 1);
  }));

test('without a segment, or with a damaged list of known files, files are read again', (t) =>
  withTemporary(async (dir) => {
    const { paths, library, known } = await imported(t, dir);
    await rm(join(library.dir, 'segments'), { recursive: true });
    const report = await library.importFiles(mpd, [...paths]);
    assert.deepEqual([report.already, report.taken.owners], [2, 8]);
    await library.compact();
    for (const text of ['', 'null', '{"version":1,"marks":{"a":1}}', (await readFile(known, 'utf8')).slice(0, 90)]) {
      await writeFile(known, text);
      const again = await library.importFiles(mpd, [...paths]);
      assert.deepEqual([again.already, again.taken.owners], [2, 8]);
      assert.equal((await readFile(known, 'utf8')).length > 200, true);
    }
  }));

test('what is forgotten is no longer known, and the list holds no paths', (t) =>
  withTemporary(async (dir) => {
    const { paths, library, known } = await imported(t, dir);
    assert.doesNotMatch(await readFile(known, 'utf8'), /slice|segue/);
    const [mark, other] = await inputMarks(paths);
    await library.forget({ files: ['mpd.slice.0-999.json'] });
    const files = await KnownFiles.open(library.dir);
    assert.equal(files.contentOf(mark!), null);
    assert.match(files.contentOf(other!) ?? '', /^[0-9a-f]{64}$/);
    assert.equal((await library.importFiles(mpd, [...paths])).read, 1);
  }));
