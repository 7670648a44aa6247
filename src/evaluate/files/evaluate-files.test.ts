import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { smallWorld } from '../../../test/support/small-world.ts';
import { SegueError } from '../../errors.ts';
import { evaluateFiles } from './evaluate-files.ts';
import { readLists } from './run-files.ts';

describe('lists from files', () => {
  let dir = '';
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'segue-files-'));
  });
  after(() => rm(dir, { recursive: true }));
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(dir, name), text);
    return join(dir, name);
  };
  const fails = async (work: Promise<unknown>, code: string, message: RegExp): Promise<void> =>
    assert.rejects(work, (e: unknown) => e instanceof SegueError && e.code === code && message.test(e.message));
  const plain = async (path: string, what: 'run' | 'truth' = 'run') =>
    [...(await readLists(path, what))].map(([owner, list]) => [owner, list.map((e) => e.track)]);

  test('tables by rank or score, lines, tabs and the TREC form mean the same', async () => {
    const expected = [
      ['u1', ['b', 'a']],
      ['u2', ['c']],
    ];
    for (const [name, text] of [
      ['rank.csv', 'user_id,item_id,rank\nu1,a,2\nu1,b,1\nu2,c,1\n'],
      ['score.tsv', 'score\tpid\ttrack_uri\n0.5\tu1\ta\n0.9\tu1\tb\n0.1\tu2\tc\n'],
      ['rows.csv', '\uFEFFowner,track\r\nu1,b\r\nu1,a\r\nu2,c\r\n'],
      ['lines.csv', 'team_info, x, y\n# a comment\nu1, b, a\nu2, c\n'],
      ['lines.txt', 'u1 b  a\nu2 c\n'],
      ['run.trec', 'u1 Q0 a 2 0.5 tag\nu1 Q0 b 1 0.9 tag\nu2 Q0 c 1 0.1 tag\n'],
    ] as const)
      assert.deepEqual(await plain(await write(name, text)), expected, name);
    assert.deepEqual(await plain(await write('qrels', 'u1 0 a 1\nu1 0 b 0\n'), 'truth'), [['u1', ['a']]]);
  });

  test('values, a missing list as an empty one, and a comparison of two files', async () => {
    const truth = await write('truth.csv', 'owner,track\n1,a\n1,b\n2,c\n');
    const good = await write('good.csv', '1,a,b,x\n2,c\n');
    const half = await write('half.csv', '1,x,a\n');
    const report = await evaluateFiles({ runs: [half, good], truth, cutoffs: [1, 3] });
    assert.deepEqual(
      report.results.map((r) => [
        r.model,
        r.values['recall@3']!.mean,
        r.values['precision@1']!.mean,
        r.values['mrr@3']!.mean,
      ]),
      [
        ['good.csv', 1, 1, 1],
        ['half.csv', 0.25, 0, 0.25],
      ],
    );
    assert.equal(report.comparisons.length, 3);
    assert.ok(!report.metrics.some((m) => m.id === 'novelty'), 'ids alone have no popularity');
  });

  test('a duplicate is named with its line, whatever the form', async () => {
    const truth = await write('truth.csv', '1,a\n');
    const run = (text: string) => write('run.csv', text).then((path) => evaluateFiles({ runs: [path], truth }));
    await fails(run('owner,track\n1,a\n1,b\n1,a\n'), 'RUN_INVALID', /Line 4 .*"a" a second time for the owner "1"/);
    await fails(run('1,a,b,a\n'), 'RUN_INVALID', /Line 1 .*"a" a second time/);
    await fails(run('1,a\n1,b\n'), 'RUN_INVALID', /Line 2 .*second list of the owner "1"/);
  });

  test('unknown ids, other columns, no numbers, k = 0 and empty files are refused', async () => {
    const truth = await write('truth.csv', 'small:1,small:track:3\n');
    const run = await write('run.csv', 'small:1,small:track:4\n');
    const dataset = smallWorld({ owners: 20 });
    assert.ok((await evaluateFiles({ runs: [run], truth, dataset })).metrics.some((m) => m.id === 'novelty'));
    const strange = await write('strange.csv', 'small:1,nobody knows\n');
    await fails(
      evaluateFiles({ runs: [run], truth: strange, dataset }),
      'RUN_INVALID',
      /strange\.csv names the track "nobody knows", which the library lacks/,
    );
    const others = await write('others.csv', 'x,small:track:4\n');
    await fails(
      evaluateFiles({ runs: [others], truth }),
      'RUN_INVALID',
      /1 owners that .*truth\.csv lacks, the first being "x"/,
    );
    await fails(evaluateFiles({ runs: [run], truth, cutoffs: [0] }), 'OUT_OF_RANGE', /k = 0/);
    await fails(readLists(await write('columns.csv', 'owner,thing\n1,2\n'), 'run'), 'COLUMNS_MISSING', /owner, thing/);
    await fails(readLists(await write('score.csv', 'owner,track,score\n1,2,high\n'), 'run'), 'RUN_INVALID', /Line 2/);
    await fails(readLists(await write('none.csv', '\n\n'), 'run'), 'FILE_UNREADABLE', /is empty/);
    await fails(readLists(join(dir, 'absent.csv'), 'run'), 'FILE_UNREADABLE', /does not exist/);
  });
});
