import { type ReactNode, useEffect, useMemo } from 'react';
import type { EvaluationReport, MetricInfo } from '../../../../src/evaluate/report/report-data.ts';
import { PlotFigure } from '../../ui/plot-figure.tsx';
import { mountReport, ReportPage, type ReportSection } from '../report.tsx';
import { curves, highest, intervals, leaderOf, pareto, rowsOf, withoutCutoff } from './charts.ts';
import { Examples } from './examples.tsx';
import { followModels } from './follow.ts';
import { Method } from './method.tsx';
import { summary } from './summary.ts';
import { Leaderboard, SignificanceMatrix } from './tables.tsx';
import './evaluation.css';

const CURVES = ['ndcg', 'recall', 'precision', 'hit-rate', 'coverage', 'novelty'];
const GROUPS = [
  { kind: 'scenario', title: 'By scenario' },
  { kind: 'seeds', title: 'By number of seeds' },
  { kind: 'taste', title: 'By taste' },
];

/** A section of charts; none where there is nothing to draw. */
const section = (id: string, title: string, hint: string, charts: readonly ReactNode[], size = ''): ReportSection[] =>
  charts.length === 0 ? [] : [{ id, title, hint, body: <div className={`chart-grid ${size}`}>{charts}</div> }];

function certainty(report: EvaluationReport, headline: readonly MetricInfo[]): ReportSection[] {
  const charts = headline.slice(0, 4).flatMap((m) => {
    const rows = rowsOf(report, (r) => r.values[m.key]);
    if (rows.length === 0) return [];
    const note = m.better === 'lower' ? 'lower is better' : undefined;
    return [<PlotFigure key={m.key} title={m.title} note={note} options={intervals(rows, highest(rows))} />];
  });
  return section(
    'certainty',
    'Certainty',
    'Mean and 95% interval. Point at a model to follow it through the page.',
    charts,
  );
}

function cost(report: EvaluationReport, lead: MetricInfo): ReportSection[] {
  const k = report.cutoffs.find((cutoff) => cutoff >= 10) ?? report.cutoffs.at(-1);
  const diversity = report.metrics.find((m) => m.key === `diversity@${k}`);
  const time = { title: 'median response, ms', log: true, smaller: true };
  const variety = { title: diversity?.title.toLowerCase() ?? '', log: false, smaller: false };
  const charts = [
    { title: 'Accuracy and time', options: pareto(report, lead, { ...time, value: (r) => r.answerMs.p50 }) },
    {
      title: 'Accuracy and diversity',
      options: diversity
        ? pareto(report, lead, { ...variety, value: (r) => r.values[diversity.key]?.mean ?? null })
        : null,
    },
  ].flatMap(({ title, options }) => (options ? [<PlotFigure key={title} title={title} options={options} />] : []));
  const hint = `${lead.title} on the vertical axis. The line joins the models that no other beats on both axes.`;
  return section('cost', 'Trade-offs', hint, charts);
}

function overLength(report: EvaluationReport): ReportSection[] {
  const charts = CURVES.flatMap((id) => {
    const options = curves(report, id);
    const title = withoutCutoff(report.metrics.find((m) => m.id === id)?.title ?? '');
    return options ? [<PlotFigure key={id} title={title} note="by k" options={options} />] : [];
  });
  return section('length', 'By list length', 'Each metric over the first k recommendations.', charts);
}

function byGroup(report: EvaluationReport, lead: MetricInfo): ReportSection[] {
  return GROUPS.flatMap(({ kind, title }) => {
    const groups = report.results.find((r) => r.failed === undefined)?.groups.filter((g) => g.kind === kind) ?? [];
    const panels = groups.map(({ label, cases }) => ({
      label,
      cases,
      rows: rowsOf(report, (r) => r.groups.find((g) => g.kind === kind && g.label === label)?.values[lead.key]),
    }));
    const high = highest(panels.flatMap(({ rows }) => rows));
    const charts = panels.flatMap(({ label, cases, rows }) =>
      rows.length === 0
        ? []
        : [
            <PlotFigure
              key={label}
              title={label}
              note={`${cases.toLocaleString('en')} queries`}
              options={intervals(rows, high, leaderOf(rows, lead))}
            />,
          ],
    );
    return section(kind, title, `${lead.title}, on one scale; the leader's dot is larger.`, charts, 'small');
  });
}

function sectionsOf(report: EvaluationReport): ReportSection[] {
  const headline = report.headline.flatMap((key) => report.metrics.filter((m) => m.key === key));
  const lead = headline[0];
  const evaluated = report.results.filter((r) => r.failed === undefined).length;
  const sections: ReportSection[] = [
    { id: 'leaderboard', title: 'Leaderboard', body: <Leaderboard report={report} /> },
    ...certainty(report, headline),
    ...(lead ? cost(report, lead) : []),
    ...overLength(report),
    ...(lead ? byGroup(report, lead) : []),
  ];
  if (evaluated > 1 && headline.length > 0)
    sections.push({
      id: 'pairs',
      title: 'Pairwise comparison',
      hint: "Row minus column. Coloured where chance is an unlikely explanation (p < 0.05 after Holm's correction).",
      body: headline.map((m, i) => (
        <details key={m.key} open={i === 0}>
          <summary>{m.title}</summary>
          <SignificanceMatrix report={report} metric={m} />
        </details>
      )),
    });
  if (report.examples.length > 0)
    sections.push({
      id: 'examples',
      title: 'Examples',
      hint: 'The first ten recommendations of each model for the same query. Held-out songs that the owner really has are marked.',
      body: <Examples report={report} />,
    });
  sections.push({ id: 'method', title: 'Method', body: <Method report={report} /> });
  return sections;
}

function EvaluationPage({ data: report }: { data: EvaluationReport }): ReactNode {
  useEffect(() => followModels(document.body), []);
  const sections = useMemo(() => sectionsOf(report), [report]);
  const { protocol, dataset } = report;
  const lead = report.metrics.find((m) => m.key === report.headline[0]);
  const facts = [
    `${dataset.owners.toLocaleString('en')} playlists and people`,
    `${dataset.tracks.toLocaleString('en')} tracks`,
    `${dataset.entries.toLocaleString('en')} entries`,
    `${protocol.cases.toLocaleString('en')} queries`,
    report.createdAt.slice(0, 10),
  ];
  return (
    <ReportPage
      kicker="Segue evaluation"
      title={protocol.title}
      lead={summary(report, lead)}
      facts={<p className="muted">{facts.join(' · ')}</p>}
      sections={sections}
      footer={
        <p>
          Written by <code>segue evaluate</code>. Charts by Observable Plot and D3; the source of this file includes
          their licences.
        </p>
      }
    />
  );
}

mountReport<EvaluationReport>(EvaluationPage);
