import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { cp, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Library } from '../../src/library/library.ts';
import { demo, demoBatches } from '../../src/sources/demo/demo.ts';
import { ROOT } from '../support/source-files.ts';
import { withTemporary } from '../support/temporary.ts';

const MAIN = join(ROOT, 'src', 'cli', 'main.ts');
const SETTINGS = ['folds=2', 'trees=15', 'leastOwners=50'].flatMap((setting) => ['--set', `hybrid.${setting}`]);

/** Stages on disk, with data that distinguishes a file from one that was rewritten. */
async function stagesOf(library: string): Promise<Map<string, string>> {
  const root = join(library, 'checkpoints');
  const found = new Map<string, string>();
  for (const folder of await readdir(root))
    for (const name of (await readdir(join(root, folder))).filter((file) => file.endsWith('.stage'))) {
      const { ino, mtimeMs } = await stat(join(root, folder, name));
      found.set(name, `${ino} ${mtimeMs}`);
    }
  return found;
}

/** Trains in a separate process, which is killed as soon as `most` stages are on disk. @returns whether it finished */
async function trainUntil(library: string, threads: number, most: number): Promise<boolean> {
  await mkdir(join(library, 'checkpoints'), { recursive: true });
  const child = spawn(process.execPath, [MAIN, '--library', library, 'train', 'hybrid', ...SETTINGS], {
    env: { ...process.env, SEGUE_THREADS: `${threads}` },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const watcher = watch(join(library, 'checkpoints'), { recursive: true }, async () => {
    // The folder may be removed while it is being read.
    const stages = await stagesOf(library).catch(() => new Map());
    if (stages.size >= most) child.kill('SIGKILL');
  });
  const [code] = await once(child, 'exit');
  watcher.close();
  assert.ok(code === 0 || code === null, `exit code ${code}`);
  return code === 0;
}

/** Threads, and the stages of a training. On one thread a fold has three stages and the base models have two; there are two sets of trees. */
for (const [threads, stages] of [
  [1, 10],
  [2, 5],
] as const)
  test(`training killed after each of its ${stages} stages gives the same model as uninterrupted training, on ${threads} threads`, async () => {
    await withTemporary(async (dir) => {
      const whole = join(dir, 'whole');
      const killed = join(dir, 'killed');
      const library = await Library.open(whole);
      await library.importBatches(demo, 'demo', demoBatches({ tracks: 300, playlists: 120, seed: 4 }));
      await cp(whole, killed, { recursive: true });
      assert.equal(await trainUntil(whole, threads, Number.POSITIVE_INFINITY), true);
      let before = new Map<string, string>();
      for (let most = 1; most <= stages; most++) {
        if (await trainUntil(killed, threads, most)) break;
        const after = await stagesOf(killed);
        assert.ok(after.size >= most);
        for (const [name, file] of before) assert.equal(after.get(name), file, `${name} was done again`);
        before = after;
      }
      assert.ok(before.size >= stages - 1, `${before.size} stages stood before the last run`);
      if ((await (await Library.open(killed)).listModels()).length === 0)
        assert.equal(await trainUntil(killed, threads, Number.POSITIVE_INFINITY), true);
      const models = [whole, killed].map((path) => readFile(join(path, 'models', 'hybrid.model')));
      const [one, other] = await Promise.all(models);
      assert.ok(one!.equals(other!), 'the models differ');
      assert.deepEqual(await readdir(join(killed, 'checkpoints')), []);
    });
  });
