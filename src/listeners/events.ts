import type { Page, PageRequest } from './page.ts';
import type { SongRef } from './songs.ts';

/** What can happen to a song. `play` and `skip` become plays, `like` … `clear` opinions, `ban` a ban of the song; `save` is only remembered. */
export const EVENT_KINDS = ['play', 'skip', 'like', 'dislike', 'clear', 'ban', 'unban', 'save'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Where a song was when something happened to it. */
export interface EventOrigin {
  /** Id of the shown or saved list. */
  readonly list?: string | null;
  /** 0 = the first of the list. */
  readonly position?: number | null;
  readonly model?: string | null;
  readonly modelVersion?: string | null;
}

/** Feedback: something that a listener did with a song. */
export interface FeedbackEvent extends SongRef, EventOrigin {
  /** Unique per listener, as `NewPlay.id`; the same id counts once, whatever it says the second time. */
  readonly id: string;
  readonly kind: EventKind;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of plays and skips. */
  readonly msPlayed?: number | null;
  /** Of bans: when it ends, null = permanent. */
  readonly until?: number | null;
}

export interface StoredEvent extends Required<EventOrigin> {
  readonly id: string;
  readonly kind: EventKind;
  readonly song: string;
  readonly at: number;
  readonly msPlayed: number | null;
  readonly until: number | null;
}

/** An event with the song in words, as it arrived. */
export interface ArrivedEvent extends StoredEvent {
  readonly title: string;
  readonly artists: readonly string[];
}

/** Events in the order they were recorded, and where to go on from. */
export interface Arrivals {
  readonly events: readonly ArrivedEvent[];
  /** Rises with every event of the store; hand to the next call. */
  readonly cursor: number;
}

/** Feedback events. Recording one also does what it says, in the same transaction. */
export interface EventStore {
  /**
   * One transaction per call. Idempotent by id. @returns `recorded` the new ones, `known` those that were there already
   * @throws SegueError NOT_FOUND (the listener), USAGE
   */
  record(listener: string, events: readonly FeedbackEvent[]): Promise<{ recorded: number; known: number }>;
  /** The events of several listeners in one transaction. @throws SegueError as `record`; then none of them is recorded */
  recordTogether(
    byListener: ReadonlyMap<string, readonly FeedbackEvent[]>,
  ): Promise<{ recorded: number; known: number }>;
  /**
   * Events as they arrived, whatever time they carry and whichever process recorded them, oldest first.
   * @param after `cursor` of the call before: those that came next; null = the newest
   * @param most how many; as many as that means that there may be more
   * @throws SegueError NOT_FOUND
   */
  arrivals(listener: string, after: number | null, most: number): Promise<Arrivals>;
  /** Newest first. */
  page(listener: string, choice?: PageRequest & { list?: string; kind?: EventKind }): Promise<Page<StoredEvent>>;
}
