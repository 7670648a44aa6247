import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useListener } from '../people/use-listener.ts';
import { browserLists } from './browser-lists.ts';
import type { ListStore, NewList, SavedList } from './list-store.ts';
import { listenerLists } from './listener-lists.ts';

const BROWSER = 'browser';
const browser = browserLists(window.localStorage);
const NONE: SavedList[] = [];

/** The present listener's saved lists: those on the server, or this browser's while there is no listener. */
export function useLists() {
  const client = useQueryClient();
  const { listener } = useListener();
  const place = listener === undefined ? undefined : (listener?.id ?? BROWSER);
  const store = useMemo<ListStore | undefined>(() => {
    if (place === undefined) return undefined;
    return place === BROWSER ? browser : listenerLists(place);
  }, [place]);
  const answer = useQuery({ queryKey: ['lists', place], queryFn: () => store!.all(), enabled: store !== undefined });
  const left = useQuery({
    queryKey: ['lists', BROWSER],
    queryFn: () => browser.all(),
    enabled: place !== undefined && place !== BROWSER,
  });
  return useMemo(() => {
    const changed = async (): Promise<void> => {
      await client.invalidateQueries({ queryKey: ['lists'] });
      await client.invalidateQueries({ queryKey: ['mine', place] });
      await client.invalidateQueries({ queryKey: ['listener', place] });
    };
    const need = (): ListStore => {
      if (!store) throw new Error('Can’t reach Segue, so the list isn’t saved yet. Try again in a moment.');
      return store;
    };
    return {
      lists: answer.data?.lists ?? NONE,
      more: answer.data?.more ?? false,
      /** The listener who owns these lists; null when they are stored in this browser. */
      owner: listener ?? null,
      /** Number of lists saved in this browser before there was a listener. */
      left: place === BROWSER ? 0 : (left.data?.lists.length ?? 0),
      /** Moves those lists to the listener's store; each is removed from the browser once it has been stored. */
      moveLeft: async (): Promise<void> => {
        const { lists } = await browser.all();
        for (const { id, title } of lists.toReversed()) {
          await need().save({ title, songs: await browser.songs(id), recipe: null });
          await browser.remove(id);
        }
        await changed();
      },
      songs: (id: string) => need().songs(id),
      save: async (list: NewList): Promise<void> => {
        await need().save(list);
        await changed();
      },
      /** @returns a function that restores the list */
      remove: async (id: string): Promise<() => Promise<void>> => {
        const restore = await need().remove(id);
        await changed();
        return async () => {
          await restore();
          await changed();
        };
      },
    };
  }, [answer.data, left.data, client, listener, place, store]);
}
