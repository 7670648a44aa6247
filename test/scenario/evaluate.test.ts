import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

interface Run {
  code: number;
  out: string;
  err: string;
}

const segue = (...args: string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], { maxBuffer: 2 ** 26 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    );
  });

describe('segue evaluate, tune and verify from the command line', () => {
  let dir = '';
  let library = '';
  let split: string[] = [];
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'segue-evaluate-cli-'));
    library = join(dir, 'library');
    const rows = (from: number, count: number): string =>
      Array.from({ length: 60 }, (_, o) =>
        [o, ...Array.from({ length: count }, (_, i) => (o % 3) * 40 + ((o * 7 + (from + i) * 3) % 40))].join(' '),
      ).join('\n');
    await writeFile(join(dir, 'train.txt'), rows(0, 9));
    await writeFile(join(dir, 'test.txt'), rows(9, 3));
    split = [
      '--library',
      library,
      '--protocol',
      'split',
      '--train',
      join(dir, 'train.txt'),
      '--test',
      join(dir, 'test.txt'),
    ];
  });
  after(() => rm(dir, { recursive: true }));

  test('a published split: only JSON on standard output, a page, the same digits from cached answers', async () => {
    const page = join(dir, 'report.html');
    const first = await segue(
      'evaluate',
      ...split,
      '--models',
      'playlist-neighbours,popularity',
      '--json',
      '--report',
      page,
    );
    assert.equal(first.code, 0, first.err);
    const report = JSON.parse(first.out);
    assert.deepEqual([report.protocol.id, report.protocol.cases, report.results.length], ['split', 60, 2]);
    assert.equal(report.results[0].model, 'playlist-neighbours');
    assert.ok((await readFile(page, 'utf8')).startsWith('<!doctype html>'));
    const again = JSON.parse(
      (await segue('evaluate', ...split, '--models', 'playlist-neighbours,popularity', '--json')).out,
    );
    assert.equal(again.timing.cached, 2);
    const values = (r: typeof report): unknown =>
      r.results.map((m: { model: string; values: unknown }) => [m.model, m.values]);
    assert.deepEqual(values(again), values(report));
    assert.deepEqual((await readdir(join(library, 'evaluations'))).sort(), ['answers', 'latest.json']);
  });

  test('bad input gives one sentence with got and expected, and an exit code', async () => {
    const lists = join(dir, 'lists.csv');
    await writeFile(lists, '1,a,b,a\n');
    const cases: [string[], number, RegExp][] = [
      [['evaluate', ...split, '--k', '0'], 2, /k = 0.*whole number from 1/],
      [['evaluate', ...split, '--models', 'none'], 2, /no model "none"/],
      [['evaluate', ...split, '--option', 'colour=red'], 2, /no setting "colour"/],
      [['evaluate', '--protocol', 'guess', '--library', library], 3, /There is no library at/],
      [['evaluate', '--train', 'x'], 2, /--train without --test/],
      [['evaluate', '--run', lists], 2, /--run without --truth/],
      [['evaluate', '--run', lists, '--truth', lists], 5, /Line 1 .* a second time/],
      [['tune', 'popularity', '--method', 'luck', '--library', library], 2, /--method luck/],
      [['verify', lists, lists], 5, /is not JSON/],
    ];
    for (const [args, code, message] of cases) {
      const run = await segue(...args);
      assert.equal(run.code, code, `${args.join(' ')}: ${run.err}`);
      assert.match(run.err, message);
      assert.equal(run.out, '');
      assert.doesNotMatch(run.err, /\n\s+at /);
    }
  });
});
