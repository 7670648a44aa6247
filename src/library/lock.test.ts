import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { SegueError } from '../errors.ts';
import { hostTag, removeTemporary } from './files.ts';
import { lockLibrary } from './lock.ts';

const busy = (pid: number) => (error: unknown) =>
  error instanceof SegueError && error.code === 'LIBRARY_BUSY' && error.message.includes(String(pid));

test('a second writer is told who is at work, and may start when that one is done', () =>
  withTemporary(async (dir) => {
    const unlock = lockLibrary(dir);
    assert.throws(() => lockLibrary(dir), busy(process.pid));
    unlock();
    assert.deepEqual(await readdir(dir), []);
    lockLibrary(dir)();
  }));

test("a living process's lock is respected, a dead one's is taken over", () =>
  withTemporary(async (dir) => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    await writeFile(join(dir, 'lock'), JSON.stringify({ pid: child.pid }));
    assert.throws(() => lockLibrary(dir), busy(child.pid!));
    child.kill('SIGKILL');
    await once(child, 'exit');
    lockLibrary(dir)();
    assert.ok(!existsSync(join(dir, 'lock')));
  }));

test('a lock of an earlier process with a pid that is in use again is taken over, and so is a torn one', () =>
  withTemporary(async (dir) => {
    for (const text of [
      JSON.stringify({ pid: process.pid, started: '1' }),
      JSON.stringify({ pid: process.ppid, started: '1' }),
      '{"pi',
    ]) {
      await writeFile(join(dir, 'lock'), text);
      lockLibrary(dir)();
    }
    assert.deepEqual(await readdir(dir), []);
  }));

test("another host's lock is busy, whatever its pid; its temporary files stay until they are old", () =>
  withTemporary(async (dir) => {
    for (const pid of [process.pid, 99_999_999]) {
      await writeFile(join(dir, 'lock'), JSON.stringify({ pid, host: 'elsewhere', started: '1' }));
      assert.throws(
        () => lockLibrary(dir),
        (error) => busy(pid)(error) && (error as SegueError).message.includes('elsewhere'),
      );
      await rm(join(dir, 'lock'));
    }
    // Two containers with the same pid on one volume: the second waits for the first.
    const unlock = lockLibrary(dir, 'lock', 'first');
    assert.throws(() => lockLibrary(dir, 'lock', 'second'), busy(process.pid));
    unlock();
    const foreign = `.tmp-99999999-${hostTag('elsewhere')}-0`;
    const dead = `.tmp-99999999-${hostTag()}-0`;
    for (const name of [foreign, dead]) await writeFile(join(dir, name), '');
    await removeTemporary(dir, true);
    assert.deepEqual(await readdir(dir), [foreign]);
    await utimes(join(dir, foreign), 0, 0);
    await removeTemporary(dir, true);
    assert.deepEqual(await readdir(dir), []);
  }));
