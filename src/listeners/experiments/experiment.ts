/** `interleave`: every list contains songs from both models; `split`: each listener gets one of the two. */
export const EXPERIMENT_KINDS = ['interleave', 'split'] as const;
export type ExperimentKind = (typeof EXPERIMENT_KINDS)[number];
export type Arm = 'a' | 'b';

/** Two models that are compared by what listeners do with their lists. */
export interface Experiment {
  readonly id: string;
  readonly kind: ExperimentKind;
  /** Ids of trained models. */
  readonly a: string;
  readonly b: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** null while it runs. */
  readonly endedAt: number | null;
}

/** The experiments of a household; one runs at a time. */
export interface ExperimentStore {
  /** Newest first. */
  all(): Promise<Experiment[]>;
  running(): Promise<Experiment | null>;
  /** Does not check the models: the caller makes sure that they are two trained ones. @throws SegueError USAGE when an experiment is running */
  start(experiment: Pick<Experiment, 'kind' | 'a' | 'b'> & { at?: number }): Promise<Experiment>;
  /** @returns the experiment that ended; null when none was running */
  end(at?: number): Promise<Experiment | null>;
}
