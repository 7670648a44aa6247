import './discover.css';
import './results.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import { type DragEvent, type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { ApiError, api } from '../api/client.ts';
import type { RecommendResponse } from '../api/types.ts';
import { useSession, useSnapshot } from '../shell/session-context.ts';
import { addSeeds, countChanged, isAsking, type Query, type Seed } from '../state/query.ts';
import { Failure, Notice } from '../ui/notice.tsx';
import { count } from '../ui/text.ts';
import { Dials } from './dials.tsx';
import { seedOf, useIntake } from './intake.ts';
import { Omnibox } from './omnibox.tsx';
import { Results } from './results.tsx';
import { Review } from './review.tsx';
import { Seeds } from './seeds.tsx';
import { useModels, useRecommendations } from './use-recommendations.ts';
import { Welcome } from './welcome.tsx';

/** Seeds whose features are asked for, for the outline over the fingerprints. */
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
  const [dialsOpen, setDialsOpen] = useState(false);
  const [dropping, setDropping] = useState(false);
  const addAll = useCallback(
    (seeds: Seed[], label: string) => session.change((q) => addSeeds(q, seeds), label),
    [session],
  );
  const intake = useIntake(addAll);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      if (event.key.toLowerCase() !== 'd' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (
        target.matches('input:not([type=range]):not([type=radio]), select, textarea') ||
        document.querySelector('dialog[open]')
      )
        return;
      setDialsOpen((open) => !open);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    const file = event.dataTransfer.files[0];
    if (file) intake.takeFile(file);
    else intake.takeText(event.dataTransfer.getData('text'));
  };

  const list = asking ? answer.list : undefined;
  const modelTitle = models.data?.models.find((m) => m.id === list?.model)?.title ?? list?.model ?? '';
  const unknown = useMemo(() => new Set(list?.unknown), [list]);
  const changed = countChanged(query);

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
            <p>Give a song, a playlist or a mood. Segue answers with songs, and says why each is there.</p>
          </div>
        )}
        {asking && <h1 className="visually-hidden">Discover</h1>}
        <Omnibox
          large={!asking}
          onTrack={(track) => addAll([seedOf(track)], `Added “${track.name.slice(0, 80)}”`)}
          onTitle={(title) => session.change((q) => ({ ...q, title }), `Title: “${title.slice(0, 80)}”`)}
          onOwner={intake.takeOwner}
          onText={intake.takeText}
          onFile={intake.takeFile}
        />
        <IntakeLine state={intake.state} onStop={intake.stop} />
        {asking && <Seeds query={query} session={session} unknown={unknown} />}
      </div>
      {!asking && <Welcome session={session} />}
      {asking && (
        <div className="discover-columns">
          <div className="discover-list">
            <button
              type="button"
              className="button dials-toggle"
              aria-expanded={dialsOpen}
              aria-controls="dials"
              onClick={() => setDialsOpen(!dialsOpen)}
            >
              <SlidersHorizontal size={16} aria-hidden /> Dials{changed > 0 ? ` (${changed})` : ''}
            </button>
            {list && <Remarks list={list} />}
            {answer.error && !(answer.error instanceof ApiError && answer.error.offline && list) && (
              <Failure
                error={answer.error}
                what="No list this time"
                onRetry={() => void client.refetchQueries({ queryKey: ['recommendations'] })}
              />
            )}
            {!list && !answer.error && <ListSkeleton />}
            {list && list.tracks.length > 0 && (
              <Results
                list={list}
                query={query}
                session={session}
                seedFeatures={seedFeatures}
                stale={answer.stale}
                modelTitle={modelTitle}
              />
            )}
            {list && list.tracks.length === 0 && (
              <Notice title="Nothing fits all of that">
                {changed > 0
                  ? 'Loosen a dial: the filters together leave no song.'
                  : 'This model knows nothing near these songs. Try another model, or add a song.'}
              </Notice>
            )}
          </div>
          <aside id="dials" className={dialsOpen ? 'discover-dials open' : 'discover-dials'} aria-label="Dials">
            <Dials query={query} session={session} models={models.data?.models ?? []} answered={list?.model ?? null} />
          </aside>
        </div>
      )}
      {intake.state.phase === 'review' && (
        <Review
          sure={intake.state.sure}
          unsure={intake.state.unsure}
          onClose={intake.stop}
          onDone={(seeds) => {
            intake.stop();
            addAll(seeds, `Added ${count(seeds.length, 'song')}`);
          }}
        />
      )}
      {dropping && <div className="drop-veil">Drop a list of songs: CSV, text, M3U or JSON</div>}
    </div>
  );
}

/** A family of fades: many songs going out, one coming in. */
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

/** What the server has to say about the answer: songs that it lacks, a fallback, a short list. */
function Remarks(props: { list: RecommendResponse }): ReactNode {
  const { list } = props;
  const lines = [
    ...(list.fallback ? [list.fallbackReason ?? 'Nothing of this is known here, so these are the popular songs.'] : []),
    ...(list.notes ?? []),
  ];
  if (list.unknown.length > 0)
    lines.push(`${count(list.unknown.length, 'song is', 'songs are')} not in this library and did not count.`);
  if (lines.length === 0) return null;
  return (
    <ul className="remarks" role="status">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function ListSkeleton(): ReactNode {
  return (
    <div className="list-skeleton" aria-hidden="true">
      {Array.from({ length: 9 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike.
        <div key={i} className="skeleton" />
      ))}
    </div>
  );
}
