import './map.css';
import { useQuery } from '@tanstack/react-query';
import { Lasso, Maximize, Move, ZoomIn, ZoomOut } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError, api } from '../api/client.ts';
import type { MapHeader } from '../api/types.ts';
import { FindBox } from '../discover/find-box.tsx';
import { useRecommendations } from '../discover/use-recommendations.ts';
import { useSession, useSnapshot } from '../shell/session-context.ts';
import { isDark, onThemeChange } from '../shell/theme.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Loading } from '../ui/loading.tsx';
import { Failure, Notice } from '../ui/notice.tsx';
import { clean, count } from '../ui/text.ts';
import { boundsOf } from './camera.ts';
import { type ColourBy, colourNumbers, domainOf, palette } from './colours.ts';
import { buildGrid } from './grid.ts';
import { HoverCard } from './hover-card.tsx';
import { Legend } from './legend.tsx';
import { MapCanvas, type MapHandle } from './map-canvas.tsx';
import { type Points, readPoints } from './points.ts';
import { regionNames, shortNames } from './regions.ts';
import { PLAYLIST, type Region, Selection } from './selection.tsx';

const COLOURS: readonly [ColourBy, string][] = [
  ['cluster', 'Cluster'],
  ['genre', 'Genre'],
  ['year', 'Year'],
  ['energy', 'Energy'],
];
/** Most groups in the list. */
const LISTED = 100;
/** The server's name for a first draft of the map, and the interval of checks for the final one. */
const DRAFT = 'principal components';
const DRAFT_RETRY_MS = 4_000;
/** Duration of the fade from the draft to the final map. */
const BLEND_MS = 700;
/** Cluster of songs about which nothing is known. */
const NO_CLUSTER = 255;
/** Palette entry of songs outside the selected groups. */
const ASIDE = 251;
/** Palette entries of highlighted songs, distinct from those of clusters and scales. */
const SEED = 253;
const RESULT = 252;

const nothing = (): void => {};
/** State for a map that is only fading out. */
const IDLE = {
  handle: { current: null },
  names: [],
  onHover: nothing,
  onPick: nothing,
  onSelect: nothing,
  onUnable: nothing,
};

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
    refetchInterval: (query) => (query.state.data?.method === DRAFT ? DRAFT_RETRY_MS : false),
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
      return { header: header.data, points: placedOnly(readPoints(header.data, buffer.data)) };
    } catch (error) {
      return error as Error;
    }
  }, [header.data, buffer.data]);
  // While the next version loads, the present one stays.
  const [shown, setShown] = useState<{ header: MapHeader; points: Points } | null>(null);
  if (made && !(made instanceof Error) && made !== shown) setShown(made);

  const error = header.error ?? buffer.error ?? (made instanceof Error ? made : null);
  if (error && !shown) {
    const missing = error instanceof ApiError && !error.offline;
    return (
      <>
        <h1 className="visually-hidden">Taste map</h1>
        <Failure
          error={error}
          what={missing ? 'No map yet' : 'The map couldn’t load'}
          onRetry={() => void (header.isError ? header : buffer).refetch()}
        />
      </>
    );
  }
  if (!shown)
    return (
      <>
        <h1 className="visually-hidden">Taste map</h1>
        <Loading shape="map-skeleton" />
      </>
    );
  return <LoadedMap header={shown.header} points={shown.points} />;
}

/** Hides songs about which nothing is known: the server scatters them at random, and the page lists them separately. */
function placedOnly(points: Points): Points {
  const cluster = points.columns.get('cluster');
  if (!cluster?.some((c) => c !== NO_CLUSTER)) return points;
  const without = (of: Float32Array): Float32Array => of.map((v, i) => (cluster[i] === NO_CLUSTER ? Number.NaN : v));
  return { ...points, x: without(points.x), y: without(points.y) };
}

/** The previously shown map while it fades into the present one. */
function useFading<T>(value: T): T | null {
  const [kept, setKept] = useState<{ now: T; before: T | null }>({ now: value, before: null });
  if (kept.now !== value) setKept({ now: value, before: kept.now });
  useEffect(() => {
    if (kept.before === null) return;
    const timer = setTimeout(() => setKept((k) => ({ ...k, before: null })), BLEND_MS);
    return () => clearTimeout(timer);
  }, [kept.before]);
  return kept.before;
}

function LoadedMap(props: { header: MapHeader; points: Points }): ReactNode {
  const { header, points } = props;
  const session = useSession();
  const dark = useDark();
  const handle = useRef<MapHandle>(null);
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const [by, setBy] = useState<ColourBy>(header.clusters.length > 0 ? 'cluster' : 'genre');
  const [lasso, setLasso] = useState(false);
  const [hover, setHover] = useState<{ point: number; px: number; py: number } | null>(null);
  const [region, setRegion] = useState<Region | null>(null);
  const [unable, setUnable] = useState<string | null>(null);
  const bounds = useMemo(() => boundsOf(points.x, points.y), [points]);
  const grid = useMemo(() => (bounds ? buildGrid(points.x, points.y, bounds) : null), [points, bounds]);
  const { seeds, results } = useLitNumbers();
  const kind = header.clusters.length > 0 ? 'cluster' : 'genre';
  const groups = header.clusters.length > 0 ? header.clusters : header.genres;

  const domain = useMemo(() => domainOf(by, points), [by, points]);
  const colours = useMemo(() => {
    const entries = palette(by, dark, by === 'genre' ? header.genres : header.clusters);
    entries.set(dark ? [255, 139, 102, 255] : [184, 50, 15, 255], SEED * 4);
    entries.set(dark ? [236, 238, 234, 255] : [20, 25, 26, 255], RESULT * 4);
    entries.set(dark ? [34, 39, 40, 255] : [224, 228, 224, 255], ASIDE * 4);
    const numbers = colourNumbers(by, points, domain) ?? new Uint8Array(points.count).fill(255);
    if (picked.size > 0) for (let i = 0; i < numbers.length; i++) if (!picked.has(numbers[i]!)) numbers[i] = ASIDE;
    return { palette: entries, numbers };
  }, [by, dark, points, domain, header, picked]);
  const scene = useMemo(() => (grid && bounds ? { points, grid, bounds } : null), [points, grid, bounds]);
  const fading = useFading(scene);
  const lit = useMemo(() => {
    const lights = [...results.map((i) => [i, RESULT] as const), ...seeds.map((i) => [i, SEED] as const)].filter(
      ([i]) => i < points.count,
    );
    return { points: lights.map(([i]) => i), numbers: Uint8Array.from(lights, ([, n]) => n) };
  }, [seeds, results, points]);

  const regions = useMemo(() => {
    const column = points.columns.get(kind);
    const texts = shortNames(groups.map(({ label }) => label));
    const short = groups.map(({ count: songs }, i) => ({ label: clean(texts[i]!, 40), count: songs }));
    return column ? regionNames(short, column, points.x, points.y) : [];
  }, [points, kind, groups]);
  const apart = useMemo(() => {
    const numbers: number[] = [];
    for (let i = 0; i < points.count; i++) if (Number.isNaN(points.x[i]!)) numbers.push(i);
    return numbers;
  }, [points]);

  /** The most popular of many songs, so that a region becomes a playable list. */
  const regionOf = useCallback(
    (numbers: number[], title: string): Region => {
      const popularity = points.columns.get('popularity');
      const known = (i: number): number => (popularity && popularity[i] !== 255 ? popularity[i]! : -1);
      const best = popularity ? numbers.slice().sort((a, b) => known(b) - known(a) || a - b) : numbers;
      return { title, total: numbers.length, points: best.slice(0, PLAYLIST) };
    },
    [points],
  );
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

  const pick = (group: number): void => {
    const next = new Set(picked);
    if (!next.delete(group)) next.add(group);
    setPicked(next);
  };
  const chooseColour = (next: ColourBy): void => {
    setBy(next);
    setPicked(new Set());
  };
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (lasso) setLasso(false);
    else setRegion(null);
  };

  if (!bounds || !grid || !scene)
    return (
      <Notice title="Nothing to map yet">
        No song here has audio features or genres. Import songs with features, then train.
      </Notice>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves whatever is open inside.
    <div className="map-view" onKeyDown={onEscape}>
      <h1 className="visually-hidden">Taste map</h1>
      <div className="map-stage">
        {unable ? (
          <Notice title="The map can’t be drawn here">{unable} The list below holds the same songs.</Notice>
        ) : (
          <>
            {fading && fading !== scene && (
              <div className="map-fading" aria-hidden="true" inert>
                <MapCanvas {...fading} colours={colours} lit={lit} lasso={false} {...IDLE} />
              </div>
            )}
            <MapCanvas
              key={header.version}
              {...scene}
              colours={colours}
              lit={lit}
              names={regions}
              lasso={lasso}
              handle={handle}
              onHover={onHover}
              onPick={(point) => setRegion({ title: 'One song', total: 1, points: [point] })}
              onSelect={(found) => {
                const inside = picked.size > 0 ? found.filter((i) => colours.numbers[i] !== ASIDE) : found;
                setRegion(regionOf(inside, 'Inside your lasso'));
                setLasso(false);
              }}
              onUnable={setUnable}
            />
          </>
        )}
        <div className="map-panel">
          <FindBox
            label="Find a song on the map"
            onFind={(track) => {
              handle.current?.show(track.number);
              setRegion({ title: track.name, total: 1, points: [track.number] });
            }}
          />
          {header.method === DRAFT && (
            <p className="map-draft" role="status">
              First draft. The detailed map is on its way.
            </p>
          )}
          <fieldset className="segments">
            <legend className="visually-hidden">Colour by</legend>
            {COLOURS.filter(([id]) => points.columns.has(id) && (id !== 'cluster' || header.clusters.length > 0)).map(
              ([id, label]) => (
                <label key={id}>
                  <input type="radio" name="colour" checked={by === id} onChange={() => chooseColour(id)} />
                  <span>{label}</span>
                </label>
              ),
            )}
          </fieldset>
          <Legend by={by} dark={dark} header={header} domain={domain} picked={picked} onPick={pick} />
          {lit.points.length > 0 && (
            <p className="legend-lit muted">
              <span className="lit-seed">your songs</span> <span className="lit-result">your list</span>
            </p>
          )}
        </div>
        <div className="map-tools">
          <IconButton icon={Move} label="Move the map" pressed={!lasso} onClick={() => setLasso(false)} />
          <IconButton icon={Lasso} label="Lasso: circle some songs" pressed={lasso} onClick={() => setLasso(true)} />
          <IconButton icon={ZoomIn} label="Zoom in" onClick={() => handle.current?.zoom(1.6)} />
          <IconButton icon={ZoomOut} label="Zoom out" onClick={() => handle.current?.zoom(1 / 1.6)} />
          <IconButton icon={Maximize} label="Show everything" onClick={() => handle.current?.home()} />
        </div>
        {hover && <HoverCard {...hover} />}
        {region && <Selection region={region} session={session} onClose={() => setRegion(null)} />}
      </div>
      <details className="map-list">
        <summary>
          The map as a list: {points.count.toLocaleString('en')} songs in {count(groups.length, kind)}
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
          {apart.length > 0 && (
            <li>
              <button
                type="button"
                className="button"
                onClick={() => setRegion(regionOf(apart, 'Songs without features'))}
              >
                Not on the map: no features known <span className="muted">{apart.length.toLocaleString('en')}</span>
              </button>
            </li>
          )}
        </ul>
      </details>
    </div>
  );
}
