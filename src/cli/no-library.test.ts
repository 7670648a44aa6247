import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { withTemporary } from '../../test/support/temporary.ts';
import { SegueError } from '../errors.ts';
import { buildProgram, neededCommands } from './commands.ts';

async function run(dir: string, line: string): Promise<unknown> {
  const args = ['--library', dir, ...line.split(' ')];
  const program = await buildProgram(neededCommands(args));
  return program.parseAsync(args, { from: 'user' }).catch((error: unknown) => error);
}

const NEEDING = [
  'listeners list',
  'listeners add Ana',
  'listeners plays Ana',
  'listeners bans Ana',
  'listeners lists Ana',
  'listeners delete Ana --yes',
  'import mine history.zip --listener Ana',
  'listening Ana',
  'for-you Ana',
  'backtest Ana',
  'experiment list',
  'connect',
  'sync',
  'disconnect one',
  'recommend --title x',
  'path a b',
  'info',
  'explore',
  'evaluate',
  'tune als',
  'train',
  'update',
  'adopt job',
  'models rollback als',
  'analyse .',
  'export parquet out',
  'forget a.json',
  'compact',
  'serve --port 0',
  'stream',
];

test('without a library, every command that needs one says so, and creates nothing', () =>
  withTemporary(async (folder) => {
    const foreign = join(folder, 'music');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'song.flac'), '');
    for (const line of NEEDING)
      for (const dir of [join(folder, 'mistyped'), foreign]) {
        const error = await run(dir, line);
        assert.ok(error instanceof SegueError, `${line}: ${error}`);
        assert.equal(error.code, 'LIBRARY_EMPTY', `${line}: ${error.message}`);
        assert.equal(error.got, `There is no library at ${dir}`, line);
        assert.ok(error.expected && error.remedy?.includes('--library'), line);
        assert.deepEqual(readdirSync(folder), ['music'], line);
        assert.deepEqual(readdirSync(foreign), ['song.flac'], line);
      }
  }));

test('listeners in PostgreSQL need no library', () =>
  withTemporary(async (folder) => {
    process.env.SEGUE_DATABASE_URL = 'postgres://segue@127.0.0.1:1/segue';
    try {
      const error = await run(join(folder, 'none'), 'listeners list');
      assert.ok(error instanceof SegueError);
      assert.equal(error.code, 'DATABASE_UNREACHABLE');
    } finally {
      delete process.env.SEGUE_DATABASE_URL;
    }
  }));

test('an import creates the library; before any data, listeners may be in it', () =>
  withTemporary(async (folder) => {
    const dir = join(folder, 'new');
    const write = process.stdout.write;
    process.stdout.write = (() => true) as typeof write;
    try {
      await run(dir, 'import demo --tracks 50 --playlists 10 --json');
      assert.ok(existsSync(join(dir, 'manifest.json')));
      await run(dir, 'listeners add Ana');
      const older = join(folder, 'older');
      mkdirSync(older);
      writeFileSync(join(older, 'listeners.db'), '');
      assert.ok(!((await run(older, 'listeners list')) instanceof Error));
    } finally {
      process.stdout.write = write;
    }
  }));
