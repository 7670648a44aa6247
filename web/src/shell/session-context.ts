import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Environment, Mark, Session, Snapshot } from '../state/session.ts';

function markOf(state: unknown): Mark | null {
  const mark = state as Partial<Mark> | null;
  return Number.isInteger(mark?.at) && Number.isInteger(mark?.step) ? (mark as Mark) : null;
}

/** The browser's features as the session needs them. */
export function browserEnvironment(): Environment {
  return {
    readHash: () => window.location.hash,
    writeHash: (hash, how, mark) => {
      if (how === 'push') window.history.pushState(mark, '', hash);
      else window.history.replaceState(mark, '', hash);
    },
    readMark: () => markOf(window.history.state),
    tab: window.sessionStorage,
    browser: window.localStorage,
    now: () => performance.now(),
  };
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('SessionContext is missing');
  return session;
}

export function useSnapshot(): Snapshot {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.read);
}
