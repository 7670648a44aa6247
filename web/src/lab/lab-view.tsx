import './lab.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { Seeds } from '../discover/seeds.tsx';
import { useModels } from '../discover/use-recommendations.ts';
import { useSession, useSnapshot } from '../shell/session-context.ts';
import { isAsking } from '../state/query.ts';
import { Loading } from '../ui/loading.tsx';
import { Failure } from '../ui/notice.tsx';
import { Compare } from './compare.tsx';
import { Experiments } from './experiments.tsx';
import { Jobs } from './jobs.tsx';
import { EvaluationReport } from './report.tsx';
import { readReport } from './report-data.ts';

const NOTHING_UNKNOWN: ReadonlySet<string> = new Set();

export default function Lab(): ReactNode {
  const session = useSession();
  const { query } = useSnapshot();
  const models = useModels();
  const evaluation = useQuery({ queryKey: ['evaluation'], queryFn: ({ signal }) => api.evaluation(signal) });
  const report = readReport(evaluation.data?.report);
  if (models.isError)
    return <Failure error={models.error} what="The models couldn’t load" onRetry={() => void models.refetch()} />;
  const list = models.data?.models ?? [];
  return (
    <div className="lab">
      <header>
        <h1>Lab</h1>
        <p className="muted">Compare the models, see how accurate they are, and train them.</p>
      </header>
      <section aria-labelledby="compare">
        <h2 id="compare">Side by side</h2>
        {isAsking(query) && <Seeds query={query} session={session} unknown={NOTHING_UNKNOWN} />}
        {models.isPending ? (
          <Loading shape="compare-skeleton" />
        ) : (
          <Compare query={query} session={session} models={list} />
        )}
      </section>
      <section aria-labelledby="evaluation">
        <h2 id="evaluation">Accuracy</h2>
        {evaluation.isPending && <Loading shape="report-skeleton" />}
        {evaluation.isError && (
          <Failure error={evaluation.error} what="The report couldn’t load" onRetry={() => void evaluation.refetch()} />
        )}
        {report && <EvaluationReport report={report} />}
        {evaluation.isSuccess && !report && (
          <p className="muted">
            {evaluation.data.report
              ? 'This report is from another version of Segue. Evaluate again to see results.'
              : 'No evaluation yet. Choose models below and evaluate them.'}
          </p>
        )}
      </section>
      <section aria-labelledby="experiments">
        <h2 id="experiments">Experiments</h2>
        <Experiments />
      </section>
      <section aria-labelledby="jobs">
        <h2 id="jobs">Train and evaluate</h2>
        {models.isPending ? <Loading shape="report-skeleton" /> : <Jobs models={list} />}
      </section>
    </div>
  );
}
