import type { EventKind } from './events.ts';
import type { Page, PageRequest } from './page.ts';

/** A list as it was shown to a listener. */
export interface ShownList {
  readonly id: string;
  /** What kind of list: `for-you`, `mix`, `continue`, … */
  readonly kind: string;
  readonly at: number;
  readonly model: string | null;
  readonly modelVersion: string | null;
  /** The experiment that this list was part of, and what it showed, e.g. the model behind each position. */
  readonly experiment: string | null;
  readonly arm: string | null;
  readonly songs: readonly string[];
  /** Anything else that an evaluation needs, e.g. the team of each position. */
  readonly detail: Readonly<Record<string, unknown>> | null;
}

/** A shown list with the feedback on it. */
export interface ListOutcome {
  readonly list: ShownList;
  readonly events: readonly { kind: EventKind; song: string; position: number | null; at: number }[];
}

/** Shown lists, to compare models by the feedback on their lists. */
export interface ShownStore {
  /** Idempotent by id; the listener's revision stays as it is. */
  add(listener: string, list: ShownList): Promise<void>;
  /** Newest first. */
  page(listener: string, choice?: PageRequest & { kind?: string; experiment?: string }): Promise<Page<ShownList>>;
  /** Shown lists with the events that refer to them, in order of time. */
  outcomes(
    listener: string,
    choice?: { from?: number; to?: number; experiment?: string },
  ): AsyncIterable<readonly ListOutcome[]>;
}
