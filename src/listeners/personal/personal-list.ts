import type { RecommendedTrack, RecommendResponse } from '../../recommend/request.ts';
import type { State } from '../../recommend/state.ts';

/** A list made for one listener. */
export interface PersonalList {
  /** Identifies the list in feedback events. */
  readonly id: string;
  readonly kind: 'for-you' | 'mix' | 'period' | 'continue' | 'clusters';
  readonly title: string;
  readonly model: string;
  readonly tracks: readonly RecommendedTrack[];
  readonly notes: readonly string[];
  /** The sections of a list by cluster, with their shares; each track names its section. */
  readonly sections?: RecommendResponse['sections'];
}

export interface ForYouOptions {
  readonly n?: number;
  /** 1 = only songs never played before, 0 = only loved songs not played for a while. Default 0.8. */
  readonly newness?: number;
  readonly model?: string;
  readonly details?: boolean;
}

export interface MixOptions {
  readonly n?: number;
  /** How long a mix stays the same. Default day; weeks begin on Mondays. */
  readonly every?: 'day' | 'week';
  readonly model?: string;
  /** Only these songs, e.g. those on a server. Default: all. */
  readonly within?: Within;
}

/** A part of the catalogue. */
export interface Within {
  /** Identifies the part: the id of the connection whose server has the songs. */
  readonly name: string;
  /** One byte per track: 1 = in it. */
  readonly mask: (state: State) => Uint8Array;
  /** Which of the given songs are in it. */
  readonly has: (uris: readonly string[]) => ReadonlySet<string>;
}
