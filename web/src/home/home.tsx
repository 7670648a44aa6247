import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { type Listener, people } from '../api/listeners.ts';
import { Bring } from '../mine/bring.tsx';
import { ForListener } from '../people/for-listener.tsx';
import { Failure } from '../ui/notice.tsx';
import { Slider } from '../ui/slider.tsx';
import { clean, count } from '../ui/text.ts';
import './home.css';
import { Loading } from '../ui/loading.tsx';
import { PersonalSongs } from './personal-list.tsx';

/** Lists made for one person. */
export default function Home(): ReactNode {
  return (
    <ForListener title="For you" offer="Get lists and mixes made from your own listening history.">
      {(listener) => <Lists listener={listener} />}
    </ForListener>
  );
}

function Lists({ listener }: { listener: Listener }): ReactNode {
  const detail = useQuery({
    queryKey: ['listener', listener.id],
    queryFn: ({ signal }) => people.get(listener.id, signal),
  });
  if (detail.error)
    return <Failure error={detail.error} what="Your music couldn’t load" onRetry={() => void detail.refetch()} />;
  if (!detail.data) return <Loading shape="page-skeleton" />;
  const { counts, years } = detail.data;
  const { plays, likes, lists } = counts;
  if (plays + likes + lists === 0)
    return (
      <section aria-labelledby="bring">
        <h2 id="bring">Bring your music</h2>
        <Bring listener={listener.id} />
      </section>
    );
  return (
    <>
      <ForYou listener={listener.id} />
      <Mixes listener={listener.id} />
      {years.length > 0 && <OfYear listener={listener.id} years={years} />}
      {lists > 0 && <GoOn listener={listener.id} />}
    </>
  );
}

const dialText = (newness: number): string =>
  newness === 1 ? 'only new to me' : newness === 0 ? 'only rediscoveries' : `${Math.round(newness * 100)}% new`;

function useChanged(listener: string): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ['mine', listener] });
}

function ForYou({ listener }: { listener: string }): ReactNode {
  const [newness, setNewness] = useState(0.8);
  const asked = useDeferredValue(newness);
  const changed = useChanged(listener);
  const list = useQuery({
    queryKey: ['mine', listener, 'for-you', asked],
    queryFn: ({ signal }) => people.forYou(listener, asked, signal),
    placeholderData: (before) => before,
  });
  return (
    <section aria-labelledby="for-you">
      <h2 id="for-you">Today’s songs</h2>
      <div className="newness">
        <Slider
          label="Rediscover ↔ new to me"
          min={0}
          max={1}
          step={0.1}
          value={newness}
          text={dialText(newness)}
          onChange={setNewness}
        />
      </div>
      {list.error && <Failure error={list.error} what="No list today" onRetry={() => void list.refetch()} />}
      {list.data ? (
        <PersonalSongs listener={listener} list={list.data} onChange={changed} />
      ) : (
        !list.error && <Loading shape="list-skeleton" />
      )}
    </section>
  );
}

function Mixes({ listener }: { listener: string }): ReactNode {
  const changed = useChanged(listener);
  const mixes = useQuery({
    queryKey: ['mine', listener, 'mixes'],
    queryFn: ({ signal }) => people.mixes(listener, signal),
  });
  const all = mixes.data?.mixes ?? [];
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="mixes">
      <h2 id="mixes">Your mixes</h2>
      <p className="muted">One for each of your tastes, new every day.</p>
      <div className="mixes">
        {all.map((mix) => (
          <details key={mix.id}>
            <summary>
              <strong>{clean(mix.title, 80)}</strong> <span className="muted">{count(mix.tracks.length, 'song')}</span>
            </summary>
            <PersonalSongs listener={listener} list={mix} onChange={changed} />
          </details>
        ))}
      </div>
    </section>
  );
}

/** Songs like those of a year, for the years with plays. */
function OfYear({ listener, years }: { listener: string; years: readonly number[] }): ReactNode {
  const changed = useChanged(listener);
  const [chosen, setChosen] = useState('');
  const more = useQuery({
    queryKey: ['mine', listener, 'of-year', chosen],
    queryFn: ({ signal }) => people.fromYear(listener, Number(chosen), signal),
    enabled: chosen !== '',
  });
  return (
    <section aria-labelledby="of-year">
      <h2 id="of-year">More of what you loved</h2>
      <select aria-label="A year" value={chosen} onChange={(event) => setChosen(event.target.value)}>
        <option value="">Choose a year</option>
        {years.map((year) => (
          <option key={year} value={year}>
            {year}
          </option>
        ))}
      </select>
      {more.error && <Failure error={more.error} what="No list of that year" onRetry={() => void more.refetch()} />}
      {more.data && <PersonalSongs listener={listener} list={more.data} onChange={changed} />}
    </section>
  );
}

function GoOn({ listener }: { listener: string }): ReactNode {
  const changed = useChanged(listener);
  const [chosen, setChosen] = useState('');
  const lists = useQuery({ queryKey: ['mine', listener, 'lists', ''], queryFn: () => people.lists(listener, {}) });
  const more = useQuery({
    queryKey: ['mine', listener, 'go-on', chosen],
    queryFn: ({ signal }) => people.goOn(listener, chosen, signal),
    enabled: chosen !== '',
  });
  return (
    <section aria-labelledby="go-on">
      <h2 id="go-on">Continue from a list</h2>
      <select aria-label="A list of yours" value={chosen} onChange={(event) => setChosen(event.target.value)}>
        <option value="">Choose a list</option>
        {lists.data?.items.map(({ id, name }) => (
          <option key={id} value={id}>
            {clean(name, 80)}
          </option>
        ))}
      </select>
      {more.error && (
        <Failure error={more.error} what="That list can’t be continued" onRetry={() => void more.refetch()} />
      )}
      {more.data && <PersonalSongs listener={listener} list={more.data} onChange={changed} />}
    </section>
  );
}
