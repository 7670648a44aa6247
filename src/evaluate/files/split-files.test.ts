import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { SegueError } from '../../errors.ts';
import { protocolById } from '../registry.ts';
import { foldsOf } from '../run/execution.ts';
import { readSplit } from './split-files.ts';

describe('readSplit', () => {
  let dir = '';
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'segue-split-'));
  });
  after(() => rm(dir, { recursive: true }));
  const files = async (train: string, test: string): Promise<[string, string]> => {
    await writeFile(join(dir, 'train.txt'), train);
    await writeFile(join(dir, 'test.txt.gz'), gzipSync(test));
    return [join(dir, 'train.txt'), join(dir, 'test.txt.gz')];
  };
  const fails = async (paths: [string, string], code: string, message: RegExp): Promise<void> =>
    assert.rejects(
      readSplit(...paths),
      (e: unknown) => e instanceof SegueError && e.code === code && message.test(e.message),
    );

  test('reads adjacency lists: gz, several lines of an owner, repetitions, owners without tracks', async () => {
    const dataset = await readSplit(...(await files('\uFEFF0 10 11 11\r\n1 11\n2\n0 12\n', '0 13\n1 10 12\n')));
    const [fold] = foldsOf({ protocol: protocolById('split'), options: { queries: 0 }, seed: 1, depth: 5 }, dataset);
    assert.equal(dataset.tracks.count, 4);
    assert.deepEqual(
      fold!.cases.map((c) => [c.owner, [...c.query.seeds].map((t) => dataset.tracks.vocabulary.id(t)), c.truth.length]),
      [
        ['0', ['10', '11', '12'], 1],
        ['1', ['11'], 2],
      ],
    );
    assert.equal(fold!.train.byOwner.idx.length, 4);
    assert.equal(fold!.train.times, null, 'the marks of the split do not reach a model');
  });

  test('a test row in the training file is a leak', async () => {
    await fails(await files('0 10 11\n1 12\n', '0 11\n1 10\n'), 'SPLIT_IMPOSSIBLE', /1 pairs.*owner "0", track "11"/);
  });

  test('empty and missing files are named', async () => {
    await fails(await files('0\n\n', '0 1\n'), 'FILE_UNREADABLE', /train\.txt contains no pair/);
    await fails([join(dir, 'none.txt'), join(dir, 'none.txt')], 'FILE_UNREADABLE', /none\.txt does not exist/);
    await writeFile(join(dir, 'cut.gz'), gzipSync('0 1 2 3 4 5').subarray(0, 12));
    await fails([join(dir, 'cut.gz'), join(dir, 'cut.gz')], 'FILE_UNREADABLE', /cut\.gz cannot be read/);
  });
});
