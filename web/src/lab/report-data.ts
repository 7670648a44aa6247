/** The parts of the evaluation report that the page shows, validated so that a report of another version is not half-drawn. */

export interface Estimate {
  mean: number | null;
  low: number | null;
  high: number | null;
  cases: number;
}

export interface Metric {
  key: string;
  title: string;
  description: string;
  better: 'higher' | 'lower' | 'neither';
  unit: string;
}

export interface Result {
  model: string;
  title: string;
  family: string;
  values: Record<string, Estimate>;
  groups: { kind: string; label: string; cases: number; values: Record<string, Estimate> }[];
  fitSeconds: number | null;
  answerMs: { p50: number | null; p99: number | null };
  failed?: string;
}

export interface Comparison {
  metric: string;
  a: string;
  b: string;
  pHolm: number;
  verdict: string;
}

export interface Report {
  createdAt: string;
  protocol: { title: string; description: string; cases: number; folds: number; seed: number };
  dataset: { sources: string[]; tracks: number; owners: number };
  headline: string[];
  metrics: Metric[];
  results: Result[];
  comparisons: Comparison[];
}

/** Version of the report that this page supports. */
const VERSION = 1;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** null when the value is not a report of this version. */
export function readReport(value: unknown): Report | null {
  if (!isRecord(value) || value.version !== VERSION) return null;
  const lists = [value.headline, value.metrics, value.results, value.comparisons];
  if (!lists.every(Array.isArray) || !isRecord(value.protocol) || !isRecord(value.dataset)) return null;
  const results = value.results as unknown[];
  if (!results.every((r) => isRecord(r) && isRecord(r.values) && Array.isArray(r.groups) && isRecord(r.answerMs)))
    return null;
  return value as unknown as Report;
}

/** Whether the leader beats a model significantly (p < 0.05 after Holm), is level with it, or has not been compared. */
export function standing(
  report: Report,
  metric: string,
  leader: string,
  model: string,
): 'leader' | 'behind' | 'level' | 'unknown' {
  if (leader === model) return 'leader';
  const pair = report.comparisons.find(
    (c) => c.metric === metric && ((c.a === leader && c.b === model) || (c.a === model && c.b === leader)),
  );
  if (!pair) return 'unknown';
  return pair.verdict === 'no difference' ? 'level' : 'behind';
}

/** From 0 to the largest upper end of the estimates. */
export function scaleOf(estimates: readonly (Estimate | undefined)[]): number {
  let most = 0;
  for (const e of estimates) most = Math.max(most, e?.high ?? e?.mean ?? 0);
  return most > 0 ? most : 1;
}

/** Groups of one kind in the order of the first result that has them. */
export function groupsOf(report: Report, kind: string): { label: string; cases: number }[] {
  const seen = new Map<string, number>();
  for (const result of report.results)
    for (const group of result.groups)
      if (group.kind === kind && !seen.has(group.label)) seen.set(group.label, group.cases);
  return [...seen].map(([label, cases]) => ({ label, cases }));
}

/** Which of several lists hold each song; only songs of two lists or more. */
export function overlaps(lists: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const list of lists) for (const uri of new Set(list)) counts.set(uri, (counts.get(uri) ?? 0) + 1);
  return new Map([...counts].filter(([, count]) => count > 1));
}
