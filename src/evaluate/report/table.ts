import type { Comparison, Estimate, EvaluationReport, MetricInfo, ModelResult } from './report-data.ts';

const decimals = (value: number): number => (Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 2 ? 2 : 4);

/** A number with meaningful digits only: one decimal from 10, two from 2, otherwise four; "–" when there is none. */
export const figure = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? '–' : value.toFixed(decimals(value));

/** Half the width of the 95% interval, to the digits of the mean: " ±0.0089"; empty when there is no interval. */
export const halfInterval = ({ mean, low, high }: Estimate): string =>
  mean === null || low === null || high === null ? '' : ` ±${((high - low) / 2).toFixed(decimals(mean))}`;

export const withInterval = (estimate: Estimate): string => `${figure(estimate.mean)}${halfInterval(estimate)}`;

/** Milliseconds or seconds: a decimal below 10, none above. */
export const timeFigure = (value: number | null): string =>
  value === null || !Number.isFinite(value) ? '–' : value.toFixed(value < 10 ? 1 : 0);

export interface Leaderboard {
  readonly columns: readonly MetricInfo[];
  readonly rows: readonly { readonly result: ModelResult; readonly cells: readonly string[]; readonly note: string }[];
}

const BEYOND = ['coverage', 'novelty', 'diversity'];

/** For every model: the headline metrics and, at a medium cut-off, metrics beyond accuracy. */
export function leaderboard(report: EvaluationReport): Leaderboard {
  const k = report.cutoffs.find((cutoff) => cutoff >= 10) ?? report.cutoffs[report.cutoffs.length - 1]!;
  const columns = [...report.headline, ...BEYOND.map((id) => `${id}@${k}`)].flatMap((key) =>
    report.metrics.filter((m) => m.key === key),
  );
  const best = report.results[0]?.model;
  const rows = report.results.map((result) => ({
    result,
    cells: columns.map(({ key }) => {
      const value = result.values[key];
      return value ? withInterval(value) : '–';
    }),
    note: result.failed ?? (result.model === best ? '' : againstBest(report, best, result.model)),
  }));
  return { columns, rows };
}

/** Whether a model differs significantly from the best one on the first headline metric. */
function againstBest(report: EvaluationReport, best: string | undefined, model: string): string {
  const pair = comparison(report, report.headline[0]!, best ?? '', model);
  if (!pair) return '';
  return pair.verdict === 'no difference' ? 'no difference from the best' : `p ${pValue(pair.pHolm)}`;
}

export const comparison = (report: EvaluationReport, metric: string, x: string, y: string): Comparison | undefined =>
  report.comparisons.find((c) => c.metric === metric && ((c.a === x && c.b === y) || (c.a === y && c.b === x)));

export const pValue = (p: number): string => (p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`);

/** The leaderboard for a terminal: aligned columns, with a description of the measurement above and notes on reading it below. */
export function terminalTable(report: EvaluationReport): string {
  const { columns, rows } = leaderboard(report);
  const arrow = { higher: '↑', lower: '↓', neither: '' };
  const timed = report.results.some((r) => r.answerMs.p50 !== null);
  const header = ['model', ...columns.map((c) => `${c.title} ${arrow[c.better]}`.trim())];
  if (timed) header.push('ms p50', 'ms p99', 'fit s');
  header.push('');
  const body = rows.map(({ result, cells, note }) => [
    result.model,
    ...(result.failed === undefined ? cells : cells.map(() => '–')),
    ...(timed ? [timeFigure(result.answerMs.p50), timeFigure(result.answerMs.p99), timeFigure(result.fitSeconds)] : []),
    note,
  ]);
  const widths = header.map((_, c) => Math.max(...[header, ...body].map((row) => row[c]!.length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, c) => (c === 0 || c === row.length - 1 ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!)))
      .join('  ')
      .trimEnd();
  const { protocol, dataset } = report;
  return [
    `${protocol.title}: ${protocol.cases} queries, ${dataset.owners} playlists and people, ${dataset.tracks} tracks, seed ${protocol.seed}${limitOf(protocol.options.perArtist)}`,
    '',
    line(header),
    line(widths.map((w, c) => (c === widths.length - 1 ? '' : '─'.repeat(w)))),
    ...body.map(line),
    '',
    `± is half the width of the 95% interval (bootstrap over owners); p-values are from paired permutation tests against the best model by ${columns[0]?.title ?? ''}, corrected by Holm.`,
  ].join('\n');
}

const limitOf = (perArtist: unknown): string =>
  perArtist === undefined ? '' : `, at most ${perArtist === 'auto' ? 3 : perArtist} songs per artist`;
