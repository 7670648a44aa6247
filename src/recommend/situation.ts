import type { Fitted } from '../models/model.ts';
import type { State } from './state.ts';

/** Tracks that must not be recommended in any version. */
export interface KnownTracks {
  readonly tracks: ReadonlySet<number>;
  /** Keys that identify their versions (`SongFamilies.keysOf`). */
  readonly keys: ReadonlySet<string>;
}

/** Called between the steps of an answer and for each of its songs or lines; throws to stop work whose result is no longer wanted. */
export type Checkpoint = () => void;

/** Context that an internal caller adds to the request, computed once for many requests. */
export interface Situation {
  /** Which tracks may be returned, one byte each, e.g. those that a music server holds; all by default. */
  readonly within?: ((state: State) => Uint8Array | null) | undefined;
  /** Tracks that the person knows or does not want, besides those in the request. */
  readonly known?: (state: State) => KnownTracks;
  /** Answers instead of the model named in the request. */
  readonly fitted?: Fitted | null;
  /** A fast model that fills styles with too few songs in the answer; the answering model by default. */
  readonly filler?: Fitted | null;
  /** Ends the answer early by throwing; never, by default. */
  readonly checkpoint?: Checkpoint | undefined;
}
