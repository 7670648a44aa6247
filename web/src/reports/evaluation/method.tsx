import type { ReactNode } from 'react';
import type { EvaluationReport } from '../../../../src/evaluate/report/report-data.ts';
import { timeFigure } from '../../../../src/evaluate/report/table.ts';
import { PlainTable } from '../report.tsx';
import { withoutCutoff } from './charts.ts';

const list = (values: Readonly<Record<string, unknown>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}`)
    .join(', ');

/** How the evaluation was made, what each metric means, and the models' settings. */
export function Method({ report }: { report: EvaluationReport }): ReactNode {
  const { protocol, timing } = report;
  const metrics = report.metrics.filter((m, i, all) => all.findIndex(({ id }) => id === m.id) === i);
  const configured = report.results.filter((r) => Object.keys(r.config).length > 0);
  const options = list(protocol.options);
  return (
    <>
      <p>
        {protocol.description} {protocol.folds === 1 ? 'One split' : `${protocol.folds} folds`},{' '}
        {protocol.cases.toLocaleString('en')} queries, seed {protocol.seed}
        {options && `, ${options}`}. All tracks are ranked, none sampled; held-out tracks that training never saw count
        as misses. Intervals are percentile bootstraps over owners with 1,000 resamples. Pairs are compared by sign-flip
        permutation tests, with Holm's correction over all pairs of a metric. The evaluation took{' '}
        {timeFigure(timing.totalSeconds)} s on {timing.threads} threads, including {timeFigure(timing.metricsSeconds)} s
        for the metrics.
      </p>
      <details>
        <summary>Metrics</summary>
        <PlainTable
          caption="Metrics"
          head={['metric', 'better', 'meaning', 'formula']}
          rows={metrics.map((m) => [
            withoutCutoff(m.title),
            m.better === 'neither' ? '–' : m.better,
            m.description,
            m.formula,
          ])}
        />
      </details>
      {configured.length > 0 && (
        <details>
          <summary>Model settings</summary>
          <PlainTable
            caption="Model settings"
            head={['model', 'settings']}
            rows={configured.map((r) => [r.model, list(r.config)])}
          />
        </details>
      )}
    </>
  );
}
