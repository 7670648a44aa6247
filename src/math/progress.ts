/** How far long work is: the one shape from a model's training over threads and processes to the command line and the page. */
export interface Progress {
  /** 0–1 of the whole. */
  readonly fraction: number;
  /** What is being done, for people. */
  readonly note: string;
}

export type OnProgress = (progress: Progress) => void;

/** Reports a part of longer work as the share of the whole from `from` to `to`, both 0–1. */
export function within(onProgress: OnProgress | undefined, from: number, to: number): OnProgress {
  return ({ fraction, note }) => onProgress?.({ fraction: from + (to - from) * fraction, note });
}
