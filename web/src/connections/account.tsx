import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, ListMusic, Minus, RefreshCw, Unplug } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { wordsOf } from '../api/client.ts';
import { type Connection, elsewhere, type SyncState } from '../api/connections.ts';
import type { Listener, PersonalList } from '../api/listeners.ts';
import { capital, clean, count } from '../ui/text.ts';
import { Disconnect } from './disconnect.tsx';
import { SendSheet } from './send-to.tsx';
import { ago, left } from './times.ts';
import { WeeklyLists } from './weekly.tsx';

/** Polling interval for the state of a running sync, in milliseconds. */
const ASK_MS = 700;

/** One connected account: its last sync, what it can do, and the way to disconnect it. */
export function Account(props: { listener: Listener; connection: Connection }): ReactNode {
  const { listener, connection } = props;
  const { id, title, abilities } = connection;
  const client = useQueryClient();
  const [ending, setEnding] = useState(false);
  const [list, setList] = useState<PersonalList | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const sync = useQuery({
    queryKey: ['sync', id],
    queryFn: ({ signal }) => elsewhere.syncState(id, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? ASK_MS : false),
  });
  const running = sync.data?.state === 'running';
  const ran = useRef(false);
  // A sync may end between the fetch of the list and the first fetch of its state; the list is then outdated.
  const outdated = useEffectEvent(
    (now: SyncState) => ran.current || now.syncedAt !== connection.syncedAt || now.problem !== connection.problem,
  );
  useEffect(() => {
    if (!sync.data) return;
    if (!running && outdated(sync.data))
      for (const queryKey of [['connections'], ['hosts'], ['mine', listener.id], ['listener', listener.id]])
        void client.invalidateQueries({ queryKey });
    ran.current = running;
  }, [client, sync.data, running, listener.id]);
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setRefusal(null);
    try {
      await work();
    } catch (error) {
      setRefusal(wordsOf(error));
    }
  };
  const reads = abilities.some(
    (ability) => ability.able && ['songs', 'likes', 'ratings', 'playlists', 'plays'].includes(ability.id),
  );
  const writes = abilities.some((ability) => ability.able && ability.id === 'write');
  const problem = sync.data?.problem ?? connection.problem;
  return (
    <li className="account">
      <div className="account-head">
        <h3>{title}</h3>
        <p className="muted song-text" dir="auto">
          {clean(connection.account, 80)}
        </p>
      </div>
      {running ? (
        <Running state={sync.data!} />
      ) : (
        <p className="account-state">
          {connection.syncedAt === null ? 'Not synced yet' : `Synced ${ago(connection.syncedAt)}`}
          {connection.songs > 0 &&
            ` · ${count(connection.songs, 'song')}, ${connection.matched.toLocaleString('en')} of them in this library`}
          {connection.gone > 0 && ` · ${connection.gone.toLocaleString('en')} removed there`}
        </p>
      )}
      {!running && problem && (
        <p role="alert" className="trouble">
          {problem}
        </p>
      )}
      {refusal && <p role="alert">{refusal}</p>}
      <div className="account-tools">
        {reads && (
          <button
            type="button"
            className="button"
            disabled={running}
            onClick={() => void attempt(() => elsewhere.sync(id).then(() => sync.refetch()))}
          >
            <RefreshCw size={16} aria-hidden /> Sync now
          </button>
        )}
        {writes && (
          <button
            type="button"
            className="button"
            disabled={running}
            onClick={() => void attempt(async () => setList(await elsewhere.byCluster(listener.id)))}
          >
            <ListMusic size={16} aria-hidden /> Make a playlist of 50
          </button>
        )}
        <button type="button" className="button quiet" onClick={() => setEnding(true)}>
          <Unplug size={16} aria-hidden /> Disconnect
        </button>
      </div>
      {writes && <WeeklyLists listener={listener.id} connection={connection} />}
      <details>
        <summary>What it can do and which hosts it contacts</summary>
        <ul className="abilities">
          {abilities.map(({ id: key, able, text, because }) => (
            <li key={key} className={able ? undefined : 'muted'}>
              {able ? <Check size={16} aria-hidden /> : <Minus size={16} aria-hidden />}
              <span>
                {able ? 'Can' : 'Can’t'} {text}
                {because && <small className="hint">{because}</small>}
              </span>
            </li>
          ))}
        </ul>
        <ul className="abilities muted">
          {connection.hosts.map(({ origin, why }) => (
            <li key={`${origin} ${why}`}>
              <span>
                {origin}
                <small className="hint">{why}</small>
              </span>
            </li>
          ))}
        </ul>
      </details>
      {ending && <Disconnect listener={listener} connection={connection} onClose={() => setEnding(false)} />}
      {list && (
        <SendSheet
          songs={list.tracks}
          name="Segue: all your tastes"
          listKey={`clusters:${listener.id}`}
          only={id}
          onClose={() => setList(null)}
        />
      )}
    </li>
  );
}

function Running({ state }: { state: SyncState }): ReactNode {
  const { fraction, note, secondsLeft } = state;
  return (
    <div className="progress-line">
      <p role="status">
        {capital(note ?? 'starting')}
        {secondsLeft !== null && secondsLeft > 0 && `, ${left(secondsLeft)}`}
      </p>
      <progress aria-label="Sync" {...(fraction === null ? {} : { value: fraction })} />
    </div>
  );
}
