import './seeds.css';
import { useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { api } from '../api/client.ts';
import { isDemo } from '../data/is-demo.ts';
import { addSeeds, type Query, setTitle } from '../state/query.ts';
import type { Session } from '../state/session.ts';
import { Fingerprint } from '../ui/fingerprint.tsx';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { clean, count, genreName, names } from '../ui/text.ts';
import { seedOf } from './intake.ts';
import { useModels } from './use-recommendations.ts';
import { useTraining } from './use-training.ts';

const SavedLists = lazy(() => import('../lists/saved-lists.tsx'));

/** Interval between attempts while no model is trained yet, in milliseconds. */
const RETRY_MS = 4_000;
const MOODS = ['rainy sunday', 'late night drive', 'coding', 'summer party', 'slow morning'];

const describe = (query: Query): string =>
  query.title.trim() !== ''
    ? `“${clean(query.title, 40)}”`
    : `${clean(query.seeds[0]!.name, 40)}${query.seeds.length > 1 ? ` and ${count(query.seeds.length - 1, 'more song')}` : ''}`;

/** The page before the first query: starting points from this library. */
export function Welcome(props: { session: Session }): ReactNode {
  const { session } = props;
  const popular = useQuery({
    queryKey: ['popular'],
    queryFn: ({ signal }) => api.recommend({ n: 12, model: 'popularity', perArtist: 1, details: true }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: (q) => (q.state.status === 'error' ? RETRY_MS : false),
  });
  const health = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => api.health(signal),
    // On a first run, the models are still being trained.
    refetchInterval: (q) => (q.state.data?.models?.trained.length === 0 ? RETRY_MS : false),
  });
  const models = useModels();
  const training = useTraining(models.data?.models ?? []);
  const library = useQuery({ queryKey: ['library'], queryFn: ({ signal }) => api.library(signal) });
  const last = useMemo(() => session.lastQuery(), [session]);
  return (
    <div className="welcome">
      <ul className="chips" aria-label="Start from a mood">
        {last && (
          <li>
            <button
              type="button"
              className="button"
              onClick={() => session.change(() => last, 'Reopened your last list')}
            >
              <History size={16} aria-hidden /> Continue with {describe(last)}
            </button>
          </li>
        )}
        {MOODS.map((mood) => (
          <li key={mood}>
            <button
              type="button"
              className="button"
              onClick={() => session.change((q) => setTitle(q, mood), `Mood: “${mood}”`)}
            >
              “{mood}”
            </button>
          </li>
        ))}
      </ul>
      {health.data?.models?.trained.length === 0 && (
        <div role="status">
          <Notice
            title={training.size > 0 ? 'Training the first models' : 'No model trained yet'}
            action={
              training.size > 0 ? undefined : (
                <button type="button" className="button primary" onClick={() => session.show('lab')}>
                  Train in the Lab
                </button>
              )
            }
          >
            You can already search. Until the first model is trained, every list shows popular songs. This page updates
            by itself.
          </Notice>
        </div>
      )}
      {library.data && isDemo(library.data) && (
        <div className="remark" role="note">
          <span>You’re in the demo world: these songs are fictional.</span>
          <button type="button" className="button" onClick={() => session.show('data')}>
            Bring your own music
          </button>
        </div>
      )}
      <Suspense>
        <SavedLists session={session} />
      </Suspense>
      <h2 className="label" hidden={popular.isError}>
        Popular in this library
      </h2>
      {popular.isPending && <Loading shape="welcome-skeleton" />}
      <ul className="tiles">
        {popular.data?.tracks.map((track) => (
          <li key={track.uri}>
            <button
              type="button"
              className="tile"
              onClick={() => session.change((q) => addSeeds(q, [seedOf(track)]), `Added “${clean(track.name, 60)}”`)}
            >
              <Fingerprint features={track.features} size={72} />
              <span>
                <bdi className="song-text" dir="auto">
                  {clean(track.name, 80)}
                </bdi>
                <bdi className="song-text muted" dir="auto">
                  {names(track.artists)}
                </bdi>
                <span className="muted">
                  {[track.year, genreName(track.genres?.[0] ?? '')].filter(Boolean).join(' · ')}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
