import type { EvaluationReport, Example, MetricInfo } from '../../../../src/evaluate/report/report-data.ts';
import { comparison, figure, withInterval } from '../../../../src/evaluate/report/table.ts';

/** The result in one or two sentences. */
export function summary(report: EvaluationReport, lead: MetricInfo | undefined): string {
  const [first, ...others] = report.results.filter((r) => r.failed === undefined);
  if (!first || !lead) return 'No model could be evaluated.';
  const value = first.values[lead.key];
  const opening = `${first.model} leads with ${lead.title} ${value ? withInterval(value) : figure(null)}`;
  if (others.length === 0) return `${opening}.`;
  const ties = others.filter((r) => comparison(report, lead.key, first.model, r.model)?.verdict === 'no difference');
  if (ties.length === 0) return `${opening}; its lead over each of the other ${others.length} is more than chance.`;
  return `${opening}. Chance alone could explain its lead over ${ties.map((r) => r.model).join(', ')}.`;
}

/** Index of the example that shows a model's work best: the one with the most hits, the first of several. */
export function tellingExample(examples: readonly Example[], model: string): number {
  const hits = examples.map(
    ({ lists }) => lists.find((list) => list.model === model)?.tracks.filter((t) => t.hit).length ?? 0,
  );
  return hits.indexOf(Math.max(...hits));
}

export interface Point {
  readonly model: string;
  readonly x: number;
  readonly y: number;
}

/** The Pareto-optimal points, ordered by x. */
export function paretoFront(points: readonly Point[], smallerX: boolean, smallerY: boolean): Point[] {
  const [sx, sy] = [smallerX ? -1 : 1, smallerY ? -1 : 1];
  const beaten = (p: Point): boolean =>
    points.some((q) => sx * q.x >= sx * p.x && sy * q.y >= sy * p.y && (sx * q.x > sx * p.x || sy * q.y > sy * p.y));
  return points.filter((p) => !beaten(p)).sort((a, b) => a.x - b.x);
}
