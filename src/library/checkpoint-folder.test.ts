import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { CheckpointFolder, removeCheckpoints } from './checkpoint-folder.ts';

const dir = await mkdtemp(join(tmpdir(), 'segue-checkpoints-'));
after(() => rm(dir, { recursive: true }));
const folders = (): Promise<string[]> => readdir(join(dir, 'checkpoints'));
const stage = { meta: { done: 3 }, arrays: { rows: Float32Array.of(1, Number.NaN), ptr: Int32Array.of(0, 2) } };

test('a stage comes back as it was, in a later process too; another key starts anew and clears what is left of the first', async () => {
  const first = await CheckpointFolder.open(dir, 'hybrid', 'seed 1');
  assert.equal(await first.load('fold 0'), null);
  await first.save('fold 0', stage);
  const again = await CheckpointFolder.open(dir, 'hybrid', 'seed 1');
  assert.deepEqual(await again.load('fold 0'), stage);
  assert.equal(await again.load('fold 1'), null);
  const second = await CheckpointFolder.open(dir, 'hybrid', 'seed 2');
  assert.equal(await second.load('fold 0'), null);
  assert.equal((await folders()).length, 0);
});

test('a damaged stage counts as missing', async () => {
  const checkpoints = await CheckpointFolder.open(dir, 'hybrid', 'seed 3');
  await checkpoints.save('base models', stage);
  const [folder] = await folders();
  const path = join(dir, 'checkpoints', folder!, 'base-models.stage');
  const bytes = await readFile(path);
  bytes[bytes.length - 12]! ^= 1;
  await writeFile(path, bytes);
  assert.equal(await checkpoints.load('base models'), null);
  await checkpoints.save('base models', stage);
  await writeFile(path, (await readFile(path)).subarray(0, 90));
  assert.equal(await checkpoints.load('base models'), null);
});

test('what one model left is removed, and all at once', async () => {
  for (const model of ['hybrid', 'other']) await (await CheckpointFolder.open(dir, model, 'k')).save('a', stage);
  await removeCheckpoints(dir, 'hybrid');
  assert.deepEqual(
    (await folders()).map((name) => name.split('-')[0]),
    ['other'],
  );
  await removeCheckpoints(dir);
  assert.equal((await folders()).length, 0);
});
