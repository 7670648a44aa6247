import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, wordsOf } from '../api/client.ts';
import type { Model } from '../api/types.ts';
import { isAsking, type Query } from '../state/query.ts';
import { toRequest } from '../state/request.ts';
import type { Session } from '../state/session.ts';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { SpotifyLink } from '../ui/spotify-mark.tsx';
import { clean, count, names, took } from '../ui/text.ts';
import { overlaps } from './report-data.ts';

const COLUMNS = 3;
/** Placeholder rows for a list that is being loaded. */
const WAITING = Array.from({ length: 12 }, (_, i) => i);

/** The chosen models, completed with the best trained ones. */
function columnsOf(query: Query, trained: readonly Model[]): string[] {
  const chosen = query.compare.filter((id) => trained.some((m) => m.id === id));
  const interest = (m: Model): number => (m.isDefault ? 2 : m.family === 'baseline' ? 0 : 1);
  const others = [...trained].sort((a, b) => interest(b) - interest(a)).map((m) => m.id);
  for (const id of others) if (chosen.length < Math.min(2, trained.length) && !chosen.includes(id)) chosen.push(id);
  return chosen.slice(0, COLUMNS);
}

/** One query, answered by two or three models side by side; songs in several answers are marked. */
export function Compare(props: { query: Query; session: Session; models: readonly Model[] }): ReactNode {
  const { query, session } = props;
  const trained = props.models.filter((m) => m.trained);
  const columns = columnsOf(query, trained);
  const [lit, setLit] = useState<string | null>(null);
  const asking = isAsking(query);
  const answers = useQueries({
    queries: columns.map((model) => {
      const body = toRequest({ ...query, model, options: model === query.model ? query.options : {} });
      return {
        queryKey: ['recommendations', body],
        queryFn: ({ signal }: { signal: AbortSignal }) => api.recommend(body, signal),
        enabled: asking,
        placeholderData: keepPreviousData,
        staleTime: Number.POSITIVE_INFINITY,
      };
    }),
  });
  const lists = answers.map((a) => a.data?.tracks.map((t) => t.uri) ?? []);
  const shared = overlaps(lists);
  const setColumns = (next: string[]): void => session.change((q) => ({ ...q, compare: next }), 'Models side by side');
  const waiting = answers.some((a) => a.isPending || a.isPlaceholderData);
  const title = (id: string): string => trained.find((m) => m.id === id)?.title ?? id;

  if (!asking)
    return (
      <div className="compare">
        <p className="muted">Pick a song or a mood first. Each model’s list then appears here.</p>
        <div>
          <button type="button" className="button" onClick={() => session.show('discover')}>
            Go to Discover
          </button>
        </div>
      </div>
    );
  return (
    <div className="compare">
      <p className="muted" role="status">
        {waiting
          ? 'Comparing…'
          : shared.size === 0
            ? 'No song is on more than one list.'
            : `${count(shared.size, 'song is', 'songs are')} on more than one list (marked).`}
      </p>
      <div className="compare-columns">
        {columns.map((id, c) => {
          const answer = answers[c]!;
          const busy = answer.isPending || answer.isPlaceholderData;
          return (
            <section key={id} aria-label={title(id)}>
              <header>
                <select
                  aria-label={`Model of column ${c + 1}`}
                  value={id}
                  onChange={(event) => setColumns(columns.map((old, i) => (i === c ? event.target.value : old)))}
                >
                  {trained.map((model) => (
                    <option key={model.id} value={model.id} disabled={model.id !== id && columns.includes(model.id)}>
                      {model.title}
                    </option>
                  ))}
                </select>
                <span className="compare-took muted">{answer.data ? took(answer.data.tookMs) : ''}</span>
                {columns.length > 2 && (
                  <button
                    type="button"
                    className="button quiet"
                    onClick={() => setColumns(columns.filter((old) => old !== id))}
                  >
                    Remove
                  </button>
                )}
              </header>
              {answer.isError && <p role="alert">{wordsOf(answer.error)}</p>}
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard. */}
              <ol tabIndex={0} aria-label={`Songs of ${title(id)}`} aria-busy={busy}>
                {answer.isPending &&
                  WAITING.map((row) => <li key={row} className="skeleton compare-waiting" aria-hidden="true" />)}
                {answer.data?.tracks.map((track) => (
                  <li
                    key={track.uri}
                    className={`${shared.has(track.uri) ? 'shared' : ''}${lit === track.uri ? ' lit' : ''}`}
                    onPointerEnter={() => setLit(track.uri)}
                    onPointerLeave={() => setLit(null)}
                  >
                    <Fingerprint features={track.features} size={28} />
                    <span>
                      <bdi className="song-text" dir="auto">
                        {clean(track.name, 80)}
                      </bdi>
                      <bdi className="song-text muted" dir="auto">
                        {names(track.artists)}
                      </bdi>
                    </span>
                    {shared.has(track.uri) && (
                      <abbr title={`in ${shared.get(track.uri)} lists`}>
                        {lists
                          .map((list) => list.indexOf(track.uri) + 1)
                          .map((p) => (p > 0 ? p : '–'))
                          .join(' / ')}
                      </abbr>
                    )}
                    <SpotifyLink uri={track.uri} name={track.name} />
                  </li>
                ))}
              </ol>
            </section>
          );
        })}
        {columns.length < Math.min(COLUMNS, trained.length) && (
          <button
            type="button"
            className="button compare-add"
            onClick={() => setColumns([...columns, trained.find((m) => !columns.includes(m.id))!.id])}
          >
            Add a model
          </button>
        )}
      </div>
    </div>
  );
}
