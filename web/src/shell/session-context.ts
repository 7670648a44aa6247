import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Environment, Session, Snapshot } from '../state/session.ts';

/** The real browser, as the session needs it. */
export function browserEnvironment(): Environment {
  return {
    readHash: () => window.location.hash,
    writeHash: (hash, how) => {
      if (how === 'push') window.history.pushState(null, '', hash);
      else window.history.replaceState(null, '', hash);
    },
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
