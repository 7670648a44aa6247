import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../../test/support/temporary.ts';
import { ConnectionStore } from '../../connect/store.ts';
import { SegueError } from '../../errors.ts';
import { Library } from '../../library/library.ts';
import { lockLibrary } from '../../library/lock.ts';
import { openRepository } from '../../listeners/open.ts';
import { Engine } from '../../recommend/engine.ts';
import { train } from '../../recommend/train.ts';
import { demo, demoBatches } from '../../sources/demo/demo.ts';
import { restoreBackup } from './restore.ts';
import { writeBackup } from './write.ts';

const MODELS = ['popularity', 'balanced', 'playlist-neighbours', 'title'];

async function makeLibrary(dir: string): Promise<void> {
  const library = await Library.open(dir);
  await library.importBatches(demo, 'demo', demoBatches({ tracks: 300, playlists: 80, seed: 1 }));
  await train(library, { models: MODELS });
  const repository = await openRepository(dir);
  await repository.listeners.add({ name: 'Ada' });
  await repository.listeners.add({ name: 'Ben' });
  await repository.close();
  ConnectionStore.open(dir).close();
}

/** What every model answers to several questions, and who listens. */
async function answers(dir: string): Promise<string> {
  const engine = await Engine.open(await Library.open(dir));
  const { tracks } = engine.current.dataset;
  const told: unknown[] = [];
  for (const model of MODELS)
    for (let track = 0; track < 300; track += 30) {
      const answer = await engine.recommend({
        model,
        seeds: [{ track: tracks.vocabulary.id(track) }],
        title: 'summer',
        n: 20,
      });
      told.push({ ...answer, tookMs: 0 });
    }
  const repository = await openRepository(dir);
  told.push(await repository.listeners.all());
  await repository.close();
  return JSON.stringify(told);
}

/** Checksums of all files of a folder, by name. */
async function sums(dir: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found[path.slice(dir.length)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return found;
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    assert.ok(error instanceof SegueError, String(error));
    return error.code;
  }
}

test('after a restore, every answer and every listener is the same; the key is included only on request', () =>
  withTemporary(async (dir) => {
    const [library, copy, withKey] = ['library', 'copy', 'with-key'].map((name) => join(dir, name)) as [
      string,
      string,
      string,
    ];
    await makeLibrary(library);
    await writeFile(join(library, '.tmp-1-2'), 'half-written');
    await mkdir(join(library, 'downloads'));
    await writeFile(join(library, 'downloads', 'set.zip'), 'can be fetched again');
    const before = await answers(library);
    // A store that is open and holds changes in its log.
    const busy = await openRepository(library);
    await busy.listeners.add({ name: 'Late' });
    const report = await writeBackup(library, join(dir, 'a.zip'));
    await writeBackup(library, join(dir, 'b.zip'), true);
    await busy.close();
    assert.equal(report.keys, false);
    assert.equal((await stat(join(dir, 'a.zip'))).mode & 0o777, 0o600);
    await restoreBackup(join(dir, 'a.zip'), copy);
    assert.ok(!existsSync(join(copy, 'connections.key')));
    assert.ok(!existsSync(join(copy, '.tmp-1-2')));
    assert.ok(!existsSync(join(copy, 'downloads')));
    await restoreBackup(join(dir, 'b.zip'), withKey);
    assert.deepEqual(
      await readFile(join(withKey, 'connections.key')),
      await readFile(join(library, 'connections.key')),
    );
    assert.equal((await stat(join(withKey, 'connections.key'))).mode & 0o777, 0o600);
    const after = await answers(copy);
    assert.match(after, /Late/);
    assert.equal(after, await answers(library));
    assert.notEqual(after, before, 'what was added last is there');
    assert.deepEqual(
      (await readdir(dir)).sort(),
      ['a.zip', 'b.zip', 'copy', 'library', 'with-key'],
      'nothing is left over',
    );
  }));

test('a damaged backup is refused or restores the same data; nothing half-restored stays', () =>
  withTemporary(async (dir) => {
    const library = join(dir, 'library');
    await Library.open(library).then((l) =>
      l.importBatches(demo, 'demo', demoBatches({ tracks: 60, playlists: 10, seed: 1 })),
    );
    const file = join(dir, 'a.zip');
    await writeBackup(library, file);
    await restoreBackup(file, join(dir, 'whole'));
    const whole = await sums(join(dir, 'whole'));
    const bytes = await readFile(file);
    const broken = join(dir, 'broken.zip');
    let refused = 0;
    let same = 0;
    for (let i = 0; i < 120; i++) {
      const at = Math.floor((i / 120) * bytes.length);
      const damagedBytes = i % 4 === 0 ? bytes.subarray(0, at) : Buffer.from(bytes);
      if (i % 4 !== 0) damagedBytes[at]! ^= 1 << (i % 8);
      await writeFile(broken, damagedBytes);
      const target = join(dir, `t${i}`);
      const code = await codeOf(restoreBackup(broken, target));
      if (code === 'done') {
        same++;
        assert.deepEqual(await sums(target), whole, `byte ${at}`);
      } else {
        refused++;
        assert.match(code, /^(FILE_UNREADABLE|FORMAT_NEWER)$/, `byte ${at}`);
        assert.ok(!existsSync(target), `byte ${at}`);
      }
    }
    assert.ok(refused >= 100, `${refused} refused, ${same} the same`);
    assert.ok(!(await readdir(dir)).some((name) => name.includes('restoring')));
  }));

test('a non-empty folder, an existing file, a library being changed and a path inside it are refused', () =>
  withTemporary(async (dir) => {
    const library = join(dir, 'library');
    await Library.open(library).then((l) =>
      l.importBatches(demo, 'demo', demoBatches({ tracks: 60, playlists: 10, seed: 1 })),
    );
    const file = join(dir, 'a.zip');
    await writeBackup(library, file);
    const before = await sums(library);
    assert.equal(await codeOf(restoreBackup(file, library)), 'ALREADY_EXISTS');
    assert.equal(await codeOf(writeBackup(library, file)), 'ALREADY_EXISTS');
    assert.equal(await codeOf(writeBackup(library, join(library, 'b.zip'))), 'USAGE');
    assert.equal(await codeOf(writeBackup(join(dir, 'none'), join(dir, 'c.zip'))), 'LIBRARY_EMPTY');
    const unlock = lockLibrary(library);
    assert.equal(await codeOf(writeBackup(library, join(dir, 'd.zip'))), 'LIBRARY_BUSY');
    unlock();
    assert.equal(await codeOf(restoreBackup(join(dir, 'none.zip'), join(dir, 'x'))), 'FILE_UNREADABLE');
    assert.deepEqual(await sums(library), before);
    assert.deepEqual((await readdir(dir)).sort(), ['a.zip', 'library']);
  }));
