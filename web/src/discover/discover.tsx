import './discover.css';
import './results.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import { type DragEvent, lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { ApiError, api } from '../api/client.ts';
import type { Model, RecommendedTrack, RecommendResponse } from '../api/types.ts';
import { isPersonal } from '../data/guess-source.ts';
import { hold } from '../shell/dropped-files.ts';
import { useSession, useSnapshot } from '../shell/session-context.ts';
import {
  addSeeds,
  countChanged,
  isAsking,
  type Judged,
  type Query,
  relax,
  type Seed,
  setTitle,
} from '../state/query.ts';
import { Loading } from '../ui/loading.tsx';
import { Failure, Notice } from '../ui/notice.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { count } from '../ui/text.ts';
import { useWide } from '../ui/use-wide.ts';
import { seedOf, useIntake } from './intake.ts';
import { Omnibox } from './omnibox.tsx';
import { Seeds } from './seeds.tsx';
import { useModels, useRecommendations } from './use-recommendations.ts';
import { Welcome } from './welcome.tsx';

const DIAL_NAMES: Record<Judged, string> = {
  year: 'the era',
  popularity: 'popularity',
  energy: 'energy',
  tempo: 'tempo',
  explicit: 'explicit songs',
  genres: 'genres',
};

/** Loaded together with the page, so that the first list finds it ready. */
const loadResults = () => import('./results.tsx');
const loadDials = () => import('./dials.tsx');
const Results = lazy(loadResults);
const Dials = lazy(loadDials);
const PathPanel = lazy(() => import('./path-panel.tsx'));
const Review = lazy(() => import('./review.tsx'));

/** Most seeds whose features are fetched, for the outline over the fingerprints. */
const OUTLINED = 200;

function useSeedFeatures(query: Query) {
  const uris = query.seeds
    .filter((s) => s.weight > 0)
    .slice(0, OUTLINED)
    .map((s) => s.uri);
  const answer = useQuery({
    queryKey: ['seeds', uris],
    queryFn: ({ signal }) => api.resolve(uris.join('\n'), signal),
    enabled: uris.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return useMemo(() => answer.data?.lines.map((line) => line.track?.features) ?? [], [answer.data]);
}

export default function Discover(): ReactNode {
  const session = useSession();
  const { query } = useSnapshot();
  const client = useQueryClient();
  const asking = isAsking(query);
  const answer = useRecommendations(query);
  const models = useModels();
  const seedFeatures = useSeedFeatures(query);
  const wide = useWide();
  const [dialsOpen, setDialsOpen] = useState(false);
  const [dropping, setDropping] = useState(false);
  const [pathFrom, setPathFrom] = useState<RecommendedTrack | null>(null);
  if (!asking && pathFrom) setPathFrom(null);
  const addAll = useCallback(
    (seeds: Seed[], label: string) => session.change((q) => addSeeds(q, seeds), label),
    [session],
  );
  const intake = useIntake(addAll);
  useEffect(() => {
    void loadResults();
    void loadDials();
  }, []);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.key.toLowerCase() !== 'd' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (
        target.matches('input:not([type=range]):not([type=radio]), select, textarea') ||
        document.querySelector('dialog[open]')
      )
        return;
      if (wide) document.querySelector<HTMLElement>('.discover-dials input, .discover-dials select')?.focus();
      else setDialsOpen((open) => !open);
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [wide]);

  // A whole history is not a list to start from; the import says where it belongs.
  const takeFile = (file: File): void => {
    if (!isPersonal(file.name)) {
      intake.takeFile(file);
      return;
    }
    hold([file]);
    session.show('data');
  };

  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    const file = event.dataTransfer.files[0];
    if (file) takeFile(file);
    else intake.takeText(event.dataTransfer.getData('text'));
  };

  const list = asking ? answer.list : undefined;
  const modelTitle = models.data?.models.find((m) => m.id === list?.model)?.title ?? '';
  const unknown = useMemo(() => new Set(list?.unknown), [list]);
  const changed = countChanged(query);
  const dials = (
    <Suspense fallback={<Loading shape="dials-skeleton" />}>
      <Dials query={query} session={session} models={models.data?.models ?? []} answered={list?.model ?? null} />
    </Suspense>
  );
  const dialsButton = wide ? null : (
    <button type="button" className="button" aria-haspopup="dialog" onClick={() => setDialsOpen(true)}>
      <SlidersHorizontal size={16} aria-hidden /> Dials{changed > 0 ? ` (${changed})` : ''}
    </button>
  );

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped anywhere; the File button does the same by keyboard.
    <div
      className={asking ? 'discover asking' : 'discover'}
      onDragOver={(event) => {
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={onDrop}
    >
      <div className="discover-ask">
        {!asking && (
          <div className="hero">
            <HeroArt />
            <h1>What should come next?</h1>
            <p>Start from a song, a playlist or a mood. Segue finds what goes with it and tells you why.</p>
          </div>
        )}
        {asking && <h1 className="visually-hidden">Discover</h1>}
        <Omnibox
          large={!asking}
          onTrack={(track) => addAll([seedOf(track)], `Added “${track.name.slice(0, 80)}”`)}
          onTitle={(title) => session.change((q) => setTitle(q, title), `Mood: “${title.slice(0, 80)}”`)}
          onSongs={addAll}
          onOwner={intake.takeOwner}
          onText={intake.takeText}
          onFile={takeFile}
        />
        <IntakeLine state={intake.state} onStop={intake.stop} />
        {asking && <Seeds query={query} session={session} unknown={unknown} understood={list?.understood ?? []} />}
      </div>
      {!asking && <Welcome session={session} />}
      {asking && (
        <div className="discover-columns">
          <div className="discover-list">
            {!(list && list.tracks.length > 0) && dialsButton}
            {list && <Remarks list={list} offline={answer.offline} />}
            {list && query.model === null && <BetterModel list={list} models={models.data?.models ?? []} />}
            {answer.error && !(answer.error instanceof ApiError && answer.error.offline && list) && (
              <Failure
                error={answer.error}
                what="This list couldn’t load"
                onRetry={() => void client.refetchQueries({ queryKey: ['recommendations'] })}
              />
            )}
            {pathFrom && (
              <Suspense fallback={<Loading shape="list-skeleton" />}>
                <PathPanel key={pathFrom.uri} from={pathFrom} onClose={() => setPathFrom(null)} />
              </Suspense>
            )}
            {!list && !answer.error && <ListSkeleton />}
            {list && list.tracks.length > 0 && (
              <Suspense fallback={<ListSkeleton />}>
                <Results
                  list={list}
                  query={query}
                  session={session}
                  seedFeatures={seedFeatures}
                  stale={answer.stale}
                  modelTitle={modelTitle}
                  onPath={setPathFrom}
                  dialsButton={dialsButton}
                />
              </Suspense>
            )}
            {list && list.tracks.length === 0 && (
              <Notice
                title="No songs match"
                action={
                  list.relax?.[0] && (
                    <button
                      type="button"
                      className="button primary"
                      onClick={() => {
                        const dial = list.relax![0]!.filter;
                        session.change((q) => relax(q, dial), `Relaxed ${DIAL_NAMES[dial]}`);
                      }}
                    >
                      Relax {DIAL_NAMES[list.relax[0].filter]}: {count(list.relax[0].tracks, 'song')}
                    </button>
                  )
                }
              >
                {changed > 0
                  ? 'No songs match these dials. Relax one of them.'
                  : 'This model found nothing like these songs. Try another model, or add a song.'}
              </Notice>
            )}
          </div>
          {wide && (
            <aside className="discover-dials" aria-label="Dials">
              {dials}
            </aside>
          )}
        </div>
      )}
      {asking && !wide && dialsOpen && (
        <Sheet
          title="Dials"
          onClose={() => setDialsOpen(false)}
          foot={
            <button type="button" className="button primary" onClick={() => setDialsOpen(false)}>
              {list ? `Show ${count(list.tracks.length, 'song')}` : 'Show the list'}
            </button>
          }
        >
          {dials}
        </Sheet>
      )}
      {intake.state.phase === 'review' && (
        <Suspense>
          <Review
            sure={intake.state.sure}
            unsure={intake.state.unsure}
            onClose={intake.stop}
            onDone={(seeds) => {
              intake.stop();
              addAll(seeds, `Added ${count(seeds.length, 'song')}`);
            }}
          />
        </Suspense>
      )}
      {dropping && <div className="drop-veil">Drop a list of songs (CSV, text, M3U or JSON)</div>}
    </div>
  );
}

/** A family of fades: many songs fading out, one fading in. */
function HeroArt(): ReactNode {
  return (
    <svg className="hero-art" viewBox="0 0 720 300" preserveAspectRatio="none" aria-hidden="true">
      {Array.from({ length: 13 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drawing.
        <path key={i} d={`M0 ${20 + i * 9}C260 ${20 + i * 9} 420 ${280 - i * 7} 720 ${280 - i * 7}`} />
      ))}
      {Array.from({ length: 3 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drawing.
        <path key={i} className="in" d={`M0 ${270 - i * 9}C260 ${270 - i * 9} 420 ${30 + i * 14} 720 ${30 + i * 14}`} />
      ))}
    </svg>
  );
}

function IntakeLine(props: { state: ReturnType<typeof useIntake>['state']; onStop: () => void }): ReactNode {
  const { state } = props;
  if (state.phase !== 'working' && state.phase !== 'refused') return <div role="status" />;
  return (
    <div
      className={state.phase === 'refused' ? 'intake refused' : 'intake'}
      role={state.phase === 'refused' ? 'alert' : 'status'}
    >
      {state.phase === 'working' ? (
        <>
          <span>{state.what}</span>
          <progress value={state.fraction} aria-label={state.what} />
        </>
      ) : (
        <span>{state.message}</span>
      )}
      <button type="button" className="button quiet" onClick={props.onStop}>
        {state.phase === 'working' ? 'Stop' : 'Dismiss'}
      </button>
    </div>
  );
}

/** The server's remarks on the answer: unknown songs, a fallback, a short list. */
function Remarks(props: { list: RecommendResponse; offline: boolean }): ReactNode {
  const { list } = props;
  const lines = [
    ...(props.offline ? ['Segue can’t be reached, so this is the last list you saw here.'] : []),
    ...(list.fallback
      ? [list.fallbackReason ?? 'None of this is in the library, so here’s what’s popular instead.']
      : []),
    ...(list.notes ?? []),
  ];
  if (list.unknown.length > 0)
    lines.push(
      `${count(list.unknown.length, 'song isn’t', 'songs aren’t')} in this library, so the list leaves them out.`,
    );
  if (lines.length === 0) return null;
  return (
    <div role="status">
      <ul className="remarks">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

/** While the first models are being trained, a better one may be ready than the one that made the list. */
function BetterModel(props: { list: RecommendResponse; models: readonly Model[] }): ReactNode {
  const { list } = props;
  const client = useQueryClient();
  const best = props.models.find((m) => m.isDefault && m.trained);
  const [then, setThen] = useState({ list, best: best?.id });
  if (then.list !== list) setThen({ list, best: best?.id });
  if (!best || best.id === then.best || best.id === list.model) return null;
  return (
    <div role="status" className="remark">
      <span>A better model is ready: {best.title}.</span>
      <button
        type="button"
        className="button"
        onClick={() => void client.invalidateQueries({ queryKey: ['recommendations'] })}
      >
        Update the list
      </button>
    </div>
  );
}

function ListSkeleton(): ReactNode {
  return (
    <Loading shape="rows-skeleton">
      {Array.from({ length: 9 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike.
        <div key={i} className="skeleton" />
      ))}
    </Loading>
  );
}
