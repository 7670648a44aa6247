import type { Page, PageRequest } from './page.ts';
import type { ListenerSong, SongRef } from './songs.ts';

export type OpinionKind = 'like' | 'dislike';

export interface Opinion {
  readonly kind: OpinionKind;
  readonly song: ListenerSong;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** A personal format's id, or `segue`. */
  readonly source: string;
}

/** Likes and dislikes; a song has at most one of the two. */
export interface OpinionStore {
  /** Sets opinions in one transaction; the newest per song holds, so an old export does not undo a later change of mind. @returns how many changed */
  set(
    listener: string,
    opinions: readonly (SongRef & { kind: OpinionKind; at?: number; source?: string })[],
  ): Promise<number>;
  /** @returns how many there were */
  clear(listener: string, songs: readonly string[]): Promise<number>;
  /** Newest first. */
  page(listener: string, kind: OpinionKind, choice?: PageRequest & { search?: string }): Promise<Page<Opinion>>;
  /** Song keys of all opinions of a kind, newest first. */
  songs(listener: string, kind: OpinionKind): Promise<{ song: string; at: number }[]>;
}
