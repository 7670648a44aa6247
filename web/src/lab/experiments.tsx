import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { Loading } from '../ui/loading.tsx';
import { Failure } from '../ui/notice.tsx';
import { dateOf } from '../ui/text.ts';

/** Two models compared by what listeners did with their lists. */
export function Experiments(): ReactNode {
  const asked = useQuery({ queryKey: ['experiments'], queryFn: ({ signal }) => api.experiments(signal) });
  if (asked.error)
    return <Failure error={asked.error} what="The experiments couldn’t load" onRetry={() => void asked.refetch()} />;
  if (!asked.data) return <Loading shape="report-skeleton" />;
  const { experiments } = asked.data;
  if (experiments.length === 0)
    return (
      <p className="muted">
        No experiments yet. Start one with <code>segue experiment start hybrid als</code>: “For you” then mixes songs
        from both, and what you play, like or save shows which is better. Nothing leaves this machine.
      </p>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="table-scroll" tabIndex={0} aria-label="Experiment results">
      <table>
        <thead>
          <tr>
            <th scope="col">Models</th>
            <th scope="col">Started</th>
            <th scope="col">Lists shown</th>
            <th scope="col">Songs played, liked or saved</th>
            <th scope="col">p-value</th>
          </tr>
        </thead>
        <tbody>
          {experiments.map(({ id, a, b, startedAt, endedAt, lists, takenUp, p }) => (
            <tr key={id}>
              <td>
                {a} vs. {b}
              </td>
              <td>
                {dateOf(startedAt)}
                {endedAt === null ? ', running' : ''}
              </td>
              <td>{lists.toLocaleString('en')}</td>
              <td>
                {takenUp.a.toLocaleString('en')} vs. {takenUp.b.toLocaleString('en')}
              </td>
              <td>{p < 0.001 ? '< 0.001' : p.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
