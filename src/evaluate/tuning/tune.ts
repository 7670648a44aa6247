import type { Dataset } from '../../dataset/dataset.ts';
import { SegueError } from '../../errors.ts';
import type { TunedSettings } from '../../library/settings.ts';
import type { OnProgress } from '../../math/progress.ts';
import { Rng } from '../../math/rng.ts';
import type { Model } from '../../models/model.ts';
import { evaluate } from '../evaluate.ts';
import { resolveOptions } from '../options.ts';
import type { Protocol } from '../protocol.ts';
import { drawConfig, tunableSettings } from './space.ts';
import { validationProtocol } from './validation.ts';

export interface TuneRequest {
  readonly dataset: Dataset;
  readonly model: Model;
  readonly protocol: Protocol;
  /** Complete options of the protocol. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Seed of the evaluation whose test data must stay unseen. */
  readonly seed: number;
  /** Number of settings to try, including the defaults: the budget, the same for every model. */
  readonly trials: number;
  /** 'random': all trials on the full validation data; 'halving': many on a quarter, the better half on a half, the better half of those on all. */
  readonly method: 'random' | 'halving';
  /** Metric key; the protocol's first by default. */
  readonly metric?: string;
  /** Cached answers of earlier trials, with which the same request resumes where it stopped. */
  readonly cacheDir: string | null;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

export interface Trial {
  readonly number: number;
  readonly config: Record<string, unknown>;
  /** Value on the largest share of the validation data that the trial reached; null when it failed. */
  readonly value: number | null;
  readonly share: number;
  readonly failed?: string;
}

export interface Tuned {
  readonly settings: TunedSettings;
  /** Best first; trials that reached the full validation data come first. */
  readonly trials: Trial[];
}

const HALVING_SHARES = [0.25, 0.5, 1];

/**
 * Searches a model's settings on validation data. Trial 0 uses the defaults and always reaches the last round, so the result is never worse than the
 * defaults on validation. Every other trial is sampled near them, the rest from the whole space. Successive halving: Jamieson & Talwalkar 2016;
 * random search: Bergstra & Bengio 2012.
 * @throws SegueError MODEL_UNUSABLE when the model has nothing to tune or no trial succeeds; OUT_OF_RANGE; CANCELLED
 */
export async function tune(request: TuneRequest): Promise<Tuned> {
  const { model, protocol, trials, method } = request;
  if (!Number.isInteger(trials) || trials < 1 || trials > 10_000)
    throw new SegueError('OUT_OF_RANGE', { got: `${trials} trials`, expected: 'a whole number from 1 to 10,000' });
  if (tunableSettings(model.config).length === 0)
    throw new SegueError('MODEL_UNUSABLE', {
      got: `The model "${model.id}" has no setting with a range`,
      expected: 'a model with tunable settings',
    });
  const defaults = resolveOptions(model.config, {}, `model "${model.id}"`);
  const rng = new Rng(request.seed).fork(`tune ${model.id}`);
  const found: Trial[] = Array.from({ length: trials }, (_, number) => ({
    number,
    config: number === 0 ? defaults : drawConfig(model.config, defaults, rng.fork(`trial ${number}`), number % 2 === 1),
    value: null,
    share: 0,
  }));
  const shares = method === 'halving' && trials >= 4 ? HALVING_SHARES : [1];
  const works = shares.map((_, round) => Math.max(1, Math.ceil(trials / 2 ** round)));
  const total = works.reduce((sum, count, round) => sum + count * shares[round]!, 0);
  let done = 0;
  let alive = found.map((t) => t.number);
  let lower = false;
  for (let round = 0; round < shares.length; round++) {
    const share = shares[round]!;
    for (const number of alive) {
      request.onProgress?.({
        fraction: done / total,
        note: `trial ${number + 1} of ${trials}, ${Math.round(100 * share)}% of the validation`,
      });
      const { value, better, failed } = await measure(request, found[number]!.config, share);
      lower = better === 'lower' || lower;
      found[number] = { ...found[number]!, value, share, ...(failed === undefined ? {} : { failed }) };
      done += share;
    }
    const ranked = rankTrials(
      alive.map((n) => found[n]!),
      lower,
    ).filter((t) => t.value !== null);
    const keep = round + 1 < shares.length ? Math.max(1, Math.ceil(trials / 2 ** (round + 1))) : ranked.length;
    alive = ranked.slice(0, keep).map((t) => t.number);
    if (!alive.includes(0) && found[0]!.value !== null) alive = [0, ...alive.slice(0, Math.max(1, keep - 1))];
  }
  request.onProgress?.({ fraction: 1, note: 'done' });
  const ranked = rankTrials(found, lower);
  const best = ranked[0]!;
  if (best.value === null)
    throw new SegueError('MODEL_UNUSABLE', {
      got: `Every trial of "${model.id}" failed: ${best.failed ?? 'no value'}`,
    });
  const settings: TunedSettings = {
    config: best.config,
    protocol: protocol.id,
    metric: request.metric ?? protocol.headline[0]!,
    value: best.value,
    defaultValue: found[0]!.value ?? best.value,
    trials,
  };
  return { settings, trials: ranked };
}

async function measure(
  { dataset, model, protocol, options, seed, metric, cacheDir, signal }: TuneRequest,
  config: Record<string, unknown>,
  share: number,
): Promise<{ value: number | null; better: string; failed?: string }> {
  const report = await evaluate({
    dataset,
    protocol: validationProtocol(protocol),
    options: { inner: { ...options }, testSeed: seed, share },
    seed,
    candidates: [{ name: model.id, model, config }],
    threads: 0,
    cacheDir,
    examples: 0,
    signal,
  });
  const key = metric ?? report.headline[0]!;
  const info = report.metrics.find((m) => m.key === key);
  const result = report.results[0]!;
  if (result.failed !== undefined) return { value: null, better: '', failed: result.failed };
  if (!info || info.better === 'neither')
    throw new SegueError('USAGE', {
      got: `The metric "${key}" cannot be optimised`,
      expected: `one of ${report.metrics
        .filter((m) => m.better !== 'neither')
        .map((m) => m.key)
        .join(', ')}`,
    });
  return { value: result.values[key]?.mean ?? null, better: info.better };
}

/** Ranks by share of the validation data reached, then by value, then by earlier trial. */
function rankTrials(trials: readonly Trial[], lower: boolean): Trial[] {
  const goodness = ({ value }: Trial): number => (value === null ? Number.NEGATIVE_INFINITY : lower ? -value : value);
  return [...trials].sort((a, b) => {
    const failed = Number(a.value === null) - Number(b.value === null);
    if (failed !== 0) return failed;
    return b.share - a.share || (goodness(a) === goodness(b) ? a.number - b.number : goodness(b) - goodness(a));
  });
}
