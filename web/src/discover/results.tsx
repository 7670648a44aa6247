import { ListOrdered } from 'lucide-react';
import {
  type KeyboardEvent,
  lazy,
  memo,
  type ReactNode,
  Suspense,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { RecommendedTrack, RecommendResponse } from '../api/types.ts';
import { spotifyPage } from '../export/formats.ts';
import { usePlayer } from '../player/player.tsx';
import { arrange, isArranged, pin, removeFromList, unpin } from '../state/arrange.ts';
import { addSeeds, ban, type Order, type Placed, type Query } from '../state/query.ts';
import { toRequest } from '../state/request.ts';
import type { Session } from '../state/session.ts';
import { meanHeights } from '../ui/fingerprint-path.ts';
import { Loading } from '../ui/loading.tsx';
import { clean, count, longDuration, took } from '../ui/text.ts';
import { useAskAgain, useSlow } from '../ui/use-slow.ts';
import { Curve } from './curve.tsx';
import { ExportMenu } from './export-menu.tsx';
import { seedOf } from './intake.ts';
import { Row, type RowAction } from './row.tsx';

const EditList = lazy(() => import('./edit-list.tsx'));

/** Rows rendered immediately; the rest follows when the browser is idle. */
const FIRST_ROWS = 14;

const ORDERS: readonly [Order, string, string][] = [
  ['score', 'Best first', 'Strongest matches first'],
  ['smooth', 'Smooth', 'Each song sounds like the one before'],
  ['arc', 'Arc', 'Builds to a peak, then winds down'],
];

/** Songs without a section come last. */
const OTHER = { label: 'More', share: 0 };
const sectionOf = (track: RecommendedTrack, sections: number): number =>
  track.section !== undefined && track.section < sections ? track.section : sections;

/** Ordered by section, and by score within each. */
const bySection = (tracks: readonly RecommendedTrack[]): RecommendedTrack[] =>
  [...tracks].sort((a, b) => (a.section ?? Number.MAX_SAFE_INTEGER) - (b.section ?? Number.MAX_SAFE_INTEGER));

/** A stand-in for a placed song that is missing from the present answer. */
const lacking = (placed: Placed): RecommendedTrack => ({
  uri: placed.uri,
  name: placed.name,
  artists: placed.artists,
  score: 0,
  because: ['You pinned it here'],
});
/** Actions that remove the row; the focus then moves to the row in its place. */
const TAKES_AWAY: ReadonlySet<RowAction> = new Set(['more', 'not', 'artist', 'remove']);

const ROW_KEYS: Record<string, RowAction> = {
  p: 'play',
  enter: 'play',
  m: 'more',
  x: 'not',
  a: 'artist',
  e: 'evidence',
};

export default function Results(props: {
  list: RecommendResponse;
  query: Query;
  session: Session;
  /** Features of the seeds, where known, for the outline over each fingerprint. */
  seedFeatures: readonly RecommendedTrack['features'][];
  /** The list answers an earlier query while the next is in progress. */
  stale: boolean;
  modelTitle: string;
  /** Opens the path that starts at a song; it stays open while the list behind it changes. */
  onPath: (from: RecommendedTrack) => void;
  /** Placed before the other tools in narrow windows. */
  dialsButton: ReactNode;
}): ReactNode {
  const { list, session, query, onPath } = props;
  // Sections are contiguous only while the list is ordered by score; an order for listening mixes them.
  const sections =
    query.order === 'score' && !isArranged(query) && list.sections && list.sections.length > 0
      ? list.sections
      : undefined;
  const { placed, removed } = query;
  const tracks = useMemo(
    () => arrange(sections ? bySection(list.tracks) : list.tracks, { placed, removed }, lacking),
    [list, sections, placed, removed],
  );
  const pinned = useMemo(() => new Set(placed.map((entry) => entry.uri)), [placed]);
  const slow = useSlow(props.stale);
  const askAgain = useAskAgain();
  const [editing, setEditing] = useState(false);
  const { play, current: playing } = usePlayer();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [current, setCurrent] = useState<string | null>(null);
  const root = useRef<HTMLElement>(null);
  const rest = useDeferredValue(tracks, []);
  const drawn = rest === tracks ? tracks : tracks.slice(0, FIRST_ROWS);
  const outline = useMemo(() => meanHeights(props.seedFeatures), [props.seedFeatures]);
  const total = tracks.reduce((sum, t) => sum + (t.durationMs ?? 0), 0);
  const title = query.title.trim() || query.seeds[0]?.name || 'Segue';

  /** Index of the row to focus when the focused one disappears. */
  const pending = useRef<number | null>(null);
  const onAction = useCallback(
    (action: RowAction, track: RecommendedTrack) => {
      if (TAKES_AWAY.has(action)) pending.current = tracks.findIndex((t) => t.uri === track.uri);
      const name = clean(track.name, 60);
      const artist = clean(track.artists[0] ?? '', 60);
      if (action === 'play') play(track, tracks);
      else if (action === 'more') session.change((q) => addSeeds(q, [seedOf(track)]), `Added “${name}”`);
      else if (action === 'not') session.change((q) => ban(q, { id: track.uri, label: name }), `Not “${name}”`);
      else if (action === 'artist')
        session.change(
          (q) => ban(q, { id: track.artistUris?.[0] ?? `artist:${track.artists[0]}`, label: artist }),
          `Never ${artist}`,
        );
      else if (action === 'remove')
        session.change((q) => removeFromList(q, track.uri), `Removed “${name}” from this list`);
      else if (action === 'pin')
        session.change(
          (q) => (pinned.has(track.uri) ? unpin(q, track.uri) : pin(q, tracks, track.uri)),
          `${pinned.has(track.uri) ? 'Unpinned' : 'Pinned'} “${name}”`,
        );
      else if (action === 'spotify') window.open(spotifyPage(track.uri) ?? '', '_blank', 'noopener,noreferrer');
      else if (action === 'copy') void navigator.clipboard?.writeText(track.uri);
      else if (action === 'path') onPath(track);
      else if (action === 'map') session.show('map');
      else
        setOpen((before) => {
          const next = new Set(before);
          if (!next.delete(track.uri)) next.add(track.uri);
          return next;
        });
    },
    [play, pinned, session, tracks, onPath],
  );

  const focusRow = useCallback((index: number): void => {
    const rows = root.current?.querySelectorAll<HTMLElement>('.row');
    const row = rows?.[Math.min(rows.length - 1, Math.max(0, index))];
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows every change of the rows.
  useEffect(() => {
    if (pending.current === null || document.activeElement !== document.body) return;
    focusRow(pending.current);
    pending.current = null;
  }, [drawn, focusRow]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (editing && event.key === 'Escape' && !event.defaultPrevented) {
      setEditing(false);
      return;
    }
    const uri = target.closest<HTMLElement>('.row')?.dataset.uri;
    const index = tracks.findIndex((t) => t.uri === uri);
    if (index < 0) return;
    const key = event.key.toLowerCase();
    const move = { arrowdown: 1, j: 1, arrowup: -1, k: -1 }[key];
    const action = ROW_KEYS[key];
    if (key === 'escape') {
      if (open.has(tracks[index]!.uri)) onAction('evidence', tracks[index]!);
      else if (target.tagName === 'LI') target.blur();
      if (target.tagName !== 'LI') focusRow(index);
    } else if (move) focusRow(index + move);
    else if (action && !(key === 'enter' && target.tagName !== 'LI')) {
      onAction(action, tracks[index]!);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const currentUri = current !== null && tracks.some((t) => t.uri === current) ? current : tracks[0]?.uri;
  return (
    <section
      ref={root}
      className={props.stale ? 'results stale' : 'results'}
      aria-label="Recommended songs"
      aria-busy={props.stale}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const uri = (event.target as HTMLElement).closest<HTMLElement>('.row')?.dataset.uri;
        if (uri) setCurrent(uri);
      }}
    >
      <div className="results-head">
        {props.dialsButton}
        <p className="results-facts" role="status">
          <strong>{count(tracks.length, 'song')}</strong>
          {total > 0 && (
            <span>{tracks.every((t) => t.durationMs) ? longDuration(total) : `over ${longDuration(total)}`}</span>
          )}
          <span>{props.modelTitle}</span>
          <span>{slow === 'no' ? took(list.tookMs) : 'Still updating…'}</span>
        </p>
        {slow === 'stuck' && (
          <button type="button" className="button" onClick={askAgain}>
            Try again
          </button>
        )}
        <fieldset className="segments">
          <legend className="visually-hidden">Order for listening</legend>
          {ORDERS.map(([order, label, hint]) => (
            <label key={order} title={hint}>
              <input
                type="radio"
                name="order"
                checked={query.order === order}
                onChange={() => session.change((q) => ({ ...q, order }), `Order: ${label}`)}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <button type="button" className="button" aria-pressed={editing} onClick={() => setEditing(!editing)}>
          <ListOrdered size={16} aria-hidden /> {editing ? 'Done' : 'Arrange'}
        </button>
        <ExportMenu
          tracks={tracks}
          title={title}
          seeds={query.seeds}
          recipe={{ request: toRequest(query), model: list.model }}
        />
      </div>
      <Curve tracks={tracks} sectioned={sections !== undefined} onPick={focusRow} plain={query.order === 'score'} />
      {removed.length > 0 && (
        <p className="arranged muted">
          {count(removed.length, 'song')} removed from this list.{' '}
          <button
            type="button"
            className="button quiet"
            onClick={() => session.change((q) => ({ ...q, removed: [] }), 'Put the removed songs back')}
          >
            Put back
          </button>
        </p>
      )}
      {editing ? (
        <Suspense fallback={<Loading shape="list-skeleton" />}>
          <EditList tracks={tracks} query={query} session={session} />
        </Suspense>
      ) : sections ? (
        [...sections, OTHER].map((section, s) => {
          const rows = drawn
            .map((track, i) => [track, i] as const)
            .filter(([track]) => sectionOf(track, sections.length) === s);
          if (rows.length === 0) return null;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a section is its place; labels may repeat.
            <section key={s} className="cluster" aria-label={section.label}>
              <h3>
                {section.label}
                {section !== OTHER && <span className="muted"> {Math.round(section.share * 100)}%</span>}
              </h3>
              <div className="cluster-share">
                <Share value={section.share} />
              </div>
              <Rows
                rows={rows}
                outline={outline}
                current={currentUri}
                open={open}
                pinned={pinned}
                playing={playing?.uri}
                onAction={onAction}
              />
            </section>
          );
        })
      ) : (
        <Rows
          rows={drawn.map((track, i) => [track, i] as const)}
          outline={outline}
          current={currentUri}
          open={open}
          pinned={pinned}
          playing={playing?.uri}
          onAction={onAction}
        />
      )}
    </section>
  );
}

function Share(props: { value: number }): ReactNode {
  return (
    <svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
      <rect width="100" height="2" className="share-all" />
      <rect width={props.value * 100} height="2" className="share-part" />
    </svg>
  );
}

const Rows = memo(function Rows(props: {
  rows: readonly (readonly [RecommendedTrack, number])[];
  outline: readonly number[] | null;
  current: string | undefined;
  open: ReadonlySet<string>;
  pinned: ReadonlySet<string>;
  playing: string | undefined;
  onAction: (action: RowAction, track: RecommendedTrack) => void;
}): ReactNode {
  return (
    <ol className="rows">
      {props.rows.map(([track, i]) => (
        <Row
          key={track.uri}
          track={track}
          position={i + 1}
          outline={props.outline}
          current={track.uri === props.current}
          open={props.open.has(track.uri)}
          pinned={props.pinned.has(track.uri)}
          playing={track.uri === props.playing}
          onAction={props.onAction}
        />
      ))}
    </ol>
  );
});
