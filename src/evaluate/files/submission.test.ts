import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { DatasetBuilder } from '../../dataset/builder.ts';
import { emptyBatch } from '../../dataset/rows.ts';
import { SegueError } from '../../errors.ts';
import { Rng } from '../../math/rng.ts';
import { popularity } from '../../models/popularity.ts';
import { type ChallengePlaylist, readChallengeSet } from './challenge-set.ts';
import { makeSubmission, verifySubmission, writeSubmission } from './submission.ts';

const uri = (t: number): string => `spotify:track:T${t}`;
const team = { team: 'the team', email: 'team@example.com' };

function catalogue(tracks: number) {
  const batch = emptyBatch();
  for (let t = 0; t < tracks; t++)
    batch.tracks.push({ uri: uri(t), name: `Song ${t}`, artists: [{ name: 'Somebody' }] });
  batch.owners.push({ id: 'a', kind: 'playlist', items: [1, 2, 3] }, { id: 'b', kind: 'playlist', items: [3] });
  const builder = new DatasetBuilder();
  builder.add(batch);
  return builder.finish();
}

describe('submission', () => {
  let dir = '';
  let set: ChallengePlaylist[] = [];
  const file = (name: string): string => join(dir, name);
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'segue-submit-'));
    const tracks = (...numbers: number[]) => numbers.map((t, pos) => ({ pos, track_uri: uri(t) }));
    const playlists = [
      { pid: 7, name: 'only a title', num_holdouts: 3, num_samples: 0, tracks: [] },
      { pid: 8, num_holdouts: 3, num_samples: 2, tracks: tracks(3, 4) },
      {
        pid: 9,
        name: 'random',
        tracks: [
          { pos: 4, track_uri: uri(2) },
          { pos: 11, track_uri: 'spotify:track:unknown' },
        ],
      },
    ];
    await writeFile(file('set.json.gz'), gzipSync(JSON.stringify({ playlists })));
    set = await readChallengeSet(file('set.json.gz'));
  });
  after(() => rm(dir, { recursive: true }));

  test('a challenge set is read with titles, seeds and their kind', () => {
    assert.deepEqual(
      set.map((p) => [p.pid, p.title, p.seeds.length, p.ordered]),
      [
        ['7', 'only a title', 0, true],
        ['8', '', 2, true],
        ['9', 'random', 2, false],
      ],
    );
  });

  test('what is submitted is accepted, and holds no seed', async () => {
    const dataset = catalogue(520);
    const fitted = await popularity.fit(dataset, {}, { rng: new Rng(1) });
    const { lines, filled, unknownSeeds } = makeSubmission(set, dataset, fitted, team);
    assert.deepEqual([filled, unknownSeeds, lines.length], [3, 1, 4]);
    assert.equal(lines[0], 'team_info,the team,team@example.com');
    assert.ok(lines[1]!.startsWith(`7,${uri(3)},${uri(1)},${uri(2)},`));
    for (const name of ['s.csv', 's.csv.gz']) {
      await writeSubmission(file(name), lines);
      assert.deepEqual(await verifySubmission(file(name), set), []);
    }
    const loose = ['# a comment', '', ...lines.map((line) => line.replaceAll(',', ' , '))];
    await writeSubmission(file('loose.csv'), loose);
    assert.deepEqual(await verifySubmission(file('loose.csv'), set), []);
  });

  test('each broken rule is found with its line', async () => {
    const good = (pid: string, from = 20): string =>
      `${pid},${Array.from({ length: 500 }, (_, i) => uri(from + i)).join(',')}`;
    const head = 'team_info,a,b@example.com';
    const cases: [string, string[], RegExp][] = [
      ['no team', [good('7'), good('8'), good('9')], /line 1: the first line is not team_info/],
      ['team fields', ['team_info,a', good('7'), good('8'), good('9')], /line 1: team_info has 1 fields/],
      ['missing', [head, good('7'), good('8')], /1 playlists .* have no answer, the first being 9/],
      ['twice', [head, good('7'), good('8'), good('9'), good('7')], /line 5: the pid 7 is answered a second time/],
      ['unknown', [head, good('7'), good('8'), good('9'), good('1')], /line 5: the pid "1" is not in/],
      ['499', [head, good('7').replace(/,[^,]*$/, ''), good('8'), good('9')], /line 2: 499 tracks/],
      ['repeated', [head, good('7').replace(uri(21), uri(20)), good('8'), good('9')], /line 2: 1 repeated/],
      ['seed', [head, good('7'), good('8', 4), good('9')], /line 3: 1 seed tracks/],
      ['no URI', [head, good('7').replace(uri(30), 'track 30'), good('8'), good('9')], /"track 30" is not a track URI/],
      ['empty', ['# nothing'], /no line/],
    ];
    for (const [name, lines, message] of cases) {
      await writeSubmission(file('bad.csv.gz'), lines);
      assert.match((await verifySubmission(file('bad.csv.gz'), set)).join('\n'), message, name);
    }
  });

  test('too small a catalogue, a comma in the name, and files of another kind are refused', async () => {
    const small = catalogue(100);
    const fitted = await popularity.fit(small, {}, { rng: new Rng(1) });
    const code = (expected: string) => (e: unknown) => e instanceof SegueError && e.code === expected;
    assert.throws(() => makeSubmission(set, small, fitted, team), code('MODEL_UNUSABLE'));
    assert.throws(() => makeSubmission(set, small, fitted, { ...team, team: 'a, b' }), code('USAGE'));
    for (const text of [
      '{',
      '{"playlists": []}',
      '{"playlists": [{"pid": "x"}]}',
      '{"playlists": [{"pid": 1, "tracks": [{}]}]}',
    ]) {
      await writeFile(file('wrong.json'), text);
      await assert.rejects(readChallengeSet(file('wrong.json')), code('FILE_UNREADABLE'));
    }
  });
});
