import './data.css';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { api } from '../api/client.ts';
import type { Library } from '../api/types.ts';
import { readPoints } from '../map/points.ts';
import { Figures } from '../ui/figures.tsx';
import { Loading } from '../ui/loading.tsx';
import { Failure } from '../ui/notice.tsx';
import { readExplore } from './explore-data.ts';
import { ImportFiles } from './import-files.tsx';
import { isDemo } from './is-demo.ts';
import { Provenance } from './provenance.tsx';

const Charts = lazy(() => import('./charts.tsx'));
const OwnFiles = lazy(() => import('./own-files.tsx'));
const ExploreCharts = lazy(() => import('./explore-charts.tsx'));

export default function LibraryData(): ReactNode {
  const library = useQuery({ queryKey: ['library'], queryFn: ({ signal }) => api.library(signal) });
  if (library.isError)
    return <Failure error={library.error} what="The library couldn’t load" onRetry={() => void library.refetch()} />;
  return (
    <div className="data-view">
      <header>
        <h1>This library</h1>
        <p className="muted">What’s in it, where it came from, and how it sounds.</p>
      </header>
      {library.data ? <Counts library={library.data} /> : <Loading shape="counts-skeleton" />}
      {library.data && isDemo(library.data) && (
        <p className="remark" role="note">
          These songs are fictional. Bring your own music below.
        </p>
      )}
      <section aria-labelledby="import">
        <h2 id="import">Add music</h2>
        <ImportFiles />
        <Suspense>
          <OwnFiles />
        </Suspense>
      </section>
      <Pictures />
      {library.data && (
        <section aria-labelledby="provenance">
          <h2 id="provenance">Where it came from</h2>
          <Provenance library={library.data} />
        </section>
      )}
    </div>
  );
}

function Counts(props: { library: Library }): ReactNode {
  const { counts, coverage, waiting } = props.library;
  const share = (part: number): string => (counts.tracks > 0 ? `${Math.round(part * 100)}%` : '–');
  const figures: (readonly [string, string])[] = [
    [counts.tracks.toLocaleString('en'), 'songs'],
    [counts.artists.toLocaleString('en'), 'artists'],
    [counts.albums.toLocaleString('en'), 'albums'],
    [counts.genres.toLocaleString('en'), 'genres'],
    [counts.playlists.toLocaleString('en'), 'playlists'],
    [counts.entries.toLocaleString('en'), 'playlist entries'],
    [share(coverage.energy), 'have audio features'],
    [share(coverage.genres), 'have a genre'],
    [share(coverage.year), 'have a release year'],
    ...(counts.persons > 0 ? ([[counts.persons.toLocaleString('en'), 'people']] as const) : []),
    ...(waiting > 0
      ? ([
          [
            waiting.toLocaleString('en'),
            waiting === 1 ? 'requested song not in the library yet' : 'requested songs not in the library yet',
          ],
        ] as const)
      : []),
  ];
  return <Figures figures={figures} />;
}

/** The charts; a library without a map has none yet, which the page explains. */
function Pictures(): ReactNode {
  const header = useQuery({
    queryKey: ['map'],
    queryFn: ({ signal }) => api.map(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const version = header.data?.version;
  const buffer = useQuery({
    queryKey: ['map-points', version],
    queryFn: ({ signal }) => api.mapPoints(signal),
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const explore = useQuery({
    queryKey: ['explore'],
    queryFn: ({ signal }) => api.explore(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const points = useMemo(() => {
    try {
      return header.data && buffer.data ? readPoints(header.data, buffer.data) : null;
    } catch {
      return null;
    }
  }, [header.data, buffer.data]);
  const explored = useMemo(() => readExplore(explore.data), [explore.data]);
  const waiting = explore.isPending || header.isPending || (header.isSuccess && buffer.isPending);
  return (
    <section aria-labelledby="pictures">
      <h2 id="pictures">What it looks like</h2>
      <Suspense fallback={<Loading shape="chart-skeleton" />}>
        {waiting && <Loading shape="chart-skeleton" />}
        {!waiting && !points && <p className="muted">The charts couldn’t load.</p>}
        {header.data && points && <Charts header={header.data} points={points} explored={explored !== null} />}
        {explored && <ExploreCharts data={explored} />}
      </Suspense>
    </section>
  );
}
