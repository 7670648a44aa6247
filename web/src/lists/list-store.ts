/** Lists that a person keeps. The page only knows this interface: a server's store takes the browser's place behind it. */

export interface SavedSong {
  uri: string;
  name: string;
  artists: string[];
}

export interface SavedList {
  id: string;
  title: string;
  /** ISO 8601. */
  savedAt: string;
  songs: SavedSong[];
  /** The address that made the list, for going on from it. */
  hash: string;
}

export interface ListStore {
  all(): Promise<SavedList[]>;
  /** A list with the same id is replaced. @throws Error in words when there is no room */
  save(list: SavedList): Promise<void>;
  remove(id: string): Promise<void>;
}

const KEY = 'segue:lists';
const MOST_LISTS = 200;
const MOST_SONGS = 1_000;

const isSong = (value: unknown): value is SavedSong => {
  const song = value as Partial<SavedSong> | null;
  return typeof song?.uri === 'string' && typeof song.name === 'string' && Array.isArray(song.artists);
};

const isList = (value: unknown): value is SavedList => {
  const list = value as Partial<SavedList> | null;
  return (
    typeof list?.id === 'string' &&
    typeof list.title === 'string' &&
    typeof list.savedAt === 'string' &&
    typeof list.hash === 'string' &&
    Array.isArray(list.songs) &&
    list.songs.every(isSong)
  );
};

/** Keeps lists in this browser, newest first. */
export function browserLists(storage: Pick<Storage, 'getItem' | 'setItem'>): ListStore {
  const read = (): SavedList[] => {
    try {
      const value: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
      return Array.isArray(value) ? value.filter(isList).slice(0, MOST_LISTS) : [];
    } catch {
      return [];
    }
  };
  return {
    all: async () => read(),
    save: async (list) => {
      const songs = list.songs
        .slice(0, MOST_SONGS)
        .map(({ uri, name, artists }) => ({ uri, name: name.slice(0, 300), artists: artists.slice(0, 20) }));
      const others = read().filter((other) => other.id !== list.id);
      if (others.length >= MOST_LISTS)
        throw new Error(`This browser keeps ${MOST_LISTS} lists. Delete one, then save again.`);
      try {
        storage.setItem(KEY, JSON.stringify([{ ...list, songs }, ...others]));
      } catch {
        throw new Error('This browser has no room for another list. Delete one, then save again.');
      }
    },
    remove: async (id) => storage.setItem(KEY, JSON.stringify(read().filter((list) => list.id !== id))),
  };
}
