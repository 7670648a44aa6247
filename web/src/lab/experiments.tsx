import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { Failure } from '../ui/notice.tsx';

/** Two models compared by what listeners did with their lists. */
export function Experiments(): ReactNode {
  const asked = useQuery({ queryKey: ['experiments'], queryFn: ({ signal }) => api.experiments(signal) });
  if (asked.error) return <Failure error={asked.error} what="Can’t be shown" onRetry={() => void asked.refetch()} />;
  const experiments = asked.data?.experiments ?? [];
  if (experiments.length === 0)
    return (
      <p className="muted">
        No experiments yet. Start one with <code>segue experiment start hybrid als</code>: “For you” then holds songs of
        both, and what you play, like or save decides. Nothing leaves this machine.
      </p>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="table-scroll" tabIndex={0} aria-label="Experiments">
      <table>
        <thead>
          <tr>
            <th scope="col">Models</th>
            <th scope="col">Since</th>
            <th scope="col">Lists</th>
            <th scope="col">Songs taken up</th>
            <th scope="col">p</th>
          </tr>
        </thead>
        <tbody>
          {experiments.map(({ id, a, b, startedAt, endedAt, lists, takenUp, p }) => (
            <tr key={id}>
              <td>
                {a} and {b}
              </td>
              <td>
                {new Date(startedAt).toLocaleDateString()}
                {endedAt === null ? ', running' : ''}
              </td>
              <td>{lists}</td>
              <td>
                {takenUp.a} and {takenUp.b}
              </td>
              <td>{p < 0.001 ? '< 0.001' : p.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
