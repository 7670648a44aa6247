import type { RecommendRequest } from '../api/types.ts';

/** Lists that a person keeps: in the listener's store on the server, or in this browser while there is no listener. */

export interface SavedSong {
  uri: string;
  name: string;
  artists: string[];
}

export interface SavedList {
  id: string;
  title: string;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** Number of songs. */
  length: number;
}

export interface NewList {
  title: string;
  songs: readonly SavedSong[];
  /** What the list was made from, for making it again; null for a list put together by hand. */
  recipe: { request: RecommendRequest; model: string | null } | null;
}

export interface ListStore {
  /** Newest first. */
  all(): Promise<{ lists: SavedList[]; more: boolean }>;
  songs(id: string): Promise<SavedSong[]>;
  /** @throws Error in words when there is no room */
  save(list: NewList): Promise<void>;
  /** @returns what puts the list back */
  remove(id: string): Promise<() => Promise<void>>;
}
