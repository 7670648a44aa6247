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

/** Likes and dislikes; a song has at most one of them. */
export interface OpinionStore {
  /** Sets opinions in one transaction. The newest per song counts, so an old export cannot undo a later change. @returns the number changed */
  set(
    listener: string,
    opinions: readonly (SongRef & { kind: OpinionKind; at?: number; source?: string })[],
  ): Promise<number>;
  /** @returns the number of opinions removed */
  clear(listener: string, songs: readonly string[]): Promise<number>;
  /** Newest first. */
  page(listener: string, kind: OpinionKind, choice?: PageRequest & { search?: string }): Promise<Page<Opinion>>;
  /** Song keys of all opinions of a kind, newest first. */
  songs(listener: string, kind: OpinionKind): Promise<{ song: string; at: number }[]>;
}
