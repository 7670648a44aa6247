import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Value } from '#typebox/value';
import { smallWorld } from '../../test/support/small-world.ts';
import { fingerprint, openShared, shareDataset } from '../dataset/shared-dataset.ts';
import { SegueError } from '../errors.ts';
import type { Fitted, Model } from '../models/model.ts';
import { popularity } from '../models/popularity.ts';
import { checkCutoffs, type EvaluateRequest, evaluate } from './evaluate.ts';
import { resolveOptions } from './options.ts';
import { protocolById } from './registry.ts';
import { type EvaluationReport, evaluationReportSchema } from './report/report-data.ts';
import { type Candidate, Execution, foldsOf } from './run/execution.ts';

const dataset = smallWorld({ owners: 160, tracks: 300 });
const kfold = protocolById('kfold');
const plain: Candidate = { name: 'popularity', model: popularity, config: {} };

const request = (part: Partial<EvaluateRequest> = {}): EvaluateRequest => ({
  dataset,
  protocol: kfold,
  options: resolveOptions(kfold.options, { folds: 2 }, 'protocol kfold'),
  seed: 1,
  candidates: [plain],
  threads: 0,
  ...part,
});

/** The part of a report that must not depend on time or threads. */
const digits = (report: EvaluationReport): unknown => ({
  ...report,
  createdAt: '',
  timing: null,
  results: report.results.map((r) => ({ ...r, fitSeconds: 0, answerMs: null })),
});

/** Popularity with one thing changed. */
const variant = (id: string, change: (fitted: Fitted) => Partial<Fitted>, part: Partial<Model> = {}): Candidate => ({
  name: id,
  config: {},
  model: {
    ...popularity,
    id,
    async fit(train, config, context) {
      const fitted = await popularity.fit(train, config, context);
      const bound: Fitted = {
        modelId: id,
        recommend: (q, n) => fitted.recommend(q, n),
        score: (q, out) => fitted.score(q, out),
        toArtifact: () => ({ ...fitted.toArtifact(), modelId: id }),
      };
      return { ...bound, ...change(fitted) };
    },
    ...part,
  },
});

describe('evaluate', () => {
  let dir = '';
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'segue-evaluate-'));
  });
  after(() => rm(dir, { recursive: true }));

  test('gives a report of its schema, the same digits again and with worker threads', async () => {
    const one = await evaluate(request());
    assert.ok(
      Value.Check(evaluationReportSchema, one),
      JSON.stringify([...Value.Errors(evaluationReportSchema, one)][0]),
    );
    assert.equal(one.protocol.cases, 160);
    assert.deepEqual(digits(await evaluate(request())), digits(one));
    assert.deepEqual(digits(await evaluate(request({ threads: 2 }))), digits(one));
  });

  test('the mean lies in its interval, and popularity finds something', async () => {
    const { results } = await evaluate(request());
    const { mean, low, high, cases } = results[0]!.values['recall@20']!;
    assert.ok(mean! > 0.05 && low! < mean! && mean! < high! && cases === 160);
  });

  test('a model compared with itself is no difference', async () => {
    const { comparisons } = await evaluate(request({ candidates: [plain, { ...plain, name: 'the same' }] }));
    assert.equal(comparisons.length, kfold.headline.length);
    for (const { difference, pHolm, pT, verdict } of comparisons)
      assert.deepEqual([difference, pHolm, pT, verdict], [0, 1, 1, 'no difference']);
  });

  test('a model that is clearly worse is said to be so', async () => {
    const reversed = variant('reversed', (fitted) => ({
      recommend: (q, n) => {
        const all = fitted.recommend(q, dataset.tracks.count);
        return { tracks: all.tracks.slice().reverse().slice(0, n), scores: all.scores.slice(0, n) };
      },
    }));
    const { comparisons, results } = await evaluate(request({ candidates: [reversed, plain] }));
    assert.equal(comparisons[0]!.verdict, 'b better');
    assert.ok(comparisons[0]!.pHolm < 0.01 && comparisons[0]!.high < 0);
    assert.equal(results[0]!.model, 'popularity');
  });

  test('a model that breaks, or answers seeds, is reported as failed; the others go on', async () => {
    const broken = variant('broken', () => ({}), {
      fit: async () => {
        throw new SegueError('UNSOLVABLE', { got: 'Row 7 has no solution' });
      },
    });
    const cheat = variant('cheat', () => ({
      recommend: (q) => ({ tracks: q.seeds.slice(0, 3), scores: new Float32Array(3).fill(1) }),
    }));
    const unusable = variant('unusable', () => ({}), { unusable: () => 'There are no titles' });
    const { results } = await evaluate(request({ candidates: [broken, plain, cheat, unusable] }));
    const failure = (model: string) => results.find((r) => r.model === model)!.failed;
    assert.match(failure('broken')!, /Row 7/);
    assert.match(failure('cheat')!, /a seed/);
    assert.match(failure('unusable')!, /no titles/);
    assert.equal(failure('popularity'), undefined);
  });

  test('goes on from finished answers, and a damaged file of them is made again', async () => {
    let fits = 0;
    const counted = variant('counted', () => ({}), {
      fit: (...args) => {
        fits++;
        return variant('counted', () => ({})).model.fit(...args);
      },
    });
    const cached = request({ candidates: [counted], cacheDir: join(dir, 'resume') });
    const first = await evaluate(cached);
    assert.deepEqual([fits, first.timing.cached], [2, 0]);
    const second = await evaluate(cached);
    assert.deepEqual([fits, second.timing.cached], [2, 2]);
    assert.deepEqual(digits(second), digits(first));
    await evaluate({ ...cached, seed: 2 });
    assert.equal(fits, 4, 'another seed is another question');
    for (const name of await readdir(join(dir, 'resume'))) await writeFile(join(dir, 'resume', name), 'damaged');
    assert.deepEqual(digits(await evaluate(cached)), digits(first));
    assert.equal(fits, 6);
  });

  test('a stopped evaluation keeps what is finished and nothing half-done', async () => {
    const stop = new AbortController();
    const slow = variant('slow', () => ({}), {
      fit: async () => {
        stop.abort();
        throw new SegueError('CANCELLED', { got: 'Training was stopped' });
      },
    });
    const cacheDir = join(dir, 'stopped');
    await assert.rejects(
      evaluate(request({ candidates: [plain, slow], cacheDir, signal: stop.signal })),
      (error: unknown) => error instanceof SegueError && error.code === 'CANCELLED',
    );
    const left = await readdir(cacheDir);
    assert.ok(left.every((name) => name.startsWith('popularity-') && name.endsWith('.answers')));
    assert.equal((await evaluate(request({ cacheDir }))).timing.cached, left.length);
  });

  test('a limit per artist holds for every list, is kept apart from answers without one, and is refused for ratings', async () => {
    const most = async (perArtist?: number): Promise<number> => {
      const plan = { protocol: kfold, options: request().options, seed: 1, depth: 30, perArtist };
      const folds = foldsOf(plan, dataset);
      const execution = new Execution(plan, folds);
      await execution.fit(plain, 0, {});
      const { ptr, tracks } = execution.answer(plain, 0, 0, folds[0]!.cases.length);
      let greatest = 0;
      for (let i = 0; i + 1 < ptr.length; i++) {
        const list = tracks.subarray(ptr[i]!, ptr[i + 1]!);
        assert.equal(list.length, 30, 'what the limit removes is made up for');
        const counts = new Map<number, number>();
        for (const track of list) {
          const artist = dataset.mainArtist(track);
          counts.set(artist, (counts.get(artist) ?? 0) + 1);
        }
        greatest = Math.max(greatest, ...counts.values());
      }
      return greatest;
    };
    assert.ok((await most()) > 2);
    assert.equal(await most(2), 2);
    const cacheDir = join(dir, 'limited');
    const free = await evaluate(request({ cacheDir }));
    const limited = await evaluate(request({ cacheDir, perArtist: 2 }));
    assert.equal(limited.timing.cached, 0);
    assert.equal(limited.protocol.options.perArtist, 2);
    assert.notDeepEqual(limited.results[0]!.values, free.results[0]!.values);
    await assert.rejects(
      evaluate(request({ protocol: protocolById('ratings'), perArtist: 2 })),
      (error: SegueError) => error.code === 'USAGE',
    );
  });

  test('refuses k = 0 and other cut-offs that are none', () => {
    for (const k of [0, -1, 2.5, Number.NaN, 20_000])
      assert.throws(
        () => checkCutoffs([10, k]),
        (error: unknown) =>
          error instanceof SegueError && error.code === 'OUT_OF_RANGE' && error.message.includes(`k = ${k}`),
      );
    assert.deepEqual(checkCutoffs([20, 5, 20]), [5, 20]);
  });

  test('a shared dataset is the same dataset', () => {
    const open = openShared(structuredClone(shareDataset(dataset)));
    assert.equal(fingerprint(open), fingerprint(dataset));
    assert.equal(open.tracks.names.get(7), dataset.tracks.names.get(7));
    assert.equal(open.owners.vocabulary.indexOf('small:9'), 9);
    assert.notEqual(fingerprint(smallWorld({ owners: 160, tracks: 300, seed: 2 })), fingerprint(dataset));
  });
});
