import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { EvaluationReport, MetricInfo } from '../report-data.ts';
import { comparison, figure, withInterval } from '../table.ts';
import { type Colours, curveChart, groupPanels, intervalChart, paretoChart } from './charts.ts';
import { exampleSection, leaderboardTable, methodSection, significanceMatrix, tellingExample } from './sections.ts';
import { escapeText } from './svg.ts';

const COLOURS = 14;
const CURVES = ['ndcg', 'recall', 'precision', 'hit-rate', 'coverage', 'novelty'];
const GROUPS = [
  { kind: 'scenario', title: 'By scenario' },
  { kind: 'seeds', title: 'By number of seeds' },
  { kind: 'taste', title: 'By taste' },
];

const asset = (name: string): Promise<string> => readFile(new URL(name, import.meta.url), 'utf8');

/** A content-security policy for the page where it is served: its own script by its hash, its styles, and nothing else. */
export async function reportPagePolicy(): Promise<string> {
  const hash = createHash('sha256')
    .update(await asset('page.js'))
    .digest('base64');
  return `default-src 'none';script-src 'sha256-${hash}';style-src 'unsafe-inline';base-uri 'none';form-action 'none';frame-ancestors 'self'`;
}

/** The report as one HTML file: charts are drawn here, so the page needs no network and, but for highlighting, no script. */
export async function reportPage(report: EvaluationReport): Promise<string> {
  const [style, script] = await Promise.all([asset('page.css'), asset('page.js')]);
  const colours: Colours = new Map(report.results.map((r, i) => [r.model, i % COLOURS]));
  const headline = report.headline.flatMap((key) => report.metrics.filter((m) => m.key === key));
  const lead = headline[0];
  const { protocol, dataset } = report;
  const parts = [
    `<header><p class="kicker">Segue evaluation</p><h1>${escapeText(protocol.title)}</h1><p>${escapeText(summary(report, lead))}</p><p class="facts">${dataset.owners.toLocaleString('en')} playlists and people · ${dataset.tracks.toLocaleString('en')} tracks · ${dataset.entries.toLocaleString('en')} entries · ${protocol.cases.toLocaleString('en')} questions · ${report.createdAt.slice(0, 10)}</p></header>`,
    `<section><h2>Leaderboard</h2>${leaderboardTable(report, colours)}</section>`,
  ];
  if (lead) {
    parts.push(
      `<section><h2>How sure</h2><p class="hint">Mean and 95 % interval. Point at a model to follow it through the page.</p><div class="trio">${headline
        .slice(0, 4)
        .map(
          (m) =>
            `<figure><figcaption>${escapeText(m.title)}${m.better === 'lower' ? ' <span>less is better</span>' : ''}</figcaption>${intervalChart(report, m, colours)}</figure>`,
        )
        .join('')}</div></section>`,
    );
    parts.push(tradeSection(report, lead, colours));
  }
  const curves = CURVES.map((id) => ({ id, svg: curveChart(report, id, colours) })).filter(({ svg }) => svg !== '');
  if (curves.length > 0)
    parts.push(
      `<section><h2>Over the length of the list</h2><div class="trio">${curves.map(({ id, svg }) => `<figure><figcaption>${escapeText(report.metrics.find((m) => m.id === id)!.title.replace(/@.*/, ''))} <span>over k</span></figcaption>${svg}</figure>`).join('')}</div></section>`,
    );
  if (lead)
    for (const { kind, title } of GROUPS) {
      const panels = groupPanels(report, kind, lead, colours);
      if (panels)
        parts.push(
          `<section><h2>${title}</h2><p class="hint">${escapeText(lead.title)}; one scale for all panels.</p>${panels}</section>`,
        );
    }
  const matrices = headline
    .map((m) => ({ m, html: significanceMatrix(report, m, colours) }))
    .filter(({ html }) => html !== '');
  if (matrices.length > 0)
    parts.push(
      `<section><h2>Who beats whom</h2><p class="hint">Row minus column. Coloured where the difference is unlikely to be chance (p &lt; 0.05 after Holm's correction).</p>${matrices.map(({ m, html }, i) => `<details${i === 0 ? ' open' : ''}><summary>${escapeText(m.title)}</summary>${html}</details>`).join('')}</section>`,
    );
  const telling = tellingExample(report.examples, report.results[0]?.model ?? '');
  if (report.examples.length > 0)
    parts.push(
      `<section><h2>What they recommend</h2><p class="hint">The first ten answers to the same question. Songs that the owner really has, and that were hidden from the models, are marked.</p>${report.examples.map((e, i) => exampleSection(e, colours, i === telling)).join('')}</section>`,
    );
  parts.push(`<section><h2>How it was measured</h2>${methodSection(report)}</section>`);
  const data = JSON.stringify(report).replace(/</g, '\\u003c');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeText(protocol.title)}: Segue evaluation</title><style>${style}</style></head>
<body><main>${parts.join('\n')}</main><script type="application/json" id="report">${data}</script><script>${script}</script></body></html>
`;
}

function tradeSection(report: EvaluationReport, lead: MetricInfo, colours: Colours): string {
  const k = report.cutoffs.find((cutoff) => cutoff >= 10) ?? report.cutoffs[report.cutoffs.length - 1]!;
  const diversity = report.metrics.find((m) => m.key === `diversity@${k}`);
  const charts = [
    paretoChart(
      report,
      lead,
      { title: 'milliseconds per answer, median', log: true, smaller: true, value: (r) => r.answerMs.p50 },
      colours,
    ),
    diversity
      ? paretoChart(
          report,
          lead,
          {
            title: diversity.title.toLowerCase(),
            log: false,
            smaller: false,
            value: (r) => r.values[diversity.key]?.mean ?? null,
          },
          colours,
        )
      : '',
  ].filter((svg) => svg !== '');
  if (charts.length === 0) return '';
  return `<section><h2>What it costs</h2><p class="hint">${escapeText(lead.title)} upwards. The line joins the models that no other beats on both axes.</p><div class="pair">${charts.map((svg) => `<figure>${svg}</figure>`).join('')}</div></section>`;
}

/** The finding in one or two sentences. */
function summary(report: EvaluationReport, lead: MetricInfo | undefined): string {
  const [first, ...others] = report.results.filter((r) => r.failed === undefined);
  if (!first || !lead) return 'No model could be evaluated.';
  const value = first.values[lead.key];
  const opening = `${first.model} leads with ${lead.title} ${value ? withInterval(value) : figure(null)}`;
  if (others.length === 0) return `${opening}.`;
  const ties = others.filter((r) => comparison(report, lead.key, first.model, r.model)?.verdict === 'no difference');
  if (ties.length === 0)
    return `${opening}; the difference from each of the other ${others.length} is more than chance.`;
  return `${opening}. Chance alone could explain its lead over ${ties.map((r) => r.model).join(', ')}.`;
}
