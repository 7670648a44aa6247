import type { ListedSong } from '../named-songs.ts';
import type { ConnectionStore } from '../store.ts';

/** What a person wants written every week. */
export interface WeeklyChoice {
  /** The mixes of the week. */
  readonly mixes: boolean;
  /** Ids of saved lists. */
  readonly lists: readonly string[];
}

export interface WeeklyState extends WeeklyChoice {
  /** The Monday of the last week that was planned, as 2026-11-30; null before the first. */
  readonly week: string | null;
  /** When all of it was written, milliseconds since 1970; null while something is left. */
  readonly writtenAt: number | null;
  /** Why the last try stopped; null when it did not. */
  readonly problem: string | null;
  /** Not tried again before, milliseconds since 1970. */
  readonly retryAt: number;
}

/** A list of the week. */
export interface PlannedList {
  readonly key: string;
  readonly name: string;
  readonly comment: string;
  readonly songs: readonly ListedSong[];
}

/** What became of a list. */
export interface WeeklyList {
  readonly key: string;
  readonly name: string;
  /** Songs that are there, and that the service lacks; null until it was written. */
  readonly written: number | null;
  readonly missing: number | null;
}

/** What is written every week, connection by connection, and how far this week's writing has come. */
export class WeeklyStore {
  private readonly store: ConnectionStore;

  constructor(store: ConnectionStore) {
    this.store = store;
  }

  /** Connections that have it switched on. */
  all(): string[] {
    return this.store
      .statement('SELECT connection FROM weekly ORDER BY connection')
      .all()
      .map((row) => String(row.connection));
  }

  get(connection: string): WeeklyState | null {
    const row = this.store.statement('SELECT * FROM weekly WHERE connection = ?').get(connection);
    if (!row) return null;
    return {
      mixes: row.mixes === 1,
      lists: JSON.parse(String(row.lists)) as string[],
      week: row.week === null ? null : String(row.week),
      writtenAt: row.written_at === null ? null : Number(row.written_at),
      problem: row.problem === null ? null : String(row.problem),
      retryAt: Number(row.retry_at),
    };
  }

  /** Switches it on or changes the chosen lists; the week is planned again. */
  choose(connection: string, { mixes, lists }: WeeklyChoice): void {
    this.store.run(
      `INSERT INTO weekly (connection, mixes, lists) VALUES (?, ?, ?)
       ON CONFLICT (connection) DO UPDATE SET mixes = excluded.mixes, lists = excluded.lists, week = NULL, written_at = NULL, problem = NULL, retry_at = 0`,
      connection,
      mixes ? 1 : 0,
      JSON.stringify(lists),
    );
  }

  switchOff(connection: string): void {
    this.store.run('DELETE FROM weekly WHERE connection = ?', connection);
  }

  /** The lists of the latest week and, of mixes that have no successor yet, of earlier ones. */
  lists(connection: string): (WeeklyList & { week: string })[] {
    return this.store
      .statement('SELECT key, name, week, written, missing FROM weekly_list WHERE connection = ? ORDER BY key')
      .all(connection)
      .map((row) => ({
        key: String(row.key),
        name: String(row.name),
        week: String(row.week),
        written: row.written === null ? null : Number(row.written),
        missing: row.missing === null ? null : Number(row.missing),
      }));
  }

  /** Stores the lists to be written in a week, so that writing can be interrupted and continue with the same lists. */
  plan(connection: string, week: string, lists: readonly PlannedList[]): void {
    this.store.together(() => {
      this.store.run('UPDATE weekly SET week = ?, written_at = NULL WHERE connection = ?', week, connection);
      // What was planned before is over; its keys stay, for mixes to come.
      this.store.run(`UPDATE weekly_list SET week = '', songs = NULL WHERE connection = ?`, connection);
      for (const { key, name, comment, songs } of lists)
        this.store.run(
          'INSERT OR REPLACE INTO weekly_list (connection, key, name, comment, week, songs) VALUES (?, ?, ?, ?, ?, ?)',
          connection,
          key,
          name,
          comment,
          week,
          JSON.stringify(songs),
        );
    });
  }

  /** A list of the week that is not written yet; null when none is left. */
  next(connection: string, week: string): PlannedList | null {
    const row = this.store
      .statement(
        'SELECT * FROM weekly_list WHERE connection = ? AND week = ? AND songs IS NOT NULL ORDER BY key LIMIT 1',
      )
      .get(connection, week);
    if (!row) return null;
    const songs = JSON.parse(String(row.songs)) as ListedSong[];
    return { key: String(row.key), name: String(row.name), comment: String(row.comment), songs };
  }

  written(connection: string, key: string, written: number, missing: number): void {
    this.store.run(
      'UPDATE weekly_list SET songs = NULL, written = ?, missing = ? WHERE connection = ? AND key = ?',
      written,
      missing,
      connection,
      key,
    );
  }

  finished(connection: string, at: number): void {
    this.store.run(
      'UPDATE weekly SET written_at = ?, problem = NULL, retry_at = 0 WHERE connection = ?',
      at,
      connection,
    );
  }

  stopped(connection: string, problem: string, retryAt: number): void {
    this.store.run('UPDATE weekly SET problem = ?, retry_at = ? WHERE connection = ?', problem, retryAt, connection);
  }
}
