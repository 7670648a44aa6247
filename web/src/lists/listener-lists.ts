import { people } from '../api/listeners.ts';
import type { ListStore } from './list-store.ts';

/** Most lists on the first page; the Library view shows all. */
const SHOWN = 12;

/** Stores lists with a listener, including what each was made from and its earlier versions. */
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
      const body = {
        name: title,
        songs: songs.map(({ uri, name, artists }) => ({ song: uri, title: name, artists })),
        recipe: recipe && { request: { ...recipe.request }, model: recipe.model, modelVersion: null },
      };
      // A list made again under the same title becomes a new version of the previous one.
      const known = recipe && (await people.lists(listener, { q: title.slice(0, 200) })).items;
      const same = known?.find(({ name, source }) => name === title && source === 'segue');
      await (same ? people.saveVersion(listener, same.id, body) : people.saveList(listener, body));
    },
    remove: async (id) => {
      await people.removeList(listener, id);
      return async () => {
        await people.restoreList(listener, id);
      };
    },
  };
}
