import './map.css';
import { useQuery } from '@tanstack/react-query';
import { Lasso, Maximize, Minus, Move, Plus } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError, api } from '../api/client.ts';
import type { MapHeader } from '../api/types.ts';
import { useRecommendations } from '../discover/use-recommendations.ts';
import { useSession, useSnapshot } from '../shell/session-context.ts';
import { isDark, onThemeChange } from '../shell/theme.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Failure, Notice } from '../ui/notice.tsx';
import { count } from '../ui/text.ts';
import { boundsOf } from './camera.ts';
import { type ColourBy, colourNumbers, domainOf, palette } from './colours.ts';
import { buildGrid } from './grid.ts';
import { HoverCard } from './hover-card.tsx';
import { Legend } from './legend.tsx';
import { MapCanvas, type MapHandle } from './map-canvas.tsx';
import { type Points, readPoints } from './points.ts';
import { PLAYLIST, type Region, Selection } from './selection.tsx';

const COLOURS: readonly [ColourBy, string][] = [
  ['cluster', 'Cluster'],
  ['genre', 'Genre'],
  ['year', 'Year'],
  ['energy', 'Energy'],
];
/** Groups in the list. */
const LISTED = 100;
/** Palette entries that the lit songs use: they lie outside of clusters and scales. */
const SEED = 253;
const RESULT = 252;

function useDark(): boolean {
  const [dark, setDark] = useState(isDark);
  useEffect(() => onThemeChange(() => setDark(isDark())), []);
  return dark;
}

function useLitNumbers(): { seeds: number[]; results: number[] } {
  const { query } = useSnapshot();
  const uris = query.seeds.slice(0, 200).map((s) => s.uri);
  const seeds = useQuery({
    queryKey: ['seeds', uris],
    queryFn: ({ signal }) => api.resolve(uris.join('\n'), signal),
    enabled: uris.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const results = useRecommendations(query).list;
  return useMemo(
    () => ({
      seeds: seeds.data?.lines.flatMap((l) => (l.track ? [l.track.number] : [])) ?? [],
      results: results?.tracks.flatMap((t) => (t.number === undefined ? [] : [t.number])) ?? [],
    }),
    [seeds.data, results],
  );
}

export default function MapView(): ReactNode {
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
  const made = useMemo(() => {
    if (!header.data || !buffer.data) return null;
    try {
      return readPoints(header.data, buffer.data);
    } catch (error) {
      return error as Error;
    }
  }, [header.data, buffer.data]);

  const error = header.error ?? buffer.error ?? (made instanceof Error ? made : null);
  if (error) {
    const missing = error instanceof ApiError && !error.offline;
    return (
      <>
        <h1 className="visually-hidden">Taste map</h1>
        <Failure
          error={error}
          what={missing ? 'There is no map yet' : 'The map could not be loaded'}
          onRetry={() => void (header.isError ? header : buffer).refetch()}
        />
      </>
    );
  }
  if (!header.data || !made || made instanceof Error)
    return (
      <>
        <h1 className="visually-hidden">Taste map</h1>
        <div className="skeleton map-skeleton" role="status" aria-label="The map is being drawn" />
      </>
    );
  return <LoadedMap header={header.data} points={made} />;
}

function LoadedMap(props: { header: MapHeader; points: Points }): ReactNode {
  const { header, points } = props;
  const session = useSession();
  const dark = useDark();
  const handle = useRef<MapHandle>(null);
  const [by, setBy] = useState<ColourBy>(header.clusters.length > 0 ? 'cluster' : 'genre');
  const [lasso, setLasso] = useState(false);
  const [hover, setHover] = useState<{ point: number; px: number; py: number } | null>(null);
  const [region, setRegion] = useState<Region | null>(null);
  const [unable, setUnable] = useState<string | null>(null);
  const bounds = useMemo(() => boundsOf(points.x, points.y), [points]);
  const grid = useMemo(() => (bounds ? buildGrid(points.x, points.y, bounds) : null), [points, bounds]);
  const { seeds, results } = useLitNumbers();

  const domain = useMemo(() => domainOf(by, points), [by, points]);
  const colours = useMemo(() => {
    const entries = palette(by, dark, by === 'genre' ? header.genres : header.clusters);
    entries.set(dark ? [255, 139, 102, 255] : [184, 50, 15, 255], SEED * 4);
    entries.set(dark ? [236, 238, 234, 255] : [20, 25, 26, 255], RESULT * 4);
    return { palette: entries, numbers: colourNumbers(by, points, domain) ?? new Uint8Array(points.count).fill(255) };
  }, [by, dark, points, domain, header]);
  const lit = useMemo(() => {
    const lights = [...results.map((i) => [i, RESULT] as const), ...seeds.map((i) => [i, SEED] as const)].filter(
      ([i]) => i < points.count,
    );
    return { points: lights.map(([i]) => i), numbers: Uint8Array.from(lights, ([, n]) => n) };
  }, [seeds, results, points]);

  /** The best known songs of many, so that a region becomes a list that one can hear. */
  const regionOf = useCallback(
    (numbers: number[], title: string): Region => {
      const popularity = points.columns.get('popularity');
      const known = (i: number): number => (popularity && popularity[i] !== 255 ? popularity[i]! : -1);
      const best = popularity ? numbers.slice().sort((a, b) => known(b) - known(a) || a - b) : numbers;
      return { title, total: numbers.length, points: best.slice(0, PLAYLIST) };
    },
    [points],
  );
  const kind = header.clusters.length > 0 ? 'cluster' : 'genre';
  const groups = header.clusters.length > 0 ? header.clusters : header.genres;
  const openGroup = (number: number, label: string): void => {
    const column = points.columns.get(kind);
    const members: number[] = [];
    for (let i = 0; column && i < column.length; i++) if (column[i] === number) members.push(i);
    setRegion(regionOf(members, label));
  };
  const onHover = useCallback(
    (point: number, px: number, py: number) => setHover(point < 0 ? null : { point, px, py }),
    [],
  );

  if (!bounds || !grid)
    return (
      <Notice title="The map is empty">
        No song of this library has a place on it yet. Import songs with audio features, then train.
      </Notice>
    );
  return (
    <div className="map-view">
      <h1 className="visually-hidden">Taste map</h1>
      <div className="map-stage">
        {unable ? (
          <Notice title="The map cannot be drawn here">{unable} The clusters below hold the same songs.</Notice>
        ) : (
          <MapCanvas
            points={points}
            grid={grid}
            bounds={bounds}
            colours={colours}
            lit={lit}
            lasso={lasso}
            handle={handle}
            onHover={onHover}
            onPick={(point) => setRegion({ title: 'One song', total: 1, points: [point] })}
            onSelect={(found) => {
              setRegion(regionOf(found, 'A region of the map'));
              setLasso(false);
            }}
            onUnable={setUnable}
          />
        )}
        <div className="map-panel">
          <fieldset className="segments">
            <legend className="visually-hidden">Colour by</legend>
            {COLOURS.filter(([id]) => points.columns.has(id) && (id !== 'cluster' || header.clusters.length > 0)).map(
              ([id, label]) => (
                <label key={id}>
                  <input type="radio" name="colour" checked={by === id} onChange={() => setBy(id)} />
                  <span>{label}</span>
                </label>
              ),
            )}
          </fieldset>
          <Legend by={by} dark={dark} header={header} domain={domain} />
          {lit.points.length > 0 && (
            <p className="legend-lit muted">
              <span className="lit-seed">your songs</span> <span className="lit-result">your list</span>
            </p>
          )}
        </div>
        <div className="map-tools">
          <IconButton icon={Move} label="Move the map" pressed={!lasso} onClick={() => setLasso(false)} />
          <IconButton
            icon={Lasso}
            label="Lasso: draw a line round songs"
            pressed={lasso}
            onClick={() => setLasso(true)}
          />
          <IconButton icon={Plus} label="Zoom in" onClick={() => handle.current?.zoom(1.6)} />
          <IconButton icon={Minus} label="Zoom out" onClick={() => handle.current?.zoom(1 / 1.6)} />
          <IconButton icon={Maximize} label="Show all" onClick={() => handle.current?.home()} />
        </div>
        {hover && <HoverCard {...hover} />}
        {region && <Selection region={region} session={session} onClose={() => setRegion(null)} />}
      </div>
      <details className="map-list">
        <summary>
          The map as a list: {count(groups.length, kind)} of {points.count.toLocaleString('en')} songs ({header.method})
        </summary>
        <ul className="cluster-list">
          {groups.slice(0, LISTED).map((entry, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a group is its number; labels may repeat.
            <li key={i}>
              <button type="button" className="button" onClick={() => openGroup(i, entry.label)}>
                {entry.label} <span className="muted">{entry.count.toLocaleString('en')}</span>
              </button>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
