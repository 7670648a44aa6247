/** `running` until it is finished; only earlier versions left imports in this state when killed. */
export type ImportState = 'running' | 'done';

/** The result of an import of a listener's own files. */
export interface ImportRecord {
  readonly id: string;
  /** The personal format's id. */
  readonly format: string;
  /** Names of the files, without folders or e-mail addresses. */
  readonly files: readonly string[];
  readonly at: number;
  readonly finishedAt: number | null;
  readonly state: ImportState;
  /** What was found, by kind: plays, known, skipped, likes, lists, … */
  readonly counts: Readonly<Record<string, number>>;
  /** Number of rejected rows, by cause. */
  readonly rejected: Readonly<Record<string, number>>;
}

/** The imports of a listener. */
export interface ImportStore {
  /** Call before adding plays: its id becomes their `importId`. */
  start(listener: string, about: { format: string; files: readonly string[] }): Promise<ImportRecord>;
  /** @throws SegueError NOT_FOUND */
  finish(
    listener: string,
    id: string,
    result: { counts: Readonly<Record<string, number>>; rejected: Readonly<Record<string, number>> },
  ): Promise<ImportRecord>;
  /** Newest first. */
  all(listener: string): Promise<ImportRecord[]>;
  /**
   * Undoes an import: permanently deletes the plays that it added, and its record. Plays that an earlier import had already added belong to that
   * import and stay. Also cleans up after an import that failed halfway. @returns the number of deleted plays @throws SegueError NOT_FOUND
   */
  discard(listener: string, id: string): Promise<number>;
}
