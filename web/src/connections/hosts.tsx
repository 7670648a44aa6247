import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { elsewhere } from '../api/connections.ts';
import { Failure } from '../ui/notice.tsx';
import { count } from '../ui/text.ts';
import { ago } from './times.ts';

/** Every host that Segue itself has contacted or will contact: what for, how often, and when last. */
export function Hosts(): ReactNode {
  const hosts = useQuery({ queryKey: ['hosts'], queryFn: ({ signal }) => elsewhere.hosts(signal) });
  const all = hosts.data?.hosts ?? [];
  return (
    <section aria-labelledby="hosts">
      <h2 id="hosts">Hosts Segue contacts</h2>
      {hosts.error && (
        <Failure error={hosts.error} what="The hosts couldn’t load" onRetry={() => void hosts.refetch()} />
      )}
      {hosts.data && all.length === 0 && <p className="muted">None. Nothing has left this machine.</p>}
      {all.length > 0 && (
        <ul className="shelf hosts">
          {all.map(({ origin, why, inUse, requests, lastAt }) => (
            <li key={origin}>
              <div>
                <span className="host">{origin}</span>
                <span className="muted">{why.join('; ')}</span>
              </div>
              <span className="muted">
                {lastAt === null ? 'not contacted yet' : `${count(requests, 'request')}, most recently ${ago(lastAt)}`}
                {!inUse && ' · no longer used'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
