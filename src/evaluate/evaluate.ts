import type { Dataset } from '../dataset/dataset.ts';
import { fingerprint } from '../dataset/shared-dataset.ts';
import { SegueError } from '../errors.ts';
import type { Progress } from '../math/progress.ts';
import { Rng } from '../math/rng.ts';
import { type Column, catalogueOf, columnKey, measureLists, measureRatings } from './metrics/measure.ts';
import type { Catalogue } from './metrics/metric.ts';
import type { Fold, Protocol } from './protocol.ts';
import { buildReport, type Measured } from './report/report.ts';
import type { EvaluationReport } from './report/report-data.ts';
import { joinFolds } from './report/summarise.ts';
import { AnswerCache, type AnswerKey } from './run/cache.ts';
import { codeVersion } from './run/code-version.ts';
import { type Candidate, foldsOf, type Plan } from './run/execution.ts';
import { type Lane, localLane, openLanes } from './run/pool.ts';
import { type Job, type JobResult, runJobs } from './run/schedule.ts';

export interface EvaluateRequest {
  readonly dataset: Dataset;
  readonly protocol: Protocol;
  /** Complete settings of the protocol (`resolveOptions`). */
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly candidates: readonly Candidate[];
  /** Ascending, distinct, ≥ 1; the protocol's own by default. The largest is the length of the lists. */
  readonly cutoffs?: readonly number[];
  /** Maximum tracks per artist in a list. `auto` as in recommendations: 3, and no limit when all seeds are by one artist. No limit when omitted. */
  readonly perArtist?: number | 'auto';
  /** Worker threads; 0 = the calling thread, which also accepts unregistered models. Default 2. */
  readonly threads?: number;
  /** Folder of cached answers; null = nothing is cached. */
  readonly cacheDir?: string | null;
  /** Number of example playlists in the report. Default 4. */
  readonly examples?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EvaluationProgress) => void;
}

/** Progress of all models together. */
export interface EvaluationProgress extends Progress {
  readonly model: string;
}

/** @throws SegueError OUT_OF_RANGE when a cut-off is not a whole number from 1 to 10,000 */
export function checkCutoffs(cutoffs: readonly number[]): number[] {
  for (const k of cutoffs) {
    if (Number.isInteger(k) && k >= 1 && k <= 10_000) continue;
    throw new SegueError('OUT_OF_RANGE', {
      got: `The cut-off k = ${k}`,
      expected: 'a whole number from 1 to 10,000',
    });
  }
  if (cutoffs.length === 0) throw new SegueError('USAGE', { got: 'No cut-off was given', expected: 'at least one k' });
  return [...new Set(cutoffs)].sort((a, b) => a - b);
}

/**
 * Fits every candidate on every fold of the protocol and measures its answers. Models receive `fold.train` and nothing else. A model that fails is
 * reported as failed, and the others continue. The same request gives the same digits, whatever the number of threads.
 * @throws SegueError SPLIT_IMPOSSIBLE, OUT_OF_RANGE, CANCELLED; finished answers stay in the cache
 */
export async function evaluate(request: EvaluateRequest): Promise<EvaluationReport> {
  const start = performance.now();
  const { dataset, protocol, seed, candidates, signal, perArtist } = request;
  if (perArtist !== undefined && protocol.task === 'ratings')
    throw new SegueError('USAGE', {
      got: 'A limit per artist for predicted ratings',
      expected: 'a protocol with lists',
    });
  // Settings beyond the split are part of the identity of answers and report.
  const options = { ...request.options, ...(perArtist !== undefined && { perArtist }) };
  const cutoffs = checkCutoffs(request.cutoffs ?? protocol.cutoffs);
  const plan: Plan = { protocol, options, seed, depth: cutoffs[cutoffs.length - 1]!, perArtist };
  const folds = foldsOf(plan, dataset);
  const datasetId = fingerprint(dataset);
  const cache = request.cacheDir ? new AnswerCache(request.cacheDir) : null;
  const keyOf = async ({ candidate, fold }: Job): Promise<AnswerKey> => ({
    dataset: datasetId,
    protocol: protocol.id,
    options,
    seed,
    depth: plan.depth,
    model: candidate.model.id,
    config: candidate.config,
    fold,
    code: await codeVersion(candidate.model.id),
  });

  const jobs = candidates.flatMap((candidate) =>
    folds.map((fold, f): Job => ({ candidate, fold: f, cases: fold.cases.length })),
  );
  const results = new Map<Job, JobResult>();
  for (const job of jobs) {
    const found = (await cache?.read(await keyOf(job))) ?? null;
    if (found && found.answers.tookMs.length === job.cases) results.set(job, found);
  }
  const cached = results.size;
  const failures = new Map<string, string>();
  const open = jobs.filter((job) => !results.has(job));
  if (open.length > 0) {
    const progress = new ProgressOfJobs(open, request.onProgress);
    const threads = Math.min(request.threads ?? 2, open.length > 1 || (open[0]?.cases ?? 0) > 1000 ? 64 : 1);
    const lanes: Lane[] = threads === 0 ? [localLane(plan, folds, signal)] : openLanes(plan, dataset, threads);
    await runJobs(
      open,
      lanes,
      {
        async done(job, result) {
          results.set(job, result);
          await cache?.write(await keyOf(job), result);
        },
        failed(job, error) {
          failures.set(job.candidate.name, error.message);
          progress.update(job, 'answer', { fraction: 1, note: `failed: ${error.message}` });
        },
        progress: (job, stage, part) => progress.update(job, stage, part),
      },
      signal,
    );
  }

  const measuring = performance.now();
  const catalogues = folds.map((fold) => catalogueOf(fold.train));
  const measured = candidates.map((candidate): Measured => {
    const { name, model, config } = candidate;
    const label = { model: name, title: model.title, family: model.family, config: { ...config } };
    const own = jobs.filter((job) => job.candidate === candidate);
    const failed = failures.get(candidate.name);
    const complete = own.every((job) => results.has(job));
    if (failed !== undefined || !complete)
      return { label, failed: failed ?? 'not finished', columns: [], answers: [], fitSeconds: Number.NaN };
    const answers = own.map((job) => results.get(job)!.answers);
    const columns = joinFolds(
      folds.map((fold, f) => measureFold(protocol, fold, answers[f]!, catalogues[f]!, cutoffs)),
    );
    const fitSeconds = own.reduce((sum, job) => sum + results.get(job)!.fitSeconds, 0);
    return { label, failed: null, columns, answers, fitSeconds };
  });
  const metricsSeconds = (performance.now() - measuring) / 1000;
  return buildReport({
    dataset,
    datasetId,
    protocol: {
      id: protocol.id,
      title: protocol.title,
      description: protocol.description,
      task: protocol.task,
      options: { ...options },
      seed,
    },
    folds,
    catalogues,
    cutoffs,
    headline: headlineKeys(protocol, cutoffs),
    measured,
    examples: request.examples ?? 4,
    rng: new Rng(seed).fork('statistics'),
    timing: { start, metricsSeconds, threads: request.threads ?? 2, cached },
  });
}

function measureFold(
  protocol: Protocol,
  fold: Fold,
  answers: JobResult['answers'],
  catalogue: Catalogue,
  cutoffs: readonly number[],
): Column[] {
  if (protocol.task === 'ranking') return measureLists(fold.cases, answers, catalogue, Int32Array.from(cutoffs));
  return measureRatings(
    fold.cases,
    fold.cases.map((_, i) => answers.predicted.subarray(answers.ptr[i]!, answers.ptr[i + 1]!)),
  );
}

/** The protocol's headline metrics; a cut-off that is not used is replaced by the largest. */
function headlineKeys(protocol: Protocol, cutoffs: readonly number[]): string[] {
  const keys = protocol.headline.map((key) => {
    const [id, k] = key.split('@');
    if (k === undefined) return key;
    return columnKey(id!, cutoffs.includes(Number(k)) ? Number(k) : cutoffs[cutoffs.length - 1]!);
  });
  return [...new Set(keys)];
}

/** Work of a hybrid relative to a plain model's: it trains several models, on several folds, and queries them all. */
const HYBRID_WORK = 25;
const workOf = ({ candidate }: Job): number => (candidate.model.family === 'hybrid' ? HYBRID_WORK : 1);

/** For a plain model, half of a job is training and half answering; for a hybrid, nearly all is training. */
class ProgressOfJobs {
  private readonly parts = new Map<Job, { fit: number; answer: number }>();
  private readonly total: number;
  private readonly report: ((progress: EvaluationProgress) => void) | undefined;

  constructor(jobs: readonly Job[], report: ((progress: EvaluationProgress) => void) | undefined) {
    this.total = jobs.reduce((sum, job) => sum + workOf(job), 0);
    this.report = report;
  }

  update(job: Job, stage: 'fit' | 'answer', { fraction, note }: Progress): void {
    const part = this.parts.get(job) ?? { fit: 0, answer: 0 };
    part[stage] = fraction;
    if (stage === 'answer') part.fit = 1;
    this.parts.set(job, part);
    let sum = 0;
    for (const [each, { fit, answer }] of this.parts) {
      const work = workOf(each);
      sum += (work - 0.5) * fit + 0.5 * answer;
    }
    this.report?.({ fraction: sum / this.total, model: job.candidate.name, note });
  }
}
