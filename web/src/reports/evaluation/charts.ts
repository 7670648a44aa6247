import * as Plot from '@observablehq/plot';
import type {
  Estimate,
  EvaluationReport,
  MetricInfo,
  ModelResult,
} from '../../../../src/evaluate/report/report-data.ts';
import { figure, withInterval } from '../../../../src/evaluate/report/table.ts';
import { apart } from '../../ui/apart.ts';
import { clean } from '../../ui/text.ts';
import { type Point, paretoFront } from './summary.ts';

type Options = (width: number) => Plot.PlotOptions;

const COLOURS = 14;
/** The colour of a model, the same in every chart. @param index position of the model in the report */
export const colourOf = (index: number): string => `var(--c${index % COLOURS})`;
/** Classes that mark everything about a model on the page. */
export const classOf = (index: number): string => `model model-${index}`;

export const withoutCutoff = (title: string): string => title.split('@')[0]!;
const label = (model: string): string => clean(model, 22);
/** Minimum distance between labels, in pixels. */
const LABEL = 14;
/** ".25", "1", "1.5k" */
const axisNumber = (value: number): string =>
  Math.abs(value) >= 1000
    ? `${Number((value / 1000).toPrecision(3))}k`
    : String(Number(value.toPrecision(3))).replace(/^0\./, '.');

export interface Row {
  readonly model: string;
  readonly index: number;
  readonly estimate: Estimate;
}

/** Every model's estimate on one metric, where it has one. */
export const rowsOf = (report: EvaluationReport, estimate: (r: ModelResult) => Estimate | undefined): Row[] =>
  report.results.flatMap((r, index) => {
    const found = r.failed === undefined ? estimate(r) : undefined;
    return found && found.mean !== null ? [{ model: r.model, index, estimate: found }] : [];
  });

export const highest = (rows: readonly Row[]): number =>
  Math.max(1e-9, ...rows.map(({ estimate }) => estimate.high ?? estimate.mean ?? 0));

/** Mean and 95% interval of every model, one row each. @param high end of the axis @param leader model drawn larger, in small charts */
export function intervals(rows: readonly Row[], high: number, leader?: string): Options {
  const small = leader !== undefined;
  return () => ({
    height: 34 + rows.length * (small ? 16 : 24),
    marginLeft: small ? 116 : 140,
    marginRight: small ? 12 : 60,
    x: { domain: [0, high * 1.04], ticks: small ? 3 : 4, grid: true, label: null, tickFormat: axisNumber },
    y: { domain: rows.map((r) => r.model), label: null, tickSize: 0, tickFormat: label },
    marks: rows.flatMap((row) => {
      const { estimate, index } = row;
      const mark = { className: classOf(index), y: () => row.model };
      const title = (): string => `${row.model}: ${withInterval(estimate)}`;
      return [
        ...(estimate.low === null || estimate.high === null
          ? []
          : [
              Plot.ruleY([row], {
                ...mark,
                x1: estimate.low,
                x2: estimate.high,
                stroke: colourOf(index),
                strokeOpacity: 0.55,
                strokeWidth: 2,
              }),
            ]),
        Plot.dot([row], {
          ...mark,
          x: () => estimate.mean,
          fill: colourOf(index),
          r: small ? (row.model === leader ? 5 : 3) : 5,
          title,
        }),
        ...(small
          ? []
          : [
              Plot.text([row], {
                ...mark,
                text: () => figure(estimate.mean),
                frameAnchor: 'right',
                textAnchor: 'start',
                dx: 8,
              }),
            ]),
      ];
    }),
  });
}

/** The model that leads one group. */
export const leaderOf = (rows: readonly Row[], metric: MetricInfo): string =>
  rows.reduce((best, row) => {
    const ahead =
      metric.better === 'lower' ? row.estimate.mean! < best.estimate.mean! : row.estimate.mean! > best.estimate.mean!;
    return ahead ? row : best;
  }).model;

/** Two values of every model plotted against each other, with the Pareto front; null without data. */
export function pareto(
  report: EvaluationReport,
  y: MetricInfo,
  across: { title: string; log: boolean; smaller: boolean; value: (r: ModelResult) => number | null },
): Options | null {
  const points = report.results.flatMap((r, index): (Point & { index: number; value: number })[] => {
    const [vx, vy] = [across.value(r), r.values[y.key]?.mean ?? null];
    if (r.failed !== undefined || vx === null || vy === null || (across.log && vx <= 0)) return [];
    return [{ model: r.model, index, x: vx, y: vy, value: vy }];
  });
  if (points.length === 0) return null;
  const [height, top, bottom] = [340, 14, 44];
  const high = Math.max(...points.map((p) => p.y)) * 1.06 || 1;
  const placed = apart(points, (LABEL / (height - top - bottom)) * high, high);
  const xs = points.map((p) => p.x);
  const [low, most] = [Math.min(...xs), Math.max(...xs)];
  const pad = (most - low || Math.abs(most) || 1) * 0.06;
  const domain: [number, number] = across.log ? [low / 1.3, most * 1.3] : [low - pad, most + pad];
  const front = paretoFront(points, across.smaller, y.better === 'lower');
  const drawn = (p: Point): boolean => front.some((q) => q.model === p.model);
  return () => ({
    height,
    marginTop: top,
    marginBottom: bottom,
    marginLeft: 46,
    marginRight: 132,
    x: {
      type: across.log ? 'log' : 'linear',
      domain,
      label: across.title,
      labelAnchor: 'center',
      labelArrow: 'none',
      tickFormat: axisNumber,
      ticks: 5,
    },
    y: { domain: [0, high], label: null, grid: true, ticks: 5, tickFormat: axisNumber },
    marks: [
      Plot.line(front, { x: 'x', y: 'y', stroke: 'var(--ink-3)', strokeDasharray: '4 4' }),
      ...placed.flatMap((p) => {
        const mark = { className: classOf(p.index) };
        return [
          Plot.link([p], {
            ...mark,
            x1: p.x,
            y1: p.y,
            x2: domain[1],
            y2: p.at,
            stroke: colourOf(p.index),
            strokeOpacity: 0.3,
          }),
          Plot.dot([p], {
            ...mark,
            x: 'x',
            y: 'y',
            fill: colourOf(p.index),
            r: drawn(p) ? 6 : 4.5,
            title: () => `${p.model}: ${figure(p.y)} at ${figure(p.x)}`,
          }),
          Plot.text([p], { ...mark, x: domain[1], y: p.at, text: () => label(p.model), textAnchor: 'start', dx: 8 }),
        ];
      }),
    ],
  });
}

/** One metric over its cut-offs, a line per model; null with fewer than two cut-offs. */
export function curves(report: EvaluationReport, id: string): Options | null {
  const metrics = report.metrics.filter((m) => m.id === id && m.cutoff !== null);
  if (metrics.length < 2) return null;
  const last = metrics.at(-1)!;
  const lines = rowsOf(report, (r) => r.values[last.key]).map(({ model, index, estimate }) => ({
    model,
    index,
    value: estimate.mean!,
    points: metrics.map((m) => ({ k: m.cutoff!, mean: report.results[index]!.values[m.key]?.mean ?? 0 })),
  }));
  if (lines.length === 0) return null;
  const [height, top, bottom] = [250, 12, 34];
  const high = Math.max(1e-9, ...lines.flatMap((l) => l.points.map((p) => p.mean))) * 1.04;
  return () => ({
    height,
    marginTop: top,
    marginBottom: bottom,
    marginLeft: 44,
    marginRight: 132,
    x: { type: 'log', label: null, ticks: metrics.map((m) => m.cutoff!), tickFormat: String },
    y: { domain: [0, high], label: null, grid: true, ticks: 4, tickFormat: axisNumber },
    marks: apart(lines, (LABEL / (height - top - bottom)) * high, high).flatMap((l) => {
      const mark = { className: classOf(l.index) };
      return [
        Plot.line(l.points, { ...mark, x: 'k', y: 'mean', stroke: colourOf(l.index), strokeWidth: 2 }),
        Plot.text([l], {
          ...mark,
          x: last.cutoff!,
          y: 'at',
          text: () => label(l.model),
          textAnchor: 'start',
          dx: 8,
          title: () => `${l.model}: ${l.points.map((p) => `${figure(p.mean)} @${p.k}`).join(', ')}`,
        }),
      ];
    }),
  });
}
