import type { Page, PageRequest } from './page.ts';
import type { SongRef } from './songs.ts';

/** A play to be stored. */
export interface NewPlay extends SongRef {
  /**
   * Unique per listener, 1–64 letters, digits, `-`, `_`, `.` or `:`. An id is stored once, however often it is sent: derive it from what
   * identifies the play (see `playId`), so that importing a file again, or another file with the same play, adds nothing.
   */
  readonly id: string;
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  /** Listening time in milliseconds; null when the source does not state it. */
  readonly msPlayed?: number | null;
  /** Skipped, or left within 30 s: a weak dislike and not a play. Default false. */
  readonly skipped?: boolean;
  /** Origin: id of a personal format, or `segue` for plays in this app. */
  readonly source: string;
  /** Id of the import that added it. */
  readonly importId?: string | null;
}

/** Many plays to store, read one by one on request, because a million of them as objects would take too much memory. */
export interface PlayRows {
  readonly length: number;
  readonly songs: readonly SongRef[];
  /** Index of a play's song in `songs`. */
  song(play: number): number;
  id(play: number): string;
  /** The id that an earlier version of Segue gave the play, under which it may be stored. */
  formerId?(play: number): string;
  at(play: number): number;
  ms(play: number): number | null | undefined;
  skipped(play: number): boolean;
  source(play: number): string;
  importId(play: number): string | null | undefined;
}

/** A stored play. */
export interface Play extends Required<SongRef> {
  readonly id: string;
  readonly at: number;
  readonly msPlayed: number | null;
  readonly skipped: boolean;
  readonly source: string;
  readonly importId: string | null;
  /** When it was removed from the history; null for plays that count. */
  readonly removedAt: number | null;
}

export interface AddedPlays {
  readonly added: number;
  /** Already stored under the same id, or within `sameWithinMs` of a stored play of the same song. */
  readonly known: number;
}

/** Selects plays, newest first. */
export interface PlayChoice extends PageRequest {
  /** Words in title, artists and album; case and accents are ignored. */
  readonly search?: string;
  readonly song?: string;
  /** Inclusive, milliseconds since 1970. */
  readonly from?: number;
  /** Exclusive. */
  readonly to?: number;
  /** Removed plays instead of those that count. */
  readonly removed?: boolean;
}

/** Listening in one hour (UTC). */
export interface ListeningHour {
  /** Start of the hour, in milliseconds since 1970. */
  readonly at: number;
  readonly plays: number;
  readonly listenedMs: number;
}

/** The history of a listener. */
export interface PlayStore {
  /**
   * Stores plays, in one transaction per call: when the promise resolves, they are on disk; if the process dies earlier, none of them is stored.
   * Idempotent by id. Adds songs as needed. Store more than a few thousand in `atOnce`, which lets others read meanwhile.
   * @param options.sameWithinMs also ignores a play if its song has a stored play this close in time: the same play in another export
   * @param options.onBatch called before every few hundred plays with the number of plays before them; an error that it throws undoes all of them
   * @throws SegueError NOT_FOUND (the listener), USAGE (an id or key of the wrong form)
   */
  add(
    listener: string,
    plays: readonly NewPlay[],
    options?: { sameWithinMs?: number; onBatch?: (done: number) => void },
  ): Promise<AddedPlays>;
  /** The same for plays that are not objects in memory. */
  addRows(
    listener: string,
    plays: PlayRows,
    options?: { sameWithinMs?: number; onBatch?: (done: number) => void },
  ): Promise<AddedPlays>;
  /** Newest first. */
  page(listener: string, choice?: PlayChoice): Promise<Page<Play>>;
  /** Every play in order of time, in batches; `from` inclusive, `to` exclusive. For exports, profiles and backtests. */
  inOrder(listener: string, range?: { from?: number; to?: number; batch?: number }): AsyncIterable<readonly Play[]>;
  /** Hours in which a song was played and not skipped, in order; within a time range, at most `limit`. */
  hours(listener: string, range?: { from?: number; to?: number; limit?: number }): Promise<ListeningHour[]>;
  /** Removes plays from the history. They can be restored; importing them again does not restore them. @returns how many */
  remove(listener: string, ids: readonly string[]): Promise<number>;
  /** Restores removed plays. @returns how many */
  restore(listener: string, ids: readonly string[]): Promise<number>;
  /** Permanently deletes removed plays. @returns how many */
  purge(listener: string): Promise<number>;
}
