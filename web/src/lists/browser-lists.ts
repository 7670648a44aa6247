import type { ListStore, SavedSong } from './list-store.ts';

interface KeptList {
  id: string;
  title: string;
  /** ISO 8601. */
  savedAt: string;
  songs: SavedSong[];
}

const KEY = 'segue:lists';
const MOST_LISTS = 200;
const MOST_SONGS = 1_000;

const isSong = (value: unknown): value is SavedSong => {
  const song = value as Partial<SavedSong> | null;
  return typeof song?.uri === 'string' && typeof song.name === 'string' && Array.isArray(song.artists);
};

const isList = (value: unknown): value is KeptList => {
  const list = value as Partial<KeptList> | null;
  return (
    typeof list?.id === 'string' &&
    typeof list.title === 'string' &&
    typeof list.savedAt === 'string' &&
    Array.isArray(list.songs) &&
    list.songs.every(isSong)
  );
};

/** Stores lists in this browser: at most 200, of 1,000 songs each. Damaged entries are skipped. */
export function browserLists(storage: Pick<Storage, 'getItem' | 'setItem'>): ListStore {
  const read = (): KeptList[] => {
    try {
      const value: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
      return Array.isArray(value) ? value.filter(isList).slice(0, MOST_LISTS) : [];
    } catch {
      return [];
    }
  };
  const write = (lists: readonly KeptList[]): void => {
    try {
      storage.setItem(KEY, JSON.stringify(lists));
    } catch {
      throw new Error('This browser has no room for another list. Delete one, then save again.');
    }
  };
  return {
    all: async () => ({
      lists: read().map(({ id, title, savedAt, songs }) => ({
        ...{ id, title, savedAt: Date.parse(savedAt) || 0, length: songs.length },
      })),
      more: false,
    }),
    songs: async (id) => read().find((list) => list.id === id)?.songs ?? [],
    save: async ({ title, songs }) => {
      const others = read();
      if (others.length >= MOST_LISTS)
        throw new Error(`This browser keeps ${MOST_LISTS} lists. Delete one, then save again.`);
      const kept = songs
        .slice(0, MOST_SONGS)
        .map(({ uri, name, artists }) => ({ uri, name: name.slice(0, 300), artists: artists.slice(0, 20) }));
      write([{ id: crypto.randomUUID(), title, savedAt: new Date().toISOString(), songs: kept }, ...others]);
    },
    remove: async (id) => {
      const before = read();
      const at = before.findIndex((list) => list.id === id);
      write(before.filter((list) => list.id !== id));
      return async () => {
        if (at >= 0) write(read().toSpliced(at, 0, before[at]!));
      };
    },
  };
}
