import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { elsewhere } from '../api/connections.ts';
import { Failure } from '../ui/notice.tsx';
import { count } from '../ui/text.ts';
import { ago } from './times.ts';

/** Every host that Segue itself has contacted, and why. */
export function Hosts(): ReactNode {
  const hosts = useQuery({ queryKey: ['hosts'], queryFn: ({ signal }) => elsewhere.hosts(signal) });
  const all = hosts.data?.hosts ?? [];
  return (
    <section aria-labelledby="hosts">
      <h2 id="hosts">Hosts that Segue has contacted</h2>
      {hosts.error && <Failure error={hosts.error} what="Can’t load the hosts" onRetry={() => void hosts.refetch()} />}
      {hosts.data && all.length === 0 && <p className="muted">None. Nothing has left this machine.</p>}
      {all.length > 0 && (
        <ul className="shelf">
          {all.map(({ connection, origin, why, requests, lastAt }) => (
            <li key={`${connection} ${origin} ${why}`}>
              <div>
                <span className="song-text">{origin}</span>
                <span className="muted">{why}</span>
              </div>
              <span className="muted">
                {count(requests, 'request')} · {ago(lastAt)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
