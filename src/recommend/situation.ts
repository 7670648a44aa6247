import type { Fitted } from '../models/model.ts';
import type { State } from './state.ts';

/** Tracks that must not come back in any version. */
export interface KnownTracks {
  readonly tracks: ReadonlySet<number>;
  /** Keys by which their versions are told (`SongFamilies.keysOf`). */
  readonly keys: ReadonlySet<string>;
}

/** Is called between the steps of an answer and for each of its songs or lines; throws to end the work, since nobody waits for it any more. */
export type Checkpoint = () => void;

/** What a caller inside the program brings along besides the request, worked out once for many requests. */
export interface Situation {
  /** Which tracks may be answered, one byte each, e.g. those that a music server holds; all by default. */
  readonly within?: ((state: State) => Uint8Array | null) | undefined;
  /** Tracks that the person knows or does not want, besides those of the request. */
  readonly known?: (state: State) => KnownTracks;
  /** Answers in place of the model that the request names. */
  readonly fitted?: Fitted | null;
  /** A quick model that is asked for the styles that the answer leaves short; the answering model itself by default. */
  readonly filler?: Fitted | null;
  /** Ends the answer early by throwing; never, by default. */
  readonly checkpoint?: Checkpoint | undefined;
}
