import type { EvaluationReport } from './report-data.ts';
import { figure, leaderboard, timeFigure, withInterval } from './table.ts';

const START = '<!-- results:start -->';
const END = '<!-- results:end -->';

/** Seed of the split used for choosing settings and features. */
const CHOICES_SEED = 1;

/** The report without anything that the docs must not contain, such as songs from the data: only the leaderboard's columns and groups remain. */
export function publicReport(report: EvaluationReport): EvaluationReport {
  const { columns } = leaderboard(report);
  const keys = new Set(columns.map((c) => c.key));
  const best = report.results[0]?.model;
  const round = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(6)));
  return {
    ...report,
    metrics: report.metrics.filter((m) => keys.has(m.key)),
    examples: [],
    comparisons: report.comparisons.filter((c) => c.metric === report.headline[0] && (c.a === best || c.b === best)),
    results: report.results.map((r) => ({
      ...r,
      values: Object.fromEntries(
        Object.entries(r.values)
          .filter(([key]) => keys.has(key))
          .map(([key, e]) => [key, { ...e, mean: round(e.mean), low: round(e.low), high: round(e.high) }]),
      ),
      groups: r.groups.map((g) => ({
        ...g,
        values: Object.fromEntries(
          Object.entries(g.values).map(([key, e]) => [
            key,
            { ...e, mean: round(e.mean), low: round(e.low), high: round(e.high) },
          ]),
        ),
      })),
    })),
  };
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The leaderboard as Markdown, with a caption of protocol, split, data and date. */
export function resultsTable(report: EvaluationReport): string {
  const { columns, rows } = leaderboard(report);
  const arrow = { higher: ' ↑', lower: ' ↓', neither: '' };
  const header = [
    'model',
    ...columns.map((c) => c.title + arrow[c.better]),
    'ms p50',
    'ms p99',
    'training s',
    'against the best',
  ];
  const body = rows.map(({ result, cells, note }) =>
    row([
      `\`${result.model}\``,
      ...cells,
      timeFigure(result.answerMs.p50),
      timeFigure(result.answerMs.p99),
      timeFigure(result.fitSeconds),
      note,
    ]),
  );
  const { protocol, dataset, timing } = report;
  const split =
    protocol.seed === CHOICES_SEED
      ? 'the split on which the settings and features of `hybrid` were chosen, so these are validation figures'
      : 'a split on which nothing was chosen';
  return [
    row(header),
    row(header.map((_, i) => (i === 0 || i === header.length - 1 ? '---' : '---:'))),
    ...body,
    '',
    `Protocol \`${protocol.id}\`, ${protocol.cases} queries, seed ${protocol.seed}: ${split}. ${dataset.owners.toLocaleString('en')} playlists, ${dataset.tracks.toLocaleString('en')} tracks, ${dataset.entries.toLocaleString('en')} entries; ± is half the width of the 95% interval. Measured on ${timing.threads} threads, ${report.createdAt.slice(0, 10)}.`,
  ].join('\n');
}

/** One headline metric by scenario, one row per model. */
export function scenarioTable(report: EvaluationReport, key: string): string {
  const done = report.results.filter((r) => r.failed === undefined);
  const labels = done[0]?.groups.filter((g) => g.kind === 'scenario').map((g) => g.label) ?? [];
  if (labels.length === 0) return '';
  const title = report.metrics.find((m) => m.key === key)?.title ?? key;
  return [
    row([title, ...labels]),
    row(['---', ...labels.map(() => '---:')]),
    ...done.map((r) =>
      row([
        `\`${r.model}\``,
        ...labels.map((label) => figure(r.groups.find((g) => g.label === label)?.values[key]?.mean ?? null)),
      ]),
    ),
  ].join('\n');
}

/** The section for README.md: the leaderboard. */
export const readmePart = (report: EvaluationReport): string => resultsTable(report);

/** The section for docs/evaluation.md: the leaderboard, the leader's intervals, and each headline metric by scenario. */
export function docsPart(report: EvaluationReport): string {
  const tables = report.headline.map((key) => scenarioTable(report, key)).filter((t) => t !== '');
  const lead = report.results[0];
  const intervals = lead
    ? report.headline
        .flatMap((key) => (lead.values[key] ? [`${key} ${withInterval(lead.values[key])}`] : []))
        .join(', ')
    : '';
  return [resultsTable(report), `The best, \`${lead?.model ?? ''}\`: ${intervals}.`, ...tables].join('\n\n');
}

/** Replaces the text between the markers; null when there are no markers. */
export function insertResults(text: string, part: string): string | null {
  const [from, to] = [text.indexOf(START), text.indexOf(END)];
  if (from < 0 || to < from) return null;
  return `${text.slice(0, from + START.length)}\n${part}\n${text.slice(to)}`;
}
