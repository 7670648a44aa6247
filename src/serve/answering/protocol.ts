import type { SharedDataset } from '../../dataset/shared-dataset.ts';
import type { ErrorDetail } from '../../errors.ts';
import type { EngineOptions } from '../../recommend/engine.ts';
import type { Kind } from './question.ts';

/** What a thread is started with. */
export interface ThreadSetup {
  library: string;
  options: EngineOptions;
}

/** From the pool to a thread. */
export type ToThread =
  | { type: 'ask'; kind: Kind; input: unknown }
  | { type: 'refresh' }
  | { type: 'shared'; number: number; value: SharedDataset | Uint8Array | null; failure?: Failure };

/** From a thread to the pool. */
export type FromThread =
  | { type: 'ready' }
  | { type: 'answer'; answer?: unknown; failure?: Failure; seen: Seen }
  | { type: 'refreshed' }
  | { type: 'share'; number: number; what: { dataset: true } | { model: string } };

/** What the engine of a thread counted and timed for an answer, and the models that it has loaded. */
export interface Seen {
  events: [name: string, value: number, timed: boolean][];
  loaded: string[];
}

/** An error in a form that crosses threads. */
export interface Failure extends Omit<ErrorDetail, 'cause'> {
  code: string;
}
