import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import { type TObject, Type } from '#typebox';
import { Value } from '#typebox/value';
import { smallWorld } from '../../../test/support/small-world.ts';
import { SegueError } from '../../errors.ts';
import { readSettings, writeSettings } from '../../library/settings.ts';
import { Rng } from '../../math/rng.ts';
import type { Model } from '../../models/model.ts';
import { popularity } from '../../models/popularity.ts';
import { resolveOptions } from '../options.ts';
import { protocolById } from '../registry.ts';
import { foldsOf } from '../run/execution.ts';
import { drawConfig, tunableSettings } from './space.ts';
import { type TuneRequest, tune } from './tune.ts';
import { validationProtocol } from './validation.ts';

const schema = Type.Object({
  worst: Type.Integer({ default: 150, minimum: 0, maximum: 150, description: 'how many of the best are left out' }),
  fixed: Type.Number({ default: 0.5, description: 'no bounds' }),
  seed: Type.Integer({ default: 1, minimum: 0, maximum: 9, tune: false }),
});

let fits = 0;
/** Popularity without its `worst` best tracks: 0 is best, the default is poor. */
const model: Model = {
  ...popularity,
  id: 'tunable',
  config: schema as TObject,
  async fit(train, config, context) {
    fits++;
    const fitted = await popularity.fit(train, {}, context);
    const skip = (config as { worst: number }).worst;
    return {
      ...fitted,
      modelId: 'tunable',
      score: (q, out) => fitted.score(q, out),
      recommend: (q, n) => {
        const { tracks, scores } = fitted.recommend(q, n + skip);
        return { tracks: tracks.slice(skip), scores: scores.slice(skip) };
      },
      toArtifact: () => fitted.toArtifact(),
    };
  },
};
const protocol = protocolById('kfold');
const dataset = smallWorld({ owners: 150, tracks: 300 });
const request = (part: Partial<TuneRequest> = {}): TuneRequest => ({
  dataset,
  model,
  protocol,
  options: resolveOptions(protocol.options, { folds: 3 }, 'protocol'),
  seed: 1,
  trials: 8,
  method: 'random',
  cacheDir: null,
  ...part,
});

describe('tuning', () => {
  let dir = '';
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'segue-tune-'));
  });
  after(() => rm(dir, { recursive: true }));

  test('finds better settings than poor defaults, the same ones for the same seed', async () => {
    for (const method of ['random', 'halving'] as const) {
      const { settings, trials } = await tune(request({ method, trials: 16 }));
      assert.ok(settings.value > settings.defaultValue, method);
      assert.ok(Number(settings.config.worst) < 150);
      assert.deepEqual([settings.config.fixed, settings.config.seed, trials.length], [0.5, 1, 16]);
      assert.deepEqual((await tune(request({ method, trials: 16 }))).settings, settings);
    }
  });

  test('halving trains less, and the defaults reach the last round', async () => {
    fits = 0;
    const { trials } = await tune(request({ method: 'halving' }));
    assert.equal(fits, 8 + 4 + 2);
    assert.equal(trials.find((t) => t.number === 0)!.share, 1);
  });

  test('goes on where it stopped', async () => {
    const cacheDir = join(dir, 'tuning');
    const first = await tune(request({ cacheDir }));
    fits = 0;
    assert.deepEqual((await tune(request({ cacheDir }))).settings, first.settings);
    assert.equal(fits, 0);
    await tune(request({ cacheDir, trials: 10 }));
    assert.equal(fits, 2, 'a larger budget only adds trials');
  });

  test('hears between trials that it is to stop, and keeps what is done', async () => {
    const cacheDir = join(dir, 'stopped');
    const abort = new AbortController();
    fits = 0;
    setImmediate(() => setImmediate(() => abort.abort()));
    const stopped = (e: unknown) => e instanceof SegueError && e.code === 'CANCELLED';
    await assert.rejects(tune(request({ cacheDir, trials: 30, signal: abort.signal })), stopped);
    assert.ok(fits < 20, `${fits} of some 30 trials`);
    await tune(request({ cacheDir, trials: 30 }));
    const all = fits;
    fits = 0;
    await tune(request({ cacheDir: join(dir, 'whole'), trials: 30 }));
    assert.equal(all, fits, 'together as many as without a stop');
  });

  test('validation holds nothing of the test of the evaluation with the same seed', () => {
    const options = resolveOptions(protocol.options, { folds: 3 }, 'protocol');
    const [outer] = foldsOf({ protocol, options, seed: 7, depth: 1 }, dataset);
    const tested = new Set(outer!.cases.map((c) => c.owner));
    for (const share of [0.25, 1]) {
      const plan = {
        protocol: validationProtocol(protocol),
        options: { inner: options, testSeed: 7, share },
        seed: 7,
        depth: 1,
      };
      const [fold] = foldsOf(plan, dataset);
      assert.ok(fold!.cases.length > 0);
      for (const { owner } of fold!.cases) assert.ok(!tested.has(owner));
      for (let o = 0; o < fold!.train.owners.count; o++) assert.ok(!tested.has(fold!.train.owners.vocabulary.id(o)));
    }
  });

  test('draws stay in range, of the right type, and over the logarithm where asked', () => {
    const wide = Type.Object({
      rate: Type.Number({ default: 1, minimum: 1e-4, maximum: 1e4, scale: 'log' }),
      count: Type.Integer({ default: 10, minimum: 1, maximum: 1000, scale: 'log' }),
      on: Type.Boolean({ default: true }),
      kind: Type.Union([Type.Literal('a'), Type.Literal('b')], { default: 'a' }),
    });
    let small = 0;
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const config = drawConfig(wide, { rate: 1, count: 10, on: true, kind: 'a' }, new Rng(seed));
        assert.ok(Value.Check(wide, config), JSON.stringify(config));
        if (Number(config.rate) < 1) small++;
      }),
      { numRuns: 200, seed: 1 },
    );
    assert.ok(small > 60 && small < 140);
    let [lowest, highest, others] = [1e4, 1e-4, 0];
    for (let seed = 0; seed < 200; seed++) {
      const config = drawConfig(wide, { rate: 1, count: 10, on: true, kind: 'a' }, new Rng(seed), true);
      assert.ok(Value.Check(wide, config), JSON.stringify(config));
      [lowest, highest] = [Math.min(lowest, Number(config.rate)), Math.max(highest, Number(config.rate))];
      if (config.kind !== 'a') others++;
    }
    assert.ok(lowest > 1e-3 && lowest < 0.1 && highest < 1e3 && highest > 10, `${lowest} … ${highest}`);
    assert.ok(others > 10 && others < 45, 'a quarter of the choices are drawn anew, half of these differ');
    assert.deepEqual(
      tunableSettings(schema).map((s) => s.name),
      ['worst'],
    );
  });

  test('refuses what cannot be tuned', async () => {
    const fails = (work: Promise<unknown>, code: string) =>
      assert.rejects(work, (e: unknown) => e instanceof SegueError && e.code === code);
    await fails(tune(request({ trials: 0 })), 'OUT_OF_RANGE');
    await fails(tune(request({ model: popularity })), 'MODEL_UNUSABLE');
    await fails(tune(request({ metric: 'novelty@10' })), 'USAGE');
    await fails(tune(request({ model: { ...model, unusable: () => 'no data' } })), 'MODEL_UNUSABLE');
  });

  test('settings are saved beside those of other models; a damaged file is named', async () => {
    const saved = {
      config: { factors: 8 },
      protocol: 'kfold',
      metric: 'ndcg@20',
      value: 0.2,
      defaultValue: 0.1,
      trials: 4,
    };
    assert.deepEqual(await readSettings(join(dir, 'nowhere')), {});
    await writeSettings(join(dir, 'library'), 'als', saved);
    await writeSettings(join(dir, 'library'), 'ease', { ...saved, value: 0.3 });
    assert.deepEqual(await readSettings(join(dir, 'library')), { als: saved, ease: { ...saved, value: 0.3 } });
    await writeSettings(join(dir, 'library'), 'ease', null);
    assert.deepEqual(await readSettings(join(dir, 'library')), { als: saved });
    const file = join(dir, 'library', 'settings.json');
    for (const text of ['{"als": 3}', (await readFile(file, 'utf8')).slice(0, 40)]) {
      await writeFile(file, text);
      await assert.rejects(
        readSettings(join(dir, 'library')),
        (e: unknown) => e instanceof SegueError && e.code === 'FILE_UNREADABLE' && /segue tune/.test(e.message),
      );
    }
  });
});
