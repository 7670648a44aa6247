import type { ReactNode } from 'react';
import { ForListener } from '../people/for-listener.tsx';
import { clean, count, names } from '../ui/text.ts';
import './live.css';
import type { Move } from './moves.ts';
import { type Live as Following, type LiveEvent, useLive } from './use-live.ts';

/** Events as they arrive (from this page, another program or a broker) and the list that they change. */
export default function Live(): ReactNode {
  return (
    <ForListener title="Live" offer="Watch each play, like and skip change your list as it arrives.">
      {(listener) => <Follow listener={listener.id} />}
    </ForListener>
  );
}

const STATES: Record<Following['state'], string> = {
  waiting: 'Connecting…',
  on: 'Connected',
  away: 'The server isn’t answering; reconnecting…',
};
const KINDS: Record<string, string> = {
  play: 'played',
  skip: 'skipped',
  like: 'liked',
  dislike: 'disliked',
  clear: 'cleared a like or dislike of',
  ban: 'banned',
  unban: 'unbanned',
  save: 'saved',
};

function Follow({ listener }: { listener: string }): ReactNode {
  const live = useLive(listener);
  return (
    <>
      <p className={`live-state ${live.state}`} role="status">
        {STATES[live.state]}
      </p>
      <p className="muted">
        {count(live.arrived, 'event')} and {count(live.changes, 'new list')} since you opened this page.
      </p>
      {live.problem && <p role="alert">{live.problem}</p>}
      <div className="live-columns">
        <section aria-labelledby="arriving">
          <h2 id="arriving">Events</h2>
          {live.events.length === 0 && <p className="muted">None yet. What you play, like or ban shows up here.</p>}
          <ol className="live-events" aria-labelledby="arriving">
            {live.events.map((event) => (
              <Arrived key={event.id} event={event} />
            ))}
          </ol>
        </section>
        <section aria-labelledby="changing">
          <h2 id="changing">Recommendations</h2>
          {live.list && (
            <ol className="live-songs" aria-labelledby="changing">
              {live.list.tracks.map(({ uri, name, artists }) => (
                <li key={uri} data-uri={uri}>
                  <div>
                    <bdi className="song-text" dir="auto">
                      {clean(name, 80)}
                    </bdi>
                    <bdi className="song-text muted" dir="auto">
                      {names(artists)}
                    </bdi>
                  </div>
                  <Moved move={live.moves.get(uri) ?? 0} />
                </li>
              ))}
            </ol>
          )}
        </section>
      </div>
    </>
  );
}

function Arrived({ event }: { event: LiveEvent }): ReactNode {
  return (
    <li>
      <time dateTime={new Date(event.at).toISOString()}>{new Date(event.at).toLocaleTimeString('en-GB')}</time>
      <span>
        {KINDS[event.kind] ?? event.kind} <bdi dir="auto">{clean(event.title || event.song, 60)}</bdi>
      </span>
    </li>
  );
}

function Moved({ move }: { move: Move }): ReactNode {
  if (move === 0) return null;
  if (move === 'new') return <span className="live-move">new</span>;
  return (
    <span className="live-move muted">
      <span aria-hidden="true">{move > 0 ? '↑' : '↓'}</span>
      <span className="visually-hidden">{move > 0 ? 'up' : 'down'} </span>
      {Math.abs(move)}
    </span>
  );
}
