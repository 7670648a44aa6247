import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { encodeDataset } from '../../src/dataset/dataset-file.ts';
import { emptyBatch } from '../../src/dataset/rows.ts';
import { Library } from '../../src/library/library.ts';
import { Rng } from '../../src/math/rng.ts';
import { writeDemoSlices } from '../../src/sources/demo/slices.ts';
import { mpd } from '../../src/sources/mpd.ts';
import { withTemporary } from '../support/temporary.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const KILLS = 8;
/** Longest time that a killed import may run, in milliseconds. */
const LONGEST = 2500;

function startImport(library: string, slices: string, workers: number): ChildProcess {
  return spawn(process.execPath, [MAIN, '--library', library, 'import', 'mpd', slices, '--workers', `${workers}`], {
    stdio: 'ignore',
  });
}

/** Kills the import after a time, or when the library's folder has reached a given stage; resolves when it is dead. */
async function killAt(child: ChildProcess, ready: () => Promise<boolean>): Promise<void> {
  const exit = once(child, 'exit');
  while (child.exitCode === null && !(await ready())) await setTimeout(5);
  child.kill('SIGKILL');
  await exit;
}

const namesIn = async (dir: string): Promise<string[]> => readdir(dir).catch(() => []);
const bytesOf = async (library: Library): Promise<Buffer> => Buffer.concat(encodeDataset(await library.dataset()));

test('killed at any moment, an import leaves the last good state, and the same command finishes it', () =>
  withTemporary(async (dir) => {
    const first = join(dir, 'first');
    const all = join(dir, 'all');
    await writeDemoSlices(first, { tracks: 3000, playlists: 2000, seed: 5 });
    await writeDemoSlices(all, { tracks: 3000, playlists: 12_000, seed: 5 });

    const whole = await Library.open(join(dir, 'whole'));
    await whole.importFiles(mpd, [all], { workers: 0 });
    const expected = await bytesOf(whole);

    const library = await Library.open(join(dir, 'library'));
    await library.importFiles(mpd, [first]);
    const good = await bytesOf(library);
    const manifest = (): Promise<string> => readFile(join(library.dir, 'manifest.json'), 'utf8');
    const before = await manifest();

    const rng = new Rng(7);
    const segments = join(library.dir, 'segments');
    // Moments during an import: soon after its start, after some number of segments, while the dataset is being written.
    const moments: (() => () => Promise<boolean>)[] = [
      () => async () => (await namesIn(segments)).length > 4,
      () => async () => (await namesIn(library.dir)).some((name) => name.startsWith('.tmp-')),
    ];
    while (moments.length < KILLS) {
      const wait = rng.uniform() * LONGEST;
      moments.push(() => {
        const start = performance.now();
        return async () => performance.now() - start > wait;
      });
    }
    let finished = false;
    for (const [i, moment] of moments.entries()) {
      // Alternates between separate threads for the files and a single thread.
      await killAt(startImport(library.dir, all, i % 4 < 2 ? 2 : 0), moment());
      // On a slow machine, late kills may come after the last step; then the new state is complete.
      finished ||= (await manifest()) !== before;
      assert.deepEqual(await bytesOf(await Library.open(library.dir)), finished ? expected : good);
    }

    const report = await library.importFiles(mpd, [all]);
    assert.equal(report.library.owners, 12_000);
    assert.deepEqual(await bytesOf(library), expected);
    assert.equal(await library.datasetId(), await whole.datasetId());
    const left = [...(await namesIn(library.dir)), ...(await namesIn(segments))];
    assert.deepEqual(
      left.filter((name) => name.startsWith('.tmp-') || name.startsWith('lock')),
      [],
    );
    assert.equal((await library.info()).unfinished, 0);
  }));

/** Appends rows one by one forever, and prints the number of each when the library has acknowledged it. */
const APPENDER = `
  const { Library } = await import(process.argv[1]);
  const library = await Library.open(process.argv[2]);
  const origin = { id: 'own', title: 'Own', licence: '', citation: '' };
  for (let n = Number(process.argv[3]); ; n++) {
    const owners = [{ id: 'own:' + n, kind: 'person', items: [0] }];
    await library.append({ tracks: [{ uri: 'own:' + n }], artists: [], owners, rejections: [] }, origin, 'plays');
    process.stdout.write(n + '\\n');
  }
`;

test('killed at any moment, appending and background merging lose nothing acknowledged', () =>
  withTemporary(async (dir) => {
    const slices = join(dir, 'slices');
    await writeDemoSlices(slices, { tracks: 1000, playlists: 1000, seed: 5 });
    const library = await Library.open(join(dir, 'library'));
    await library.importFiles(mpd, [slices]);
    const before = await library.dataset();
    const module = new URL('../../src/library/library.ts', import.meta.url).href;
    const rng = new Rng(3);
    let next = 0;
    for (let kill = 0; kill < 3; kill++) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', APPENDER, module, library.dir, `${next}`], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const exit = once(child, 'exit');
      // More in total than the 64 increments that trigger a merge.
      const enough = 25 + rng.below(20);
      let acknowledged = next - 1;
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const whole = said.slice(0, said.lastIndexOf('\n')).split('\n');
        acknowledged = Number(whole.at(-1));
        if (acknowledged >= next + enough) child.kill('SIGKILL');
      });
      await exit;
      const dataset = await (await Library.open(library.dir)).dataset();
      const own = dataset.tracks.count - before.tracks.count;
      // The last one may have been written without having been acknowledged.
      assert.ok(own === acknowledged + 1 || own === acknowledged + 2, `${own} of ${acknowledged + 1}`);
      for (let n = 0; n < own; n++) assert.equal(dataset.tracks.vocabulary.id(before.tracks.count + n), `own:${n}`);
      assert.equal(dataset.owners.count, before.owners.count + own);
      next = own;
    }
    await library.append(
      { ...emptyBatch(), tracks: [{ uri: 'own:last' }] },
      { id: 'own', title: '', licence: '', citation: '' },
      'last',
    );
    await library.settled();
    assert.deepEqual(
      (await namesIn(library.dir)).filter((name) => name.startsWith('.tmp-') || name.startsWith('lock')),
      [],
    );
  }));

test('an interrupted import (Ctrl-C) says so, exits with 130 and leaves nothing half-written', () =>
  withTemporary(async (dir) => {
    const slices = join(dir, 'slices');
    await writeDemoSlices(slices, { tracks: 3000, playlists: 20_000, seed: 5 });
    const library = join(dir, 'library');
    const child = spawn(process.execPath, [MAIN, '--library', library, 'import', 'mpd', slices], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => (said += chunk));
    const exit = once(child, 'exit');
    while ((await namesIn(join(library, 'segments'))).length < 2) await setTimeout(5);
    child.kill('SIGINT');
    assert.deepEqual(await exit, [130, null]);
    assert.match(said, /was stopped\. Run the same command again to resume\./);
    assert.doesNotMatch(said, /\bat .*\.ts:/);
    const left = [...(await namesIn(library)), ...(await namesIn(join(library, 'segments')))];
    assert.deepEqual(
      left.filter((name) => !name.endsWith('.seg')),
      ['segments'],
    );
  }));
