/** Progress of long work: one shape everywhere, from a model's training through threads and processes to the command line and the page. */
export interface Progress {
  /** Fraction done of the whole, 0–1. */
  readonly fraction: number;
  /** The present step, in words for people. */
  readonly note: string;
}

export type OnProgress = (progress: Progress) => void;

/** Scales the progress of one part to the share of the whole between `from` and `to`, both 0–1. */
export function within(onProgress: OnProgress | undefined, from: number, to: number): OnProgress {
  return ({ fraction, note }) => onProgress?.({ fraction: from + (to - from) * fraction, note });
}
