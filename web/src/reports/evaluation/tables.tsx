import type { ReactNode } from 'react';
import type { EvaluationReport, MetricInfo } from '../../../../src/evaluate/report/report-data.ts';
import {
  comparison,
  figure,
  halfInterval,
  leaderboard,
  pValue,
  timeFigure,
} from '../../../../src/evaluate/report/table.ts';
import { classOf, colourOf } from './charts.ts';

const ARROW = { higher: ' ↑', lower: ' ↓', neither: '' };

export const Swatch = (props: { index: number }): ReactNode => (
  <i className="swatch" style={{ background: colourOf(props.index) }} />
);

/** Headline metrics, metrics beyond accuracy and times of every model. */
export function Leaderboard({ report }: { report: EvaluationReport }): ReactNode {
  const { columns, rows } = leaderboard(report);
  const best = columns.map((column) => {
    const values = report.results.flatMap((r) => r.values[column.key]?.mean ?? []);
    if (column.better === 'neither' || values.length === 0) return null;
    return column.better === 'lower' ? Math.min(...values) : Math.max(...values);
  });
  const timed = report.results.some((r) => r.answerMs.p50 !== null);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard. */}
      <section className="scroll" tabIndex={0} aria-label="Leaderboard">
        <table className="board">
          <thead>
            <tr>
              <th scope="col">model</th>
              {columns.map((c) => (
                <th key={c.key} scope="col" title={`${c.description} ${c.formula}`}>
                  {c.title}
                  {ARROW[c.better]}
                </th>
              ))}
              {timed && (
                <>
                  <th scope="col">median response, ms</th>
                  <th scope="col">99th percentile, ms</th>
                  <th scope="col">training, s</th>
                </>
              )}
              <th scope="col">compared with the best</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ result, note }, index) => (
              <tr key={result.model} className={classOf(index)}>
                <th scope="row">
                  <Swatch index={index} />
                  {result.model}
                </th>
                {columns.map((c, i) => {
                  const value = result.values[c.key];
                  const leads = best[i] !== null && value?.mean === best[i];
                  return (
                    <td key={c.key} className={leads ? 'best' : undefined}>
                      {value ? figure(value.mean) : '–'}
                      {value && <small>{halfInterval(value)}</small>}
                    </td>
                  );
                })}
                {timed && (
                  <>
                    <td>{timeFigure(result.answerMs.p50)}</td>
                    <td>{timeFigure(result.answerMs.p99)}</td>
                    <td>{timeFigure(result.fitSeconds)}</td>
                  </>
                )}
                <td className="note">{note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="hint">
        ↑ higher is better, ↓ lower is better. ± is half the width of the 95% interval. p is the probability that chance
        alone makes two equal models differ this much.
      </p>
      <dl className="meanings">
        {columns.map((c) => (
          <div key={c.key}>
            <dt>{c.title}</dt>
            <dd>{c.description}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Every pair of models on one metric: the row's mean minus the column's, uncoloured where chance explains it. */
export function SignificanceMatrix(props: { report: EvaluationReport; metric: MetricInfo }): ReactNode {
  const { report, metric } = props;
  const models = report.results.flatMap((r, index) => (r.failed === undefined ? [{ model: r.model, index }] : []));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard.
    <section className="scroll" tabIndex={0} aria-label={`Differences in ${metric.title}`}>
      <table className="matrix">
        <thead>
          <tr>
            <td />
            {models.map(({ model }) => (
              <th key={model} scope="col">
                <span>{model}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map((row) => (
            <tr key={row.model} className={classOf(row.index)}>
              <th scope="row">
                <Swatch index={row.index} />
                {row.model}
              </th>
              {models.map((column) => (
                <Difference key={column.model} report={report} metric={metric} row={row.model} column={column.model} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Difference(props: { report: EvaluationReport; metric: MetricInfo; row: string; column: string }): ReactNode {
  const { report, metric, row, column } = props;
  const pair = row === column ? undefined : comparison(report, metric.key, row, column);
  if (!pair) return <td />;
  const sign = pair.a === row ? 1 : -1;
  const won =
    pair.verdict === 'no difference' ? 'same' : (pair.verdict === 'a better') === (sign === 1) ? 'won' : 'lost';
  const difference = sign * pair.difference;
  const text = `${difference >= 0 ? '+' : '−'}${figure(Math.abs(difference)).replace(/^0/, '')}`;
  const title = `${row} − ${column}: ${text}, p ${pValue(pair.pHolm)} (Holm), t-test p ${pValue(pair.pT)}, ${pair.cases} owners`;
  return (
    <td className={won} title={title}>
      {text}
    </td>
  );
}
