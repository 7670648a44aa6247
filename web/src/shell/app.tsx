import {
  Compass,
  Database,
  FlaskConical,
  House,
  Keyboard,
  LibraryBig,
  Map as MapIcon,
  PlugZap,
  Radio,
  Redo2,
  Settings2,
  Undo2,
} from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { PlayerProvider } from '../player/player.tsx';
import type { View } from '../state/location.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Loading } from '../ui/loading.tsx';
import { watchDrops } from './dropped-files.ts';
import { keepFocus } from './keep-focus.ts';
import type { ServerStatus } from './server-status.ts';
import { useSession, useSnapshot } from './session-context.ts';
import { useShortcuts } from './shortcuts.ts';
import { nextTheme, readTheme, storeTheme, type Theme } from './theme.ts';
import { Toast } from './toast.tsx';
import { ViewBoundary } from './view-boundary.tsx';

/** A view without an icon is not in the navigation; the settings link to it. */
const VIEWS: readonly { id: View; label: string; icon?: typeof Compass; content: ReturnType<typeof lazy> }[] = [
  { id: 'discover', label: 'Discover', icon: Compass, content: lazy(() => import('../discover/discover.tsx')) },
  { id: 'map', label: 'Map', icon: MapIcon, content: lazy(() => import('../map/map-view.tsx')) },
  { id: 'data', label: 'Data', icon: Database, content: lazy(() => import('../data/data-view.tsx')) },
  { id: 'lab', label: 'Lab', icon: FlaskConical, content: lazy(() => import('../lab/lab-view.tsx')) },
  { id: 'home', label: 'For you', icon: House, content: lazy(() => import('../home/home.tsx')) },
  { id: 'mine', label: 'My music', icon: LibraryBig, content: lazy(() => import('../mine/mine.tsx')) },
  {
    id: 'connections',
    label: 'Connections',
    icon: PlugZap,
    content: lazy(() => import('../connections/connections.tsx')),
  },
  { id: 'live', label: 'Live', icon: Radio, content: lazy(() => import('../live/live.tsx')) },
  { id: 'operate', label: 'Operations', content: lazy(() => import('../operate/operate.tsx')) },
];

const AccountLink = lazy(() => import('./account-link.tsx'));
const Settings = lazy(() => import('./settings.tsx'));
const Shortcuts = lazy(() => import('./shortcut-sheet.tsx'));

function Wordmark(): ReactNode {
  return (
    <>
      <svg viewBox="0 0 34 20" aria-hidden="true">
        <path className="crossfade-out" d="M2 3c12 0 18 14 30 14" />
        <path className="crossfade-in" d="M2 17c12 0 18-14 30-14" />
      </svg>
      segue
    </>
  );
}

function Banner(props: { status: ServerStatus }): ReactNode {
  const down = useSyncExternalStore(props.status.subscribe, props.status.isDown);
  if (!down) return null;
  return (
    <div className="banner" role="alert">
      <span>Can’t reach Segue. Your list is safe; reconnecting.</span>
      <button type="button" className="button" onClick={() => void props.status.check()}>
        Try now
      </button>
    </div>
  );
}

export function App(props: { status: ServerStatus }): ReactNode {
  const session = useSession();
  const { view, history, damaged } = useSnapshot();
  const [settings, setSettings] = useState(false);
  const [theme, setTheme] = useState(readTheme);
  const [help, setHelp] = useState(false);
  const chooseTheme = (next: Theme): void => {
    storeTheme(next);
    setTheme(next);
  };
  useShortcuts(session, { help: () => setHelp((open) => !open), theme: () => chooseTheme(nextTheme(theme)) });

  useEffect(() => {
    document.title = `${VIEWS.find((v) => v.id === view)!.label} · Segue`;
    window.scrollTo(0, 0);
  }, [view]);
  useEffect(keepFocus, []);
  useEffect(() => watchDrops(() => session.show('data')), [session]);
  useEffect(() => {
    const follow = (event: StorageEvent): void => {
      if (event.key !== 'segue:theme') return;
      setTheme(readTheme());
      storeTheme(readTheme());
    };
    window.addEventListener('storage', follow);
    return () => window.removeEventListener('storage', follow);
  }, []);

  const Content = VIEWS.find((v) => v.id === view)!.content;
  const undoLabel = history.past.length > 0 ? `Undo: ${history.present.label}` : 'Nothing to undo';
  const redoLabel = history.future.length > 0 ? `Redo: ${history.future[0]!.label}` : 'Nothing to redo';
  return (
    <PlayerProvider>
      <div className="shell">
        <button type="button" className="skip-link" onClick={() => document.getElementById('main')?.focus()}>
          Skip to content
        </button>
        <div>
          <header className="header">
            <button
              type="button"
              className="wordmark"
              aria-label="Segue: Discover"
              onClick={() => session.show('discover')}
            >
              <Wordmark />
            </button>
            <nav className="nav" aria-label="Views">
              {VIEWS.map(
                ({ id, label, icon: Icon }) =>
                  Icon && (
                    <button
                      key={id}
                      type="button"
                      className={id === 'connections' || id === 'live' ? 'wide-only' : undefined}
                      aria-current={id === view ? 'page' : undefined}
                      onClick={() => session.show(id)}
                    >
                      <Icon size={19} aria-hidden />
                      {label}
                    </button>
                  ),
              )}
            </nav>
            <div className="header-tools">
              <IconButton
                icon={Undo2}
                label={undoLabel}
                disabled={history.past.length === 0}
                onClick={() => session.undo()}
              />
              <IconButton
                icon={Redo2}
                label={redoLabel}
                disabled={history.future.length === 0}
                onClick={() => session.redo()}
              />
              <span className="keyboard-help">
                <IconButton icon={Keyboard} label="Keyboard shortcuts" onClick={() => setHelp(true)} />
              </span>
              <Suspense>
                <AccountLink />
              </Suspense>
              <IconButton icon={Settings2} label="Settings" onClick={() => setSettings(true)} />
            </div>
          </header>
          <Banner status={props.status} />
          {damaged && (
            <div className="banner" role="alert">
              <span>Part of this link is missing. Ask for it again, or start fresh here.</span>
              <button type="button" className="button" onClick={() => session.dismissDamage()}>
                OK
              </button>
            </div>
          )}
        </div>
        <main id="main" tabIndex={-1} className={view === 'map' ? 'page wide' : 'page'}>
          <ViewBoundary key={view} status={props.status}>
            <Suspense fallback={<Loading shape="page-skeleton" />}>
              <Content />
            </Suspense>
          </ViewBoundary>
        </main>
        <Toast />
        <Suspense>
          {settings && (
            <Settings
              theme={theme}
              onTheme={chooseTheme}
              onClose={() => setSettings(false)}
              onView={(next) => session.show(next)}
            />
          )}
          {help && <Shortcuts onClose={() => setHelp(false)} />}
        </Suspense>
      </div>
    </PlayerProvider>
  );
}
