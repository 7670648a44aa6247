import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { browserLists, type ListStore, type SavedList } from './list-store.ts';

/** Where lists are kept today. */
const store: ListStore = browserLists(window.localStorage);
const KEY = ['lists'];

export function useLists() {
  const client = useQueryClient();
  const lists = useQuery({ queryKey: KEY, queryFn: () => store.all(), staleTime: Number.POSITIVE_INFINITY });
  const save = useCallback(
    async (list: Omit<SavedList, 'id' | 'savedAt'>) => {
      await store.save({ ...list, id: crypto.randomUUID(), savedAt: new Date().toISOString() });
      await client.invalidateQueries({ queryKey: KEY });
    },
    [client],
  );
  const remove = useCallback(
    async (id: string) => {
      await store.remove(id);
      await client.invalidateQueries({ queryKey: KEY });
    },
    [client],
  );
  return { lists: lists.data ?? [], save, remove };
}
