import type { Page, PageRequest } from './page.ts';
import type { SongRef } from './songs.ts';

/** Kinds of feedback. `play` and `skip` become plays, `like` … `clear` opinions, `ban` a ban of the song; `save` is only recorded. */
export const EVENT_KINDS = ['play', 'skip', 'like', 'dislike', 'clear', 'ban', 'unban', 'save'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** The list that a song came from. */
export interface EventOrigin {
  /** Id of the shown or saved list. */
  readonly list?: string | null;
  /** Position in the list; 0 = first. */
  readonly position?: number | null;
  readonly model?: string | null;
  readonly modelVersion?: string | null;
}

/** Feedback: something that a listener did with a song. */
export interface FeedbackEvent extends SongRef, EventOrigin {
  /** Unique per listener, as `NewPlay.id`; a repeated id is ignored, whatever its content. */
  readonly id: string;
  readonly kind: EventKind;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** For plays and skips: how long it played, in milliseconds. */
  readonly msPlayed?: number | null;
  /** For bans: when it ends; null = never. */
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

/** A recorded event with the names of its song. */
export interface ArrivedEvent extends StoredEvent {
  readonly title: string;
  readonly artists: readonly string[];
}

/** Events in the order of recording, and where to continue. */
export interface Arrivals {
  readonly events: readonly ArrivedEvent[];
  /** Increases with every event in the store; pass it to the next call. */
  readonly cursor: number;
}

/** Feedback events. Recording one also applies it, in the same transaction. */
export interface EventStore {
  /**
   * One transaction per call; idempotent by id. @returns the number of new events (`recorded`) and of repeated ones (`known`)
   * @throws SegueError NOT_FOUND (the listener), USAGE
   */
  record(listener: string, events: readonly FeedbackEvent[]): Promise<{ recorded: number; known: number }>;
  /** The events of several listeners in one transaction. @throws SegueError as `record`; then none of them is recorded */
  recordTogether(
    byListener: ReadonlyMap<string, readonly FeedbackEvent[]>,
  ): Promise<{ recorded: number; known: number }>;
  /**
   * Events in order of arrival, oldest first, regardless of their own times and of the process that recorded them.
   * @param after `cursor` of the previous call: returns the events after it; null = the newest events
   * @param most maximum number of events; when that many are returned, there may be more
   * @throws SegueError NOT_FOUND
   */
  arrivals(listener: string, after: number | null, most: number): Promise<Arrivals>;
  /** Newest first. */
  page(listener: string, choice?: PageRequest & { list?: string; kind?: EventKind }): Promise<Page<StoredEvent>>;
}
