import type { EvaluationReport, MetricInfo, ModelResult } from '../report-data.ts';
import { figure, withInterval } from '../table.ts';
import { axisNumber, escapeText, figureSvg, linear, logarithmic, spread } from './svg.ts';

/** Number of the model's colour; the same in every chart. */
export type Colours = ReadonlyMap<string, number>;

const mark = (colours: Colours, model: string): string =>
  `data-model="${escapeText(model)}" style="--hue:var(--c${colours.get(model) ?? 0})"`;

const done = (report: EvaluationReport): ModelResult[] => report.results.filter((r) => r.failed === undefined);

/** Mean and interval of one metric for every model: a row each, the best on top. */
export function intervalChart(report: EvaluationReport, metric: MetricInfo, colours: Colours): string {
  const rows = done(report).filter((r) => r.values[metric.key]?.mean !== null && r.values[metric.key]);
  const [width, rowHeight, left, right] = [560, 24, 150, 70];
  const height = rows.length * rowHeight + 34;
  const high = Math.max(...rows.map((r) => r.values[metric.key]!.high ?? r.values[metric.key]!.mean!), 1e-9);
  const x = linear(0, high * 1.04, left, width - right);
  const axis = x.ticks
    .map(
      (t) =>
        `<line class="grid" x1="${x(t)}" x2="${x(t)}" y1="4" y2="${height - 26}"/><text class="tick" x="${x(t)}" y="${height - 10}" text-anchor="middle">${axisNumber(t)}</text>`,
    )
    .join('');
  const bars = rows
    .map((r, i) => {
      const { mean, low, high } = r.values[metric.key]!;
      const y = 16 + i * rowHeight;
      const whisker =
        low === null || high === null
          ? ''
          : `<line class="whisker" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}"/>`;
      return `<g class="m" ${mark(colours, r.model)}><title>${escapeText(`${r.model}: ${withInterval(r.values[metric.key]!)}`)}</title><rect class="hit" x="0" y="${y - 12}" width="${width}" height="24"/><text class="name" x="${left - 12}" y="${y + 4}" text-anchor="end">${escapeText(r.model)}</text>${whisker}<circle cx="${x(mean!)}" cy="${y}" r="5"/><text class="value" x="${width - right + 10}" y="${y + 4}">${figure(mean)}</text></g>`;
    })
    .join('');
  return figureSvg(width, height, `${metric.title} of every model with 95 % intervals`, axis + bars);
}

interface Point {
  readonly model: string;
  readonly x: number;
  readonly y: number;
}

/** The points that no other beats on both axes, by x. */
export function paretoFront(points: readonly Point[], smallerX: boolean, smallerY: boolean): Point[] {
  const [sx, sy] = [smallerX ? -1 : 1, smallerY ? -1 : 1];
  const beaten = (p: Point): boolean =>
    points.some((q) => sx * q.x >= sx * p.x && sy * q.y >= sy * p.y && (sx * q.x > sx * p.x || sy * q.y > sy * p.y));
  return points.filter((p) => !beaten(p)).sort((a, b) => a.x - b.x);
}

/** Two values of every model against each other, with the front of those that nothing beats. */
export function paretoChart(
  report: EvaluationReport,
  y: MetricInfo,
  across: { title: string; log: boolean; smaller: boolean; value: (r: ModelResult) => number | null },
  colours: Colours,
): string {
  const points = done(report).flatMap((r): Point[] => {
    const [vx, vy] = [across.value(r), r.values[y.key]?.mean ?? null];
    return vx === null || vy === null || (across.log && vx <= 0) ? [] : [{ model: r.model, x: vx, y: vy }];
  });
  if (points.length === 0) return '';
  const [width, height, left, right, top, bottom] = [520, 340, 52, 118, 14, 44];
  const xs = points.map((p) => p.x);
  const [lowX, highX] = [Math.min(...xs), Math.max(...xs)];
  const pad = (highX - lowX || Math.abs(highX) || 1) * 0.06;
  const sx = across.log
    ? logarithmic(lowX / 1.3, highX * 1.3, left, width - right)
    : linear(lowX - pad, highX + pad, left, width - right);
  const sy = linear(0, Math.max(...points.map((p) => p.y)) * 1.06, height - bottom, top);
  const grid = [
    ...sy.ticks.map(
      (t) =>
        `<line class="grid" x1="${left}" x2="${width - right}" y1="${sy(t)}" y2="${sy(t)}"/><text class="tick" x="${left - 8}" y="${sy(t) + 4}" text-anchor="end">${axisNumber(t)}</text>`,
    ),
    ...sx.ticks.map(
      (t) => `<text class="tick" x="${sx(t)}" y="${height - bottom + 18}" text-anchor="middle">${axisNumber(t)}</text>`,
    ),
  ].join('');
  const front = paretoFront(points, across.smaller, y.better === 'lower');
  const line = `<path class="front" d="M${front.map((p) => `${sx(p.x).toFixed(1)} ${sy(p.y).toFixed(1)}`).join('L')}"/>`;
  const labels = spread(
    points.map((p) => sy(p.y)),
    14,
    top + 4,
    height - bottom - 2,
  );
  const dots = points
    .map((p, i) => {
      const [cx, cy] = [sx(p.x), sy(p.y)];
      const end = width - right + 10;
      return `<g class="m" ${mark(colours, p.model)}><title>${escapeText(`${p.model}: ${figure(p.y)} at ${figure(p.x)}`)}</title><path class="leader" d="M${cx + 6} ${cy}L${end - 3} ${labels[i]}"/><circle cx="${cx}" cy="${cy}" r="${front.includes(p) ? 6 : 4.5}"/><text class="name small" x="${end}" y="${labels[i]! + 4}">${escapeText(p.model)}</text></g>`;
    })
    .join('');
  const titles = `<text class="axis" x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">${escapeText(across.title)}</text>`;
  return figureSvg(width, height, `${y.title} against ${across.title}`, grid + line + dots + titles);
}

/** One metric over its cut-offs, a line per model. */
export function curveChart(report: EvaluationReport, id: string, colours: Colours): string {
  const metrics = report.metrics.filter((m) => m.id === id && m.cutoff !== null);
  if (metrics.length < 2) return '';
  const [width, height, left, right, top, bottom] = [420, 250, 44, 116, 12, 34];
  const ks = metrics.map((m) => m.cutoff!);
  const sx = logarithmic(ks[0]!, ks[ks.length - 1]!, left, width - right);
  const models = done(report);
  const value = (r: ModelResult, key: string): number => r.values[key]?.mean ?? 0;
  const high = Math.max(...models.flatMap((r) => metrics.map((m) => value(r, m.key))), 1e-9);
  const sy = linear(0, high * 1.04, height - bottom, top);
  const grid = [
    ...sy.ticks.map(
      (t) =>
        `<line class="grid" x1="${left}" x2="${width - right}" y1="${sy(t)}" y2="${sy(t)}"/><text class="tick" x="${left - 8}" y="${sy(t) + 4}" text-anchor="end">${axisNumber(t)}</text>`,
    ),
    ...ks.map((k) => `<text class="tick" x="${sx(k)}" y="${height - bottom + 18}" text-anchor="middle">${k}</text>`),
  ].join('');
  const last = metrics[metrics.length - 1]!.key;
  const labels = spread(
    models.map((r) => sy(value(r, last))),
    13,
    top,
    height - bottom,
  );
  const lines = models
    .map((r, i) => {
      const path = metrics.map((m) => `${sx(m.cutoff!).toFixed(1)} ${sy(value(r, m.key)).toFixed(1)}`).join('L');
      return `<g class="m" ${mark(colours, r.model)}><title>${escapeText(`${r.model}: ${metrics.map((m) => `${figure(value(r, m.key))} @${m.cutoff}`).join(', ')}`)}</title><path class="line" d="M${path}"/><text class="name small" x="${width - right + 8}" y="${labels[i]! + 4}">${escapeText(r.model)}</text></g>`;
    })
    .join('');
  return figureSvg(width, height, `${metrics[0]!.title.replace(/@.*/, '')} over k`, grid + lines);
}

/** One group (a scenario, a number of seeds, a taste) with a row per model; panels share the scale. */
export function groupPanels(report: EvaluationReport, kind: string, metric: MetricInfo, colours: Colours): string {
  const models = done(report);
  const groups = models[0]?.groups.filter((g) => g.kind === kind) ?? [];
  if (groups.length === 0) return '';
  const estimate = (r: ModelResult, label: string) =>
    r.groups.find((g) => g.kind === kind && g.label === label)?.values[metric.key];
  const high = Math.max(...models.flatMap((r) => groups.map((g) => estimate(r, g.label)?.high ?? 0)), 1e-9);
  const [width, rowHeight, left, right] = [300, 15, 108, 12];
  const height = models.length * rowHeight + 24;
  const sx = linear(0, high * 1.02, left, width - right, 3);
  const panels = groups.map(({ label, cases }) => {
    const leader = models.reduce((best, r) => {
      const [a, b] = [estimate(r, label)?.mean ?? null, estimate(best, label)?.mean ?? null];
      return a !== null && (b === null || (metric.better === 'lower' ? a < b : a > b)) ? r : best;
    }, models[0]!);
    const grid = sx.ticks
      .map(
        (t) =>
          `<line class="grid" x1="${sx(t)}" x2="${sx(t)}" y1="0" y2="${height - 20}"/><text class="tick" x="${sx(t)}" y="${height - 6}" text-anchor="middle">${axisNumber(t)}</text>`,
      )
      .join('');
    const rows = models
      .map((r, i) => {
        const found = estimate(r, label);
        if (!found || found.mean === null) return '';
        const y = 9 + i * rowHeight;
        const whisker =
          found.low === null || found.high === null
            ? ''
            : `<line class="whisker" x1="${sx(found.low)}" x2="${sx(found.high)}" y1="${y}" y2="${y}"/>`;
        return `<g class="m${r === leader ? ' lead' : ''}" ${mark(colours, r.model)}><title>${escapeText(`${r.model}: ${withInterval(found)}`)}</title><rect class="hit" x="0" y="${y - 7}" width="${width}" height="15"/><text class="name tiny" x="${left - 8}" y="${y + 3}" text-anchor="end">${escapeText(r.model)}</text>${whisker}<circle cx="${sx(found.mean)}" cy="${y}" r="${r === leader ? 4.5 : 3.2}"/></g>`;
      })
      .join('');
    return `<figure><figcaption>${escapeText(label)} <span>${cases} asked</span></figcaption>${figureSvg(width, height, `${metric.title}, ${label}`, grid + rows)}</figure>`;
  });
  return `<div class="panels">${panels.join('')}</div>`;
}
