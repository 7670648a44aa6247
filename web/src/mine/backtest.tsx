import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { type BacktestJob, people } from '../api/listeners.ts';
import { Loading } from '../ui/loading.tsx';
import { Failure } from '../ui/notice.tsx';
import { count } from '../ui/text.ts';
import { EmptyUntilBrought } from './empty-until-brought.tsx';

const ASK_MS = 600;

type Figure = NonNullable<BacktestJob['report']>['results'][number]['ndcg'];

const shown = (figure: Figure): string =>
  figure ? `${figure.mean.toFixed(3)} (${figure.low.toFixed(3)}–${figure.high.toFixed(3)})` : '–';

const NAMES: Readonly<Record<string, string>> = {
  'your blend': 'Your blend',
  'same artists': 'More by the same artists',
  'most played': 'What you played most',
  'most played lately': 'What you played most recently',
};

/** "als finds" → "als (from your latest finds)". */
function partTitle(part: string, title: (name: string) => string): string {
  const [, model, memory] = /^(.*) (lately|finds)$/.exec(part) ?? [];
  if (model === undefined) return title(part);
  return `${title(model)} (from ${memory === 'finds' ? 'your latest finds' : 'your last few weeks'})`;
}

const percent = (part: number): string => (100 * part).toFixed(part < 0.1 ? 1 : 0);

const share = (figure: Figure): string =>
  figure ? `${percent(figure.mean)}% (${percent(figure.low)}–${percent(figure.high)})` : '–';

/** A person's history, cut at points in time: what would each model have suggested, and what came next? */
export function BacktestView({ listener, onBring }: { listener: string; onBring: () => void }): ReactNode {
  const test = useQuery({
    queryKey: ['mine', listener, 'backtest'],
    queryFn: ({ signal }) => people.backtest(listener, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? ASK_MS : false),
  });
  const models = useQuery({ queryKey: ['models'], queryFn: ({ signal }) => api.models(signal) });
  if (test.error)
    return <Failure error={test.error} what="The backtest couldn’t run" onRetry={() => void test.refetch()} />;
  const job = test.data;
  if (!job) return <Loading shape="list-skeleton" />;
  if (job.state === 'failed')
    return <EmptyUntilBrought text={job.error ?? 'The backtest couldn’t run.'} onBring={onBring} />;
  if (!job.report)
    return (
      <div className="progress-line">
        <p role="status">Asking the models about your past: {job.note}</p>
        <progress value={job.fraction} aria-label="Backtest" />
      </div>
    );
  const { cuts, newSongs, results, blend } = job.report;
  const title = (name: string): string =>
    models.data?.models.find(({ id }) => id === name)?.title ?? NAMES[name] ?? name;
  return (
    <>
      <p>
        Segue cut your history at {count(cuts.length, 'date')}. Each model made a list of 50 songs from what came
        before, and was judged by the {count(newSongs, 'song')} you discovered in the 30 days after.
        {blend
          ? ` The models that predict you best now make your lists: ${blend.map(({ name }) => partTitle(name, title)).join(', ')}.`
          : ''}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="table-scroll" tabIndex={0} aria-label="Models compared">
        <table>
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col">New songs found (95%)</th>
              <th scope="col">NDCG@50 (95%)</th>
              <th scope="col">Repeats found (95%)</th>
            </tr>
          </thead>
          <tbody>
            {results.map(({ name, found, ndcg, again }) => (
              <tr key={name}>
                <td>{title(name)}</td>
                <td>{share(found)}</td>
                <td>{shown(ndcg)}</td>
                <td>{share(again)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
