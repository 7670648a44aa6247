import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { elsewhere } from '../api/connections.ts';
import type { Listener } from '../api/listeners.ts';
import { ForListener } from '../people/for-listener.tsx';
import '../mine/mine.css';
import { Failure } from '../ui/notice.tsx';
import { Account } from './account.tsx';
import './connections.css';
import { Loading } from '../ui/loading.tsx';
import { Hosts } from './hosts.tsx';
import { Offer } from './offer.tsx';
import { Programs } from './programs.tsx';

/** The listener's accounts and servers, the programs that connect to Segue, and every host contacted. */
export default function Connections(): ReactNode {
  return (
    <ForListener
      title="Connections"
      offer="Connect Spotify, ListenBrainz, Last.fm or your own music server, and send lists back to it."
    >
      {(listener) => <All listener={listener} />}
    </ForListener>
  );
}

function All({ listener }: { listener: Listener }): ReactNode {
  const all = useQuery({ queryKey: ['connections'], queryFn: ({ signal }) => elsewhere.all(signal) });
  const signIn = useQuery({
    queryKey: ['sign-in', listener.id],
    queryFn: ({ signal }) => elsewhere.signInProblem(listener.id, signal),
  });
  if (all.error)
    return <Failure error={all.error} what="The connections couldn’t load" onRetry={() => void all.refetch()} />;
  if (!all.data) return <Loading shape="page-skeleton" />;
  const own = all.data.connections.filter((connection) => connection.listener === listener.id);
  return (
    <>
      <section aria-labelledby="accounts">
        <h2 id="accounts">Your accounts and servers</h2>
        {signIn.data?.problem && (
          <p role="alert" className="trouble">
            {signIn.data.problem}
          </p>
        )}
        {own.length === 0 && (
          <p className="muted">None yet. Nothing leaves this machine until you connect something below.</p>
        )}
        {own.length > 0 && (
          <ul className="accounts">
            {own.map((connection) => (
              <Account key={connection.id} listener={listener} connection={connection} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="offers">
        <h2 id="offers">Connect a service</h2>
        <ul className="accounts">
          {all.data.services.map((service) => (
            <Offer key={service.id} listener={listener} service={service} />
          ))}
        </ul>
      </section>
      <Programs listener={listener} />
      <Hosts />
    </>
  );
}
