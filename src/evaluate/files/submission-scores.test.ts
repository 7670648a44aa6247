import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { DatasetBuilder } from '../../dataset/builder.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import type { Batch } from '../../dataset/rows.ts';
import { Rng } from '../../math/rng.ts';
import { modelById } from '../../models/registry.ts';
import { demoBatches } from '../../sources/demo/demo.ts';
import { evaluate } from '../evaluate.ts';
import { resolveOptions } from '../options.ts';
import type { EvaluationCase } from '../protocol.ts';
import { challenge } from '../protocols/challenge.ts';
import { foldsOf } from '../run/execution.ts';
import { readChallengeSet } from './challenge-set.ts';
import { evaluateFiles } from './evaluate-files.ts';
import { makeSubmission, verifySubmission, writeSubmission } from './submission.ts';

const SEED = 3;
const options = resolveOptions(challenge.options, { perScenario: 4, minHeldOut: 5 }, 'protocol');
const KEYS = ['r-precision-challenge', 'ndcg-challenge@500', 'clicks@500', 'recall@100', 'hit-rate@10'];

/** The demo world with Spotify URIs, since a submission accepts no others. */
function world(): Dataset {
  const builder = new DatasetBuilder();
  const named = (batch: Batch): Batch => ({
    ...batch,
    tracks: batch.tracks.map((row) => ({ ...row, uri: row.uri.replace(/^.*:/, 'spotify:track:demo') })),
  });
  for (const batch of demoBatches({ tracks: 2500, playlists: 900, seed: 5 })) builder.add(named(batch));
  return builder.finish();
}

describe('a submission scores as the evaluation says', () => {
  let dir = '';
  let dataset: Dataset;
  let cases: readonly EvaluationCase[];
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'segue-scores-'));
    dataset = world();
    cases = foldsOf({ protocol: challenge, options, seed: SEED, depth: 500 }, dataset)[0]!.cases;
    const uris = (tracks: Iterable<number>): string[] => Array.from(tracks, (t) => dataset.tracks.vocabulary.id(t));
    const playlists = cases.map(({ query, truth }, pid) => ({
      pid,
      ...(query.title !== '' && { name: query.title }),
      num_samples: query.seeds.length,
      num_holdouts: truth.length,
      tracks: uris(query.seeds).map((track_uri, i) => ({ track_uri, pos: query.ordered ? i : 2 * i + 1 })),
    }));
    await writeFile(join(dir, 'set.json'), JSON.stringify({ playlists }));
    const truth = cases.map((c, pid) => `${pid},${uris(c.truth).join(',')}`);
    await writeFile(join(dir, 'truth.csv'), truth.join('\n'));
  });
  after(() => rm(dir, { recursive: true }));

  for (const id of ['playlist-neighbours', 'spectral', 'popularity'])
    test(`${id}: set → answers → file → figures, and the figures of the protocol`, async () => {
      const model = modelById(id);
      const config = resolveOptions(model.config, {}, id);
      const [fold] = foldsOf({ protocol: challenge, options, seed: SEED, depth: 500 }, dataset);
      const fitted = await model.fit(fold!.train, config, { rng: new Rng(SEED).fork(`fit ${id} 0`) });
      const set = await readChallengeSet(join(dir, 'set.json'));
      const { lines, filled } = makeSubmission(set, fold!.train, fitted, { team: 'a', email: 'a@example.com' });
      const path = join(dir, `${id}.csv.gz`);
      await writeSubmission(path, lines);
      assert.deepEqual(await verifySubmission(path, set), []);

      const scored = await evaluateFiles({ runs: [path], truth: join(dir, 'truth.csv'), dataset: fold!.train });
      const report = await evaluate({
        dataset,
        protocol: challenge,
        options,
        seed: SEED,
        candidates: [{ name: id, model, config }],
        threads: 0,
      });
      for (const key of KEYS) {
        const [file, own] = [scored.results[0]!.values[key]!.mean!, report.results[0]!.values[key]!.mean!];
        // Lists completed with popular tracks can only gain.
        if (filled === 0)
          assert.ok(Math.abs(file - own) < 1e-9, `${key}: ${file} from the file, ${own} of the protocol`);
        else assert.ok(key === 'clicks@500' ? file <= own + 1e-9 : file >= own - 1e-9, `${key}: ${file}, ${own}`);
      }
      if (id === 'popularity') assert.equal(filled, 0);
    });
});
