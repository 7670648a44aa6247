import { people } from '../api/listeners.ts';
import type { ListStore } from './list-store.ts';

/** Lists on the first page; the Library view has all of them. */
const SHOWN = 12;

/** Keeps lists in the store of a listener, with what each was made from. */
export function listenerLists(listener: string): ListStore {
  return {
    all: async () => {
      const { items, next } = await people.lists(listener, { limit: SHOWN });
      return {
        lists: items.map(({ id, name, updatedAt, length }) => ({ id, title: name, savedAt: updatedAt, length })),
        more: next !== null,
      };
    },
    songs: async (id) => {
      const { latest } = await people.list(listener, id);
      return latest.songs.map(({ song, title, artists }) => ({ uri: song, name: title, artists }));
    },
    save: async ({ title, songs, recipe }) => {
      await people.saveList(listener, {
        name: title,
        songs: songs.map(({ uri, name, artists }) => ({ song: uri, title: name, artists })),
        recipe: recipe && { request: { ...recipe.request }, model: recipe.model, modelVersion: null },
      });
    },
    remove: async (id) => {
      await people.removeList(listener, id);
      return async () => {
        await people.restoreList(listener, id);
      };
    },
  };
}
