/** How far long work is: the one shape from a model's training over threads and processes to the command line and the page. */
export interface Progress {
  /** 0–1 of the whole. */
  readonly fraction: number;
  /** What is being done, for people. */
  readonly note: string;
}

export type OnProgress = (progress: Progress) => void;
