import './theme/tokens.css';
import './theme/base.css';
import './theme/controls.css';
import './theme/shell.css';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './shell/app.tsx';
import { keepOffline } from './shell/offline.ts';
import { ServerStatus } from './shell/server-status.ts';
import { browserEnvironment, SessionContext } from './shell/session-context.ts';
import { applyTheme, readTheme } from './shell/theme.ts';
import { readPlace } from './state/location.ts';
import { Session } from './state/session.ts';

applyTheme(readTheme());
// Load the view that most visits start with in parallel with the rest.
if (readPlace(window.location.hash).view === 'discover') void import('./discover/discover.tsx');

const status = new ServerStatus();
const client = new QueryClient({
  queryCache: new QueryCache({ onError: (error) => status.failed(error) }),
  defaultOptions: {
    // The server is usually this machine, so neither the browser's "online" state nor window focus says anything about it.
    queries: {
      networkMode: 'always',
      // Requests that a busy server refuses are repeated by the client; every other failure is shown at once.
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      staleTime: 60_000,
    },
    mutations: { networkMode: 'always' },
  },
});
status.attach(client);

keepOffline();
const session = new Session(browserEnvironment());
window.addEventListener('popstate', () => void session.moved());
window.addEventListener('hashchange', () => void session.moved());
await session.start();

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <SessionContext value={session}>
        <App status={status} />
      </SessionContext>
    </QueryClientProvider>
  </StrictMode>,
);
