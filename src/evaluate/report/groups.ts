import type { Catalogue } from '../metrics/metric.ts';
import type { EvaluationCase } from '../protocol.ts';

/** A subset of the cases that is reported separately. */
export interface Group {
  readonly kind: 'scenario' | 'seeds' | 'taste';
  readonly label: string;
  /** Numbers of the cases, ascending. */
  readonly cases: Int32Array;
}

const SEED_GROUPS = [
  { label: 'no seeds', from: 0, to: 0 },
  { label: '1–5 seeds', from: 1, to: 5 },
  { label: '6–25 seeds', from: 6, to: 25 },
  { label: 'more than 25 seeds', from: 26, to: Number.POSITIVE_INFINITY },
];
const TASTES = ['long-tail taste', 'mixed taste', 'popular taste'];

/**
 * Groups cases by scenario, by number of seeds, and by taste. Taste is the mean logarithm of the training popularity of an owner's tracks (seeds and
 * truth), divided into thirds. A division that yields a single group is left out.
 */
export function groupCases(cases: readonly EvaluationCase[], catalogueOfCase: (at: number) => Catalogue): Group[] {
  const scenarios = [...new Set(cases.map((c) => c.scenario))];
  const taste = cases.map((c, i) => tasteOf(c, catalogueOfCase(i)));
  const order = cases.map((_, i) => i).sort((a, b) => taste[a]! - taste[b]! || a - b);
  const third = new Uint8Array(cases.length);
  order.forEach((at, rank) => {
    third[at] = Math.floor((3 * rank) / cases.length);
  });
  const select = (test: (at: number) => boolean): Int32Array => Int32Array.from(cases.keys()).filter(test);
  const divisions: Group[][] = [
    scenarios.map((label) => ({ kind: 'scenario', label, cases: select((i) => cases[i]!.scenario === label) })),
    SEED_GROUPS.map(({ label, from, to }) => ({
      kind: 'seeds',
      label,
      cases: select((i) => cases[i]!.query.seeds.length >= from && cases[i]!.query.seeds.length <= to),
    })),
    TASTES.map((label, t) => ({ kind: 'taste', label, cases: select((i) => third[i] === t) })),
  ];
  return divisions.flatMap((groups) => {
    const filled = groups.filter((g) => g.cases.length > 0);
    return filled.length > 1 ? filled : [];
  });
}

function tasteOf({ query, truth }: EvaluationCase, { popularity }: Catalogue): number {
  let sum = 0;
  for (const track of query.seeds) sum += Math.log1p(popularity[track]!);
  for (const track of truth) sum += Math.log1p(popularity[track]!);
  return sum / Math.max(1, query.seeds.length + truth.length);
}
