import { useSyncExternalStore } from 'react';

/** Which sources the person has allowed to be contacted; stored in this browser, none by default. */

const KEY = 'segue:sources';
const listeners = new Set<() => void>();

function read(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return session;
  }
}
/** Where the browser stores nothing, a choice lasts until the page is reloaded. */
let session = '';

const listed = (text: string): string[] => text.split(' ').filter((id) => id !== '');

export function allow(id: string, allowed: boolean): void {
  const ids = listed(read()).filter((other) => other !== id);
  session = [...ids, ...(allowed ? [id] : [])].join(' ');
  try {
    localStorage.setItem(KEY, session);
  } catch {
    // See `session`.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** The ids of the allowed sources. */
export function useAllowed(): readonly string[] {
  return listed(useSyncExternalStore(subscribe, read));
}
