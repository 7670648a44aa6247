import type { Page, PageRequest } from './page.ts';
import type { SongRef } from './songs.ts';

/** A play to be stored. */
export interface NewPlay extends SongRef {
  /**
   * Unique per listener, 1–64 letters, digits, `-`, `_`, `.` or `:`. The same id is stored once, whoever sends it how often: make it from
   * what identifies the play (see `playId`) so that importing a file again, or another file with the same play, adds nothing.
   */
  readonly id: string;
  /** When it ended, in milliseconds since 1970. */
  readonly at: number;
  /** How long it was listened to; null when the source does not say. */
  readonly msPlayed?: number | null;
  /** Left before it counted (30 s), or skipped: a weak dislike and no play. Default false. */
  readonly skipped?: boolean;
  /** Where it comes from: a personal format's id, or `segue` for plays in this app. */
  readonly source: string;
  /** The import that brought it. */
  readonly importId?: string | null;
}

/** Many plays to be stored, told one by one when they are asked for: a history of a million has no room for as many objects. */
export interface PlayRows {
  readonly length: number;
  readonly songs: readonly SongRef[];
  /** The place of a play's song in `songs`. */
  song(play: number): number;
  id(play: number): string;
  /** Another id under which the play may be stored, as an earlier version of Segue made it. */
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
  /** When it was taken out of the history; null for plays that count. */
  readonly removedAt: number | null;
}

export interface AddedPlays {
  readonly added: number;
  /** Already stored under the same id, or within `sameWithinMs` of a stored play of the same song. */
  readonly known: number;
}

/** Which plays are wanted, newest first. */
export interface PlayChoice extends PageRequest {
  /** Words of title, artists and album, in any case and without accents. */
  readonly search?: string;
  readonly song?: string;
  /** Inclusive, milliseconds since 1970. */
  readonly from?: number;
  /** Exclusive. */
  readonly to?: number;
  /** The removed ones instead of those that count. */
  readonly removed?: boolean;
}

/** Listening in one hour, in UTC. */
export interface ListeningHour {
  /** Start of the hour, in milliseconds since 1970. */
  readonly at: number;
  readonly plays: number;
  readonly listenedMs: number;
}

/** The history of a listener. */
export interface PlayStore {
  /**
   * Stores plays, in one transaction per call: when the promise resolves they are on disk, and a process that dies before leaves none of
   * them. Idempotent by id. Songs are made known as needed. More than some thousands are better stored in `atOnce`, which lets others read meanwhile.
   * @param options.sameWithinMs also passes over a play of a song that has a stored play so close in time: the same play in another export
   * @param options.onBatch called before every few hundred with the number that came before; what it throws undoes all of them
   * @throws SegueError NOT_FOUND (the listener), USAGE (an id or key that is not of the right form)
   */
  add(
    listener: string,
    plays: readonly NewPlay[],
    options?: { sameWithinMs?: number; onBatch?: (done: number) => void },
  ): Promise<AddedPlays>;
  /** The same for plays that do not lie in memory as objects. */
  addRows(
    listener: string,
    plays: PlayRows,
    options?: { sameWithinMs?: number; onBatch?: (done: number) => void },
  ): Promise<AddedPlays>;
  /** Newest first. */
  page(listener: string, choice?: PlayChoice): Promise<Page<Play>>;
  /** Every play in the order of time, in batches; `from` inclusive, `to` exclusive. For exports, profiles and backtests. */
  inOrder(listener: string, range?: { from?: number; to?: number; batch?: number }): AsyncIterable<readonly Play[]>;
  /** Hours in which a song was played and not skipped (of a range of time, at most `limit`), in order. */
  hours(listener: string, range?: { from?: number; to?: number; limit?: number }): Promise<ListeningHour[]>;
  /** Takes plays out of the history; they can be restored, and importing them again does not bring them back. @returns how many */
  remove(listener: string, ids: readonly string[]): Promise<number>;
  /** @returns how many count again */
  restore(listener: string, ids: readonly string[]): Promise<number>;
  /** Deletes removed plays for good. @returns how many */
  purge(listener: string): Promise<number>;
}
