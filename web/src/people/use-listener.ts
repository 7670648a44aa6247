import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { people } from '../api/listeners.ts';

const KEY = 'segue:listener';
const watchers = new Set<() => void>();

/** Sets who is listening in this browser, and remembers it. */
export function chooseListener(id: string): void {
  try {
    window.localStorage.setItem(KEY, id);
  } catch {
    // The choice is merely not remembered.
  }
  for (const watcher of watchers) watcher();
}

const subscribe = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** The people of the household, and which of them is listening here: null when there is nobody yet, undefined while unknown. */
export function useListener() {
  const chosen = useSyncExternalStore(subscribe, () => window.localStorage.getItem(KEY));
  const all = useQuery({ queryKey: ['listeners'], queryFn: ({ signal }) => people.all(signal) });
  const everybody = all.data?.listeners ?? [];
  const listener = all.data ? (everybody.find(({ id }) => id === chosen) ?? everybody[0] ?? null) : undefined;
  return { listener, everybody, error: all.error, retry: () => void all.refetch() };
}
