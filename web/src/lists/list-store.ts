import type { RecommendRequest } from '../api/types.ts';

/** A person's saved lists: in the listener's store on the server, or in this browser while there is no listener. */

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
  /** What the list was made from, so that it can be made again; null for a list put together by hand. */
  recipe: { request: RecommendRequest; model: string | null } | null;
}

export interface ListStore {
  /** Newest first. */
  all(): Promise<{ lists: SavedList[]; more: boolean }>;
  songs(id: string): Promise<SavedSong[]>;
  /** @throws Error with a readable message when there is no space */
  save(list: NewList): Promise<void>;
  /** @returns a function that restores the list */
  remove(id: string): Promise<() => Promise<void>>;
}
