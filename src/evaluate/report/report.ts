import type { Dataset } from '../../dataset/dataset.ts';
import type { Rng } from '../../math/rng.ts';
import type { Column } from '../metrics/measure.ts';
import type { Catalogue } from '../metrics/metric.ts';
import type { Fold } from '../protocol.ts';
import type { Answers } from '../run/execution.ts';
import { quantile } from '../statistics/bootstrap.ts';
import { examplesOf } from './examples.ts';
import { groupCases } from './groups.ts';
import type { EvaluationReport, ModelResult } from './report-data.ts';
import { comparePairs, estimates, groupResults, metricInfo, ownersOf } from './summarise.ts';

/** Answers of one model, or of one file of lists, with their measurements. */
export interface Measured {
  readonly label: Pick<ModelResult, 'model' | 'title' | 'family' | 'config'>;
  /** Why there are no answers; null when there are. */
  readonly failed: string | null;
  readonly columns: readonly Column[];
  /** One per fold. */
  readonly answers: readonly Answers[];
  readonly fitSeconds: number;
}

export interface ReportParts {
  readonly dataset: Dataset;
  readonly datasetId: string;
  readonly protocol: Omit<EvaluationReport['protocol'], 'folds' | 'cases'>;
  readonly folds: readonly Fold[];
  readonly catalogues: readonly Catalogue[];
  readonly cutoffs: readonly number[];
  readonly headline: readonly string[];
  readonly measured: readonly Measured[];
  readonly examples: number;
  readonly rng: Rng;
  readonly timing: { start: number; metricsSeconds: number; threads: number; cached: number };
}

/** Computes means, intervals, groups, comparisons and examples of measured answers. Pure except for the clock in `createdAt` and the total time. */
export function buildReport(parts: ReportParts): EvaluationReport {
  const { dataset, protocol, folds, measured, headline, rng } = parts;
  const cases = folds.flatMap((fold) => fold.cases);
  const foldOfCase = folds.flatMap((fold, f) => fold.cases.map(() => f));
  const owners = ownersOf(cases.map((c) => c.owner));
  const groups = groupCases(cases, (at) => parts.catalogues[foldOfCase[at]!]!);
  const done = measured.filter((m) => m.failed === null);
  const lead = (m: Measured): Column[] => headline.flatMap((key) => m.columns.filter((c) => c.key === key));

  const results = measured.map((m): ModelResult => {
    const { label, columns } = m;
    if (m.failed !== null)
      return { ...label, values: {}, groups: [], fitSeconds: null, answerMs: NO_TIME, failed: m.failed };
    const found = estimates(columns, owners, rng.fork('intervals'));
    return {
      ...label,
      values: Object.fromEntries(columns.map((c, i) => [c.key, found[i]!])),
      groups: groupResults(lead(m), groups, owners, rng),
      fitSeconds: m.fitSeconds,
      answerMs: times(m.answers),
    };
  });
  const comparisons = headline.flatMap((key) =>
    comparePairs(
      done.flatMap((m) => m.columns.filter((c) => c.key === key).map((column) => ({ name: m.label.model, column }))),
      owners,
      rng.fork(key),
    ),
  );
  return {
    version: 1,
    createdAt: new Date().toISOString(),
    protocol: { ...protocol, folds: folds.length, cases: cases.length },
    dataset: {
      id: parts.datasetId,
      sources: [...new Set(dataset.provenance.map((p) => p.source))],
      tracks: dataset.tracks.count,
      owners: dataset.owners.count,
      entries: dataset.byOwner.idx.length,
    },
    cutoffs: [...parts.cutoffs],
    headline: [...headline],
    metrics: (done[0]?.columns ?? []).map(metricInfo),
    results: ordered(results, headline, done[0]?.columns ?? []),
    comparisons,
    examples:
      protocol.task === 'ranking' && folds.length > 0
        ? examplesOf(
            dataset,
            folds[0]!,
            done.map((m) => ({ model: m.label.model, lists: m.answers[0]! })),
            parts.examples,
          )
        : [],
    timing: {
      totalSeconds: (performance.now() - parts.timing.start) / 1000,
      metricsSeconds: parts.timing.metricsSeconds,
      threads: parts.timing.threads,
      cached: parts.timing.cached,
    },
  };
}

const NO_TIME = { p50: null, p99: null, mean: null };

function times(answers: readonly Answers[]): ModelResult['answerMs'] {
  const all = Float64Array.from(answers.flatMap((a) => [...a.tookMs])).sort();
  if (all.length === 0) return NO_TIME;
  return { p50: quantile(all, 0.5), p99: quantile(all, 0.99), mean: all.reduce((a, b) => a + b, 0) / all.length };
}

/** Orders by the first headline metric present, best first; failed models last. */
function ordered(results: ModelResult[], headline: readonly string[], columns: readonly Column[]): ModelResult[] {
  const key = headline.find((h) => columns.some((c) => c.key === h));
  if (key === undefined) return results;
  const sign = columns.find((c) => c.key === key)!.metric.better === 'lower' ? 1 : -1;
  const value = (r: ModelResult): number => {
    const mean = r.values[key]?.mean ?? null;
    return mean === null ? Number.POSITIVE_INFINITY : sign * mean;
  };
  return [...results].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    return x === y ? (a.model < b.model ? -1 : 1) : x - y;
  });
}
