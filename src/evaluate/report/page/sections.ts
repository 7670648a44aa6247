import type { EvaluationReport, Example, MetricInfo } from '../report-data.ts';
import { comparison, figure, halfInterval, leaderboard, pValue, timeFigure } from '../table.ts';
import type { Colours } from './charts.ts';
import { escapeText } from './svg.ts';

const swatch = (colours: Colours, model: string): string =>
  `<i class="swatch" style="--hue:var(--c${colours.get(model) ?? 0})"></i>`;

const ARROW = { higher: ' ↑', lower: ' ↓', neither: '' };

/** The leaderboard as a table: headline metrics, metrics beyond accuracy, times. */
export function leaderboardTable(report: EvaluationReport, colours: Colours): string {
  const { columns, rows } = leaderboard(report);
  const best = columns.map((column) => {
    const values = report.results.flatMap((r) => r.values[column.key]?.mean ?? []);
    return column.better === 'neither' || values.length === 0
      ? null
      : column.better === 'lower'
        ? Math.min(...values)
        : Math.max(...values);
  });
  const timed = report.results.some((r) => r.answerMs.p50 !== null);
  const head = columns
    .map(
      (c) =>
        `<th scope="col" title="${escapeText(`${c.description} ${c.formula}`)}">${escapeText(c.title)}${ARROW[c.better]}</th>`,
    )
    .join('');
  const body = rows
    .map(({ result, note }) => {
      const cells = columns.map((c, i) => {
        const value = result.values[c.key];
        const half = value ? `<small>${halfInterval(value)}</small>` : '';
        return `<td${value?.mean === best[i] && best[i] !== null ? ' class="best"' : ''}>${value ? figure(value.mean) : '–'}${half}</td>`;
      });
      const times = timed
        ? `<td>${timeFigure(result.answerMs.p50)}</td><td>${timeFigure(result.answerMs.p99)}</td><td>${timeFigure(result.fitSeconds)}</td>`
        : '';
      return `<tr class="m" data-model="${escapeText(result.model)}"><th scope="row">${swatch(colours, result.model)}${escapeText(result.model)}</th>${cells.join('')}${times}<td class="note">${escapeText(note)}</td></tr>`;
    })
    .join('');
  const clock = timed
    ? '<th scope="col" title="milliseconds of an answer, median">answer, ms</th><th scope="col" title="milliseconds that 99 % of the answers stay below">slowest 1 %, ms</th><th scope="col" title="seconds">training, s</th>'
    : '';
  const meanings = columns
    .map((c) => `<div><dt>${escapeText(c.title)}</dt><dd>${escapeText(c.description)}</dd></div>`)
    .join('');
  return `<div class="scroll"><table class="board"><thead><tr><th scope="col">model</th>${head}${clock}<th scope="col">against the best</th></tr></thead><tbody>${body}</tbody></table></div>
<p class="hint">↑ higher is better, ↓ lower is better; ± is half the width of the 95 % interval; p is the probability that two equal models differ by chance as much as this one and the best.</p>
<dl class="meanings">${meanings}</dl>`;
}

/** Every pair of models on one metric: the row's mean minus the column's, grey where chance explains it. */
export function significanceMatrix(report: EvaluationReport, metric: MetricInfo, colours: Colours): string {
  const models = report.results.filter((r) => r.failed === undefined).map((r) => r.model);
  if (models.length < 2) return '';
  const head = models.map((m) => `<th scope="col"><span>${escapeText(m)}</span></th>`).join('');
  const body = models
    .map((row) => {
      const cells = models.map((column) => {
        const pair = comparison(report, metric.key, row, column);
        if (row === column || !pair) return '<td class="self"></td>';
        const sign = pair.a === row ? 1 : -1;
        const won =
          pair.verdict === 'no difference' ? 'same' : (pair.verdict === 'a better') === (sign === 1) ? 'won' : 'lost';
        const difference = sign * pair.difference;
        const text = `${difference >= 0 ? '+' : '−'}${figure(Math.abs(difference)).replace(/^0/, '')}`;
        const title = `${row} − ${column}: ${text}, p ${pValue(pair.pHolm)} (Holm), t-test p ${pValue(pair.pT)}, ${pair.cases} owners`;
        return `<td class="${won}" title="${escapeText(title)}">${text}</td>`;
      });
      return `<tr class="m" data-model="${escapeText(row)}"><th scope="row">${swatch(colours, row)}${escapeText(row)}</th>${cells.join('')}</tr>`;
    })
    .join('');
  return `<div class="scroll"><table class="matrix"><thead><tr><td></td>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

const song = ({ name, uri, artists }: { name: string; uri: string; artists: readonly string[] }): string =>
  `<b>${escapeText(name || uri)}</b> <span>${escapeText(artists.join(', '))}</span>`;

/** Number of the example that shows the first model's work best: with the most hits, of several the first. */
export function tellingExample(examples: readonly Example[], model: string): number {
  const hits = examples.map(
    ({ lists }) => lists.find((list) => list.model === model)?.tracks.filter((t) => t.hit).length ?? 0,
  );
  return hits.indexOf(Math.max(...hits));
}

/** One question with the answers of every model side by side, in the order of their colours; hits are marked. */
export function exampleSection(example: Example, colours: Colours, open: boolean): string {
  const { title, owner, scenario, seeds, seedCount, truthCount } = example;
  const place = new Map([...colours.keys()].map((model, i) => [model, i]));
  const lists = [...example.lists].sort((a, b) => (place.get(a.model) ?? 0) - (place.get(b.model) ?? 0));
  const more = seedCount > seeds.length ? `<li class="more">and ${seedCount - seeds.length} more</li>` : '';
  const given =
    seedCount === 0
      ? '<p class="more">no songs, only the title</p>'
      : `<ol>${seeds.map((s) => `<li>${song(s)}</li>`).join('')}${more}</ol>`;
  const columns = lists
    .map(({ model, tracks }) => {
      const hits = tracks.filter((t) => t.hit).length;
      const items = tracks
        .map((t) => `<li${t.hit ? ' class="hit" title="held out: a hit"' : ''}>${song(t)}</li>`)
        .join('');
      return `<div class="list m" data-model="${escapeText(model)}"><h4>${swatch(colours, model)}${escapeText(model)} <span>${hits} of ${tracks.length}</span></h4><ol>${items || '<li class="more">nothing</li>'}</ol></div>`;
    })
    .join('');
  return `<details class="example"${open ? ' open' : ''}><summary><b>${escapeText(title || owner)}</b> <span>${escapeText(scenario === 'all' ? `${seedCount} songs given` : scenario)}, ${truthCount} to find</span></summary><div class="lists"><div class="list given"><h4>given</h4>${given}</div>${columns}</div></details>`;
}

/** What each metric means, and how the evaluation was made. */
export function methodSection(report: EvaluationReport): string {
  const seen = new Set<string>();
  const rows = report.metrics
    .filter((m) => !seen.has(m.id) && seen.add(m.id))
    .map(
      (m) =>
        `<tr><th scope="row">${escapeText(m.title.replace(/@.*/, ''))}${ARROW[m.better]}</th><td>${escapeText(m.description)}</td><td class="formula">${escapeText(m.formula)}</td></tr>`,
    )
    .join('');
  const settings = report.results
    .filter((r) => Object.keys(r.config).length > 0)
    .map(
      (r) =>
        `<tr><th scope="row">${escapeText(r.model)}</th><td>${escapeText(
          Object.entries(r.config)
            .map(([k, v]) => `${k} = ${JSON.stringify(v)}`)
            .join(', '),
        )}</td></tr>`,
    )
    .join('');
  const { protocol, timing } = report;
  const options = Object.entries(protocol.options).map(([k, v]) => `${k} = ${JSON.stringify(v)}`);
  return `<p>${escapeText(protocol.description)} ${protocol.folds === 1 ? 'One split' : `${protocol.folds} folds`}, ${protocol.cases} questions, seed ${protocol.seed}${options.length > 0 ? `, ${escapeText(options.join(', '))}` : ''}. All tracks are ranked, none sampled; held-out tracks that training never saw count as misses. Intervals: percentile bootstrap over owners, 1,000 resamples. Pairs: sign-flip permutation tests, corrected by Holm over all pairs of a metric. It took ${timeFigure(timing.totalSeconds)} s on ${timing.threads} threads, ${timeFigure(timing.metricsSeconds)} s of it for metrics.</p>
<details><summary>Metrics</summary><div class="scroll"><table class="plain">${rows}</table></div></details>
${settings ? `<details><summary>Settings of the models</summary><div class="scroll"><table class="plain">${settings}</table></div></details>` : ''}`;
}
