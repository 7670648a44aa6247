import type { Rng } from '../../math/rng.ts';
import type { Column } from '../metrics/measure.ts';
import { bootstrapIntervals, type Resampled } from '../statistics/bootstrap.ts';
import { holm, pairedT, permutationTests } from '../statistics/paired.ts';
import type { Group } from './groups.ts';
import type { Comparison, Estimate, GroupResult, MetricInfo } from './report-data.ts';

const RESAMPLES = 1000;
const SIGNIFICANT = 0.05;

/** The owner of each case: several cases of one owner are resampled and compared as one. */
export interface Owners {
  readonly of: Int32Array;
  readonly count: number;
}

export function ownersOf(ids: readonly string[]): Owners {
  const numbers = new Map<string, number>();
  const of = Int32Array.from(ids, (id) => {
    const number = numbers.get(id) ?? numbers.size;
    numbers.set(id, number);
    return number;
  });
  return { of, count: numbers.size };
}

/** Joins the columns of a model's folds; exposure metrics keep one value per fold. */
export function joinFolds(folds: readonly (readonly Column[])[]): Column[] {
  return folds[0]!.map((first, c) => {
    const parts = folds.map((columns) => columns[c]!);
    const join = (arrays: readonly Float64Array[]): Float64Array => {
      const joined = new Float64Array(arrays.reduce((sum, a) => sum + a.length, 0));
      let at = 0;
      for (const array of arrays) {
        joined.set(array, at);
        at += array.length;
      }
      return joined;
    };
    return {
      ...first,
      values: join(parts.map((p) => p.values)),
      weights: first.weights ? join(parts.map((p) => p.weights!)) : null,
    };
  });
}

/** Sums and weights per owner over the cases for which the value is defined, all or those of a group. */
function perOwner({ values, weights }: Column, owners: Owners, cases?: Int32Array): Resampled & { defined: number } {
  const sums = new Float64Array(owners.count);
  const total = new Float64Array(owners.count);
  let defined = 0;
  const count = cases?.length ?? values.length;
  for (let i = 0; i < count; i++) {
    const at = cases ? cases[i]! : i;
    const value = values[at]!;
    if (Number.isNaN(value)) continue;
    const weight = weights ? weights[at]! : 1;
    sums[owners.of[at]!]! += value * weight;
    total[owners.of[at]!]! += weight;
    defined++;
  }
  return { sums, weights: total, defined };
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Means with 95 % intervals of all columns, from the same resamples of owners. */
export function estimates(columns: readonly Column[], owners: Owners, rng: Rng, cases?: Int32Array): Estimate[] {
  const sampled = columns.filter((c) => c.metric.kind !== 'exposure').map((c) => perOwner(c, owners, cases));
  // Owners outside the group have no weight; leaving them out limits the resamples to the group's size.
  const inside = Int32Array.from({ length: owners.count }, (_, o) => o).filter((o) =>
    sampled.some((s) => s.weights[o]! > 0),
  );
  const compact = sampled.map((s) => ({
    sums: Float64Array.from(inside, (o) => s.sums[o]!),
    weights: Float64Array.from(inside, (o) => s.weights[o]!),
    defined: s.defined,
  }));
  const intervals = bootstrapIntervals(compact, RESAMPLES, rng);
  let next = 0;
  return columns.map(({ metric, values }) => {
    if (metric.kind === 'exposure') {
      const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
      return { mean: finite(mean), low: null, high: null, cases: values.length };
    }
    const { sums, weights, defined } = compact[next]!;
    const [low, high] = intervals[next++]!;
    const finish = metric.kind === 'rating' ? metric.finish : (mean: number): number => mean;
    const mean = sums.reduce((a, b) => a + b, 0) / weights.reduce((a, b) => a + b, 0);
    return { mean: finite(finish(mean)), low: finite(finish(low)), high: finite(finish(high)), cases: defined };
  });
}

/** Headline values of each group. */
export function groupResults(
  columns: readonly Column[],
  groups: readonly Group[],
  owners: Owners,
  rng: Rng,
): GroupResult[] {
  const usable = columns.filter((c) => c.metric.kind !== 'exposure');
  return groups.map(({ kind, label, cases }) => {
    const found = estimates(usable, owners, rng.fork(`${kind} ${label}`), cases);
    return {
      kind,
      label,
      cases: cases.length,
      values: Object.fromEntries(usable.map((c, i) => [c.key, found[i]!])),
    };
  });
}

/** Fewer permutations for many owners and pairs, never below 1,000; depends only on the sizes, so digits are reproducible. */
const permutationsFor = (owners: number, pairs: number): number =>
  Math.min(10_000, Math.max(1_000, Math.floor(2e9 / Math.max(1, owners * pairs))));

/** Compares every pair of models on one column, with Holm's correction over the pairs. */
export function comparePairs(
  models: readonly { name: string; column: Column }[],
  owners: Owners,
  rng: Rng,
): Comparison[] {
  const pairs = models.flatMap((a, i) => models.slice(i + 1).map((b) => ({ a, b })));
  if (pairs.length === 0) return [];
  const tables = new Map(models.map((m) => [m.name, perOwner(m.column, owners)]));
  const rows = pairs.map(({ a, b }) => differences(tables.get(a.name)!, tables.get(b.name)!));
  const permutation = permutationTests(rows, permutationsFor(owners.count, pairs.length), rng.fork('permutations'));
  const corrected = holm(permutation);
  const intervals = bootstrapIntervals(
    rows.map((row) => ({
      sums: row.map((d) => (Number.isNaN(d) ? 0 : d)),
      weights: row.map((d) => (Number.isNaN(d) ? 0 : 1)),
    })),
    RESAMPLES,
    rng.fork('differences'),
  );
  return pairs.map(({ a, b }, i) => {
    const defined = rows[i]!.filter((d) => !Number.isNaN(d));
    const difference = defined.length === 0 ? 0 : defined.reduce((sum, d) => sum + d, 0) / defined.length;
    const better = a.column.metric.better === 'lower' ? -difference : difference;
    const significant = corrected[i]! < SIGNIFICANT && difference !== 0;
    return {
      metric: a.column.key,
      a: a.name,
      b: b.name,
      difference,
      low: finite(intervals[i]![0]) ?? 0,
      high: finite(intervals[i]![1]) ?? 0,
      cases: defined.length,
      pPermutation: permutation[i]!,
      pT: pairedT(defined),
      pHolm: corrected[i]!,
      verdict: !significant ? 'no difference' : better > 0 ? 'a better' : 'b better',
    };
  });
}

/** Difference of the owners' means; NaN where either is undefined. */
const differences = (a: Resampled, b: Resampled): Float64Array =>
  a.sums.map((sum, o) => sum / a.weights[o]! - b.sums[o]! / b.weights[o]!);

export const metricInfo = ({ key, metric, cutoff }: Column): MetricInfo => ({
  key,
  id: metric.id,
  cutoff,
  title: cutoff === null ? metric.title : `${metric.title}@${cutoff}`,
  description: metric.description,
  formula: metric.formula,
  better: metric.better,
  unit: metric.unit,
});
