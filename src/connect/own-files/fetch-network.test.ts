import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkpointFiles, madeTensors } from '../../../test/support/checkpoint.ts';
import { zipExport } from '../../../test/support/exports.ts';
import { NO_WHEEL, publishedWeights, WHEEL } from '../../../test/support/network.ts';
import { withTemporary } from '../../../test/support/temporary.ts';
import { readWeights } from '../../sources/own-files/musicnn/weights-file.ts';
import { fetchNetwork } from './fetch-network.ts';
import { networkFile } from './network-file.ts';

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** A package of the published layout with weights of our own, and a package manager that hands it out. */
async function world(dir: string) {
  const { index, data } = checkpointFiles(madeTensors(3));
  const wheel = await zipExport(join(dir, 'made.whl'), {
    'musicnn/MSD_musicnn/.index': index,
    'musicnn/MSD_musicnn/.data-00000-of-00001': data,
    'musicnn-0.1.0.dist-info/LICENSE.md': 'ISC: made by rule',
  });
  const pip = join(dir, 'pip.mjs');
  await writeFile(
    pip,
    `import { appendFileSync, copyFileSync } from 'node:fs';
     const args = process.argv.slice(2);
     if (args[0] === '--version') process.exit(0);
     appendFileSync(${JSON.stringify(join(dir, 'asked'))}, args.join(' ') + '\\n');
     if (process.env.PIP_BROKEN) { console.error('noise\\nERROR: no such index'); process.exit(1); }
     copyFileSync(${JSON.stringify(wheel)}, args[args.indexOf('--dest') + 1] + '/musicnn-0.1.0-py3-none-any.whl');`,
  );
  const noted: string[] = [];
  const options = {
    dir: join(dir, 'downloads'),
    ledger: { note: ({ origin }: { origin: string }) => void noted.push(origin) },
    sha256: sha256(wheel),
    // The first is not installed.
    pips: [[join(dir, 'nowhere')], [process.execPath, pip]],
  };
  const asked = (): string => (existsSync(join(dir, 'asked')) ? readFileSync(join(dir, 'asked'), 'utf8') : '');
  return { wheel, options, noted, asked };
}

test('the network comes through the package manager once, with its licence, and nothing else stays', () =>
  withTemporary(async (dir) => {
    const { options, noted, asked } = await world(dir);
    let told = 0;
    const path = await fetchNetwork({ ...options, onFetch: () => told++ });
    assert.equal(path, networkFile(options.dir));
    assert.deepEqual(readWeights(path)['tags.bias'], madeTensors(3).get('dense_1/bias')!.values);
    assert.ok(readFileSync(path, 'latin1').includes('ISC: made by rule'));
    assert.deepEqual(await readdir(options.dir), ['musicnn.weights']);
    assert.match(asked(), /^download musicnn==0\.1\.0 --no-deps [^\n]*\n$/);
    assert.deepEqual([told, noted.length], [1, 1]);
    assert.equal(await fetchNetwork({ ...options, onFetch: () => told++ }), path);
    assert.deepEqual([told, noted.length], [1, 1]);
  }));

test('another package than the published one is refused, and nothing stays of it', () =>
  withTemporary(async (dir) => {
    const { options, wheel } = await world(dir);
    const { sha256: _published, ...strict } = options;
    await assert.rejects(fetchNetwork(strict), { code: 'SERVICE_ANSWER' });
    assert.deepEqual(await readdir(options.dir), []);
    await assert.rejects(fetchNetwork({ ...strict, wheel }), { code: 'SERVICE_ANSWER' });
    const empty = await zipExport(join(dir, 'empty.whl'), { 'musicnn/other': 'x' });
    await assert.rejects(fetchNetwork({ ...options, wheel: empty, sha256: sha256(empty) }), {
      code: 'FILE_UNREADABLE',
    });
    assert.deepEqual(await readdir(options.dir), []);
  }));

test('a package that is there already asks nobody; it replaces a damaged network', () =>
  withTemporary(async (dir) => {
    const { options, wheel, noted, asked } = await world(dir);
    const path = await fetchNetwork({ ...options, wheel, pips: [] });
    const whole = readFileSync(path);
    await writeFile(path, whole.subarray(0, 5000));
    assert.throws(() => readWeights(path), { code: 'FILE_UNREADABLE' });
    await fetchNetwork({ ...options, wheel });
    assert.deepEqual(readFileSync(path), whole);
    assert.deepEqual([asked(), noted.length], ['', 0]);
    await copyFile(wheel, path);
    assert.throws(() => readWeights(path), { code: 'FILE_UNREADABLE' });
  }));

test('without a package manager, or when it fails, it is said what to do', () =>
  withTemporary(async (dir) => {
    const { options, noted } = await world(dir);
    await assert.rejects(fetchNetwork({ ...options, pips: [[join(dir, 'nowhere')]] }), { code: 'NOT_POSSIBLE' });
    assert.equal(noted.length, 0);
    process.env.PIP_BROKEN = '1';
    try {
      await assert.rejects(fetchNetwork(options), { code: 'SERVICE_AWAY', got: /no such index/ });
    } finally {
      delete process.env.PIP_BROKEN;
    }
    assert.deepEqual(await readdir(options.dir), []);
    const stopped = AbortSignal.abort();
    await assert.rejects(fetchNetwork({ ...options, signal: stopped }), { code: 'CANCELLED' });
  }));

test('the published package becomes 787,159 weights', { skip: WHEEL ? false : NO_WHEEL }, async () => {
  const weights = await publishedWeights(WHEEL!);
  const trained = Object.entries(weights).filter(([name]) => /kernel|bias/.test(name));
  const normalised = Object.entries(weights).filter(([name]) => /scale|shift/.test(name));
  const count = (arrays: typeof trained): number => arrays.reduce((sum, [, { length }]) => sum + length, 0);
  // Of each normalisation the mean and deviation are folded into scale and shift, which are as many as gamma and beta.
  assert.equal(count(trained) + count(normalised), 787_159);
});
