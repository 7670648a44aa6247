import type { SharedDataset } from '../../dataset/shared-dataset.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Answers } from './execution.ts';

/** What a thread is started with. */
export interface WorkerSetup {
  readonly dataset: SharedDataset;
  readonly protocol: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly depth: number;
}

interface Target {
  readonly name: string;
  readonly model: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly fold: number;
}

export type WorkerTask =
  | ({ readonly kind: 'fit' } & Target)
  | ({ readonly kind: 'answer'; readonly artifact: Uint8Array; readonly from: number; readonly to: number } & Target)
  | ({ readonly kind: 'forget' } & Target);

export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly fraction: number; readonly note: string }
  | { readonly kind: 'fitted'; readonly artifact: Uint8Array; readonly seconds: number }
  | { readonly kind: 'answered'; readonly answers: Answers }
  | { readonly kind: 'forgotten' }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string };
