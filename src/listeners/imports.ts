/** `running` until it is finished; only older versions left one so when they were killed. */
export type ImportState = 'running' | 'done';

/** What an import of a listener's own files brought. */
export interface ImportRecord {
  readonly id: string;
  /** The personal format's id. */
  readonly format: string;
  /** Names of the files, without their folders; e-mail addresses in them are left out. */
  readonly files: readonly string[];
  readonly at: number;
  readonly finishedAt: number | null;
  readonly state: ImportState;
  /** What was found, by kind: plays, known, skipped, likes, lists, … */
  readonly counts: Readonly<Record<string, number>>;
  /** Rows that were not taken, by cause. */
  readonly rejected: Readonly<Record<string, number>>;
}

/** The imports of a listener. */
export interface ImportStore {
  /** Call before the plays are added: its id is their `importId`. */
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
   * Takes an import back: deletes the plays that it brought, for good, and its record. Plays that an earlier import had brought already are
   * that import's and stay. Also the way out when an import fails half-way. @returns how many plays @throws SegueError NOT_FOUND
   */
  discard(listener: string, id: string): Promise<number>;
}
