import { FileChartColumn } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { count, momentOf } from '../ui/text.ts';
import { type Estimate, groupsOf, type Metric, type Report, type Result, scaleOf, standing } from './report-data.ts';

const figure = (value: number | null | undefined, unit = ''): string => {
  if (value === null || value === undefined) return '–';
  const text =
    Math.abs(value) >= 100
      ? Math.round(value).toLocaleString('en')
      : Math.abs(value) >= 10
        ? value.toFixed(1)
        : value.toFixed(value >= 1 ? 2 : 3);
  return unit ? `${text} ${unit}` : text;
};

const seconds = (value: number | null): string =>
  value === null ? '–' : value < 0.95 ? `${Math.round(value * 1_000)} ms` : `${value.toFixed(1)} s`;

/** A mean with its 95% interval on a common scale. */
function Interval(props: { estimate: Estimate | undefined; scale: number; strong: boolean }): ReactNode {
  const { estimate, scale } = props;
  const x = (value: number | null): number => (Math.max(0, value ?? 0) / scale) * 100;
  return (
    <svg
      className={props.strong ? 'interval strong' : 'interval'}
      viewBox="0 0 100 12"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <line className="interval-track" x1="0" x2="100" y1="6" y2="6" />
      {estimate && estimate.mean !== null && (
        <>
          <line
            className="interval-span"
            x1={x(estimate.low ?? estimate.mean)}
            x2={x(estimate.high ?? estimate.mean)}
            y1="6"
            y2="6"
          />
          <line className="interval-mean" x1={x(estimate.mean)} x2={x(estimate.mean)} y1="1" y2="11" />
        </>
      )}
    </svg>
  );
}

export function EvaluationReport(props: { report: Report }): ReactNode {
  const { report } = props;
  const [metricKey, setMetricKey] = useState(report.headline[0] ?? '');
  const metric = report.metrics.find((m) => m.key === metricKey) ?? report.metrics[0];
  if (!metric) return <p className="muted">The report has no metrics.</p>;
  const headline = report.metrics.filter((m) => report.headline.includes(m.key));
  const worth = (r: Result): number => {
    const mean = r.values[metric.key]?.mean ?? null;
    return mean === null ? Number.NEGATIVE_INFINITY : metric.better === 'lower' ? -mean : mean;
  };
  const results = [...report.results].sort((a, b) => worth(b) - worth(a));
  return (
    <div className="report">
      <p className="muted">
        {report.protocol.title}: {count(report.protocol.cases, 'test query', 'test queries')},{' '}
        {report.dataset.sources.join(', ')}, {momentOf(report.createdAt)}. Marks show means; bars show 95% intervals.
      </p>
      <label className="report-metric">
        <span className="label">Metric</span>
        <select value={metric.key} onChange={(event) => setMetricKey(event.target.value)}>
          {headline.map((m) => (
            <option key={m.key} value={m.key}>
              {m.title}
            </option>
          ))}
        </select>
        <span className="muted">
          {metric.description}
          {metric.better !== 'neither' && ` ${metric.better === 'higher' ? 'Higher' : 'Lower'} is better.`}
        </span>
      </label>
      <Leaderboard report={report} results={results} metric={metric} />
      <SmallMultiples report={report} results={results} metric={metric} />
      <p>
        <a className="button" href="/api/evaluation/page" target="_blank" rel="noreferrer">
          <FileChartColumn size={16} aria-hidden /> Open the full report
        </a>{' '}
        <span className="muted">
          Accuracy against speed and diversity, curves by list length, head-to-head results, and each model’s list for
          the same playlist.
        </span>
      </p>
    </div>
  );
}

function Leaderboard(props: { report: Report; results: Result[]; metric: Metric }): ReactNode {
  const { report, results, metric } = props;
  const scale = scaleOf(results.map((r) => r.values[metric.key]));
  const leader = results[0]?.model ?? '';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard.
    <section className="table-scroll" aria-label="Leaderboard" tabIndex={0}>
      <table className="leaderboard">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">{metric.title}</th>
            <th scope="col">
              <span className="visually-hidden">Interval</span>
            </th>
            <th scope="col">Compared with the best</th>
            <th scope="col">Answers in</th>
            <th scope="col">Trained in</th>
          </tr>
        </thead>
        <tbody>
          {results.map((result) => {
            const value = result.values[metric.key];
            const stand = standing(report, metric.key, leader, result.model);
            return (
              <tr key={result.model}>
                <th scope="row">
                  {result.title} <span className="muted">{result.family}</span>
                </th>
                <td className="figure">
                  {result.failed ? <span title={result.failed}>failed</span> : figure(value?.mean, metric.unit)}
                </td>
                <td className="interval-cell">
                  <Interval estimate={value} scale={scale} strong={stand !== 'behind'} />
                  <span className="visually-hidden">
                    from {figure(value?.low)} to {figure(value?.high)}
                  </span>
                </td>
                <td>{{ leader: 'best', behind: 'behind', level: 'on par', unknown: '–' }[stand]}</td>
                <td className="figure">{figure(result.answerMs.p50, 'ms')}</td>
                <td className="figure">{seconds(result.fitSeconds)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function SmallMultiples(props: { report: Report; results: Result[]; metric: Metric }): ReactNode {
  const { report, results, metric } = props;
  const kinds = ['scenario', 'seeds', 'taste']
    .map((kind) => ({ kind, groups: groupsOf(report, kind) }))
    .filter((k) => k.groups.length > 1);
  const valueIn = (result: Result, kind: string, label: string): Estimate | undefined =>
    result.groups.find((g) => g.kind === kind && g.label === label)?.values[metric.key];
  return kinds.map(({ kind, groups }) => {
    const scale = scaleOf(results.flatMap((r) => groups.map((g) => valueIn(r, kind, g.label))));
    return (
      <section key={kind} aria-label={`By ${kind}`}>
        <h3>{{ scenario: 'By scenario', seeds: 'By number of seeds', taste: 'By taste' }[kind]}</h3>
        <div className="multiples">
          {groups.map((group) => (
            <figure key={group.label}>
              <figcaption>
                {group.label} <span className="muted">{group.cases.toLocaleString('en')}</span>
              </figcaption>
              <ul>
                {results
                  .filter((r) => !r.failed)
                  .map((result) => {
                    const value = valueIn(result, kind, group.label);
                    return (
                      <li key={result.model}>
                        <span className="song-text">{result.title}</span>
                        <Interval estimate={value} scale={scale} strong={result === results[0]} />
                        <span className="figure">{figure(value?.mean)}</span>
                      </li>
                    );
                  })}
              </ul>
            </figure>
          ))}
        </div>
      </section>
    );
  });
}
