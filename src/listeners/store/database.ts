import type { DatabaseSync } from 'node:sqlite';
import { type Kysely, type RawBuilder, sql, type Transaction } from '#kysely';
import type { DiskLog } from '../../disk-log/disk-log.ts';
import { SegueError } from '../../errors.ts';
import { turn } from '../../turn/turn.ts';
import { Pace } from '../pace.ts';
import { storeFailure } from './failures.ts';
import { patiently } from './sqlite.ts';
import type { Tables } from './tables.ts';

export type StoreKind = 'embedded' | 'postgres';

/** The database, or one of its transactions. */
export type Connection = Kysely<Tables>;
/** A transaction that changes a listener's data. */
export type Change = Transaction<Tables>;

/** PostgreSQL's codes for two transactions that waited for each other or read each other's changes; the loser starts again. */
const AGAIN: readonly unknown[] = ['40P01', '40001'];
const ATTEMPTS = 5;

export interface TransactionOptions {
  /**
   * Whether the commit waits for the disk. If not, a loss of power may undo it and everything after it, until a later commit has waited; the end of the
   * process does not. Default true. PostgreSQL follows its own configuration.
   */
  readonly flush?: boolean;
}

/** A separate connection for one large change. */
export interface OwnConnection {
  readonly db: Connection;
  readonly native: DatabaseSync | null;
  close(): Promise<void>;
}

interface LongQuery<Row> {
  stream(): AsyncIterable<Row>;
  execute(): Promise<Row[]>;
}

/** The basis of the repository's parts: the database, and the few operations that differ between the two stores. */
export class Database {
  readonly kind: StoreKind;
  readonly db: Connection;
  /** The embedded store's connection beneath `db`, for statements run once per row, only inside a transaction; null for PostgreSQL. */
  readonly native: DatabaseSync | null;
  /** What commits of the embedded store wait for; null when SQLite itself waits for the disk, and for PostgreSQL. */
  private readonly log: DiskLog | null;
  /** The end of the latest change made over a separate connection, and the number of such changes that have not ended. */
  private large: Promise<unknown> = Promise.resolve();
  private larges = 0;

  constructor(kind: StoreKind, db: Connection, native: DatabaseSync | null = null, log: DiskLog | null = null) {
    this.kind = kind;
    this.log = log;
    this.db = db;
    this.native = native;
  }

  /**
   * Rows as a single parameter: a JSON array of arrays as a table `rows`, whose cells `text` and `integer` read. Much faster than a parameter per cell.
   * Join tables to it by `cross join` and a condition, so that SQLite looks them up row by row instead of scanning them.
   */
  readonly rows = (values: readonly (readonly unknown[])[]): RawBuilder<unknown> => {
    const json = JSON.stringify(values);
    return this.kind === 'embedded'
      ? sql`json_each(${json}) as rows`
      : sql`json_array_elements(cast(${json} as json)) as rows`;
  };

  /** The listener's number inside the store. @throws SegueError NOT_FOUND */
  async number(listener: string, db: Connection = this.db): Promise<number> {
    const row = await db.selectFrom('listeners').select('no').where('id', '=', listener).executeTakeFirst();
    if (!row) throw unknownListener(listener);
    return row.no;
  }

  /** Reads something of a listener. @throws SegueError NOT_FOUND, LIBRARY_BUSY, DATABASE_UNREACHABLE */
  async read<T>(listener: string, read: (db: Connection, no: number) => Promise<T>): Promise<T> {
    try {
      return await read(this.db, await this.number(listener));
    } catch (error) {
      throw storeFailure(error);
    }
  }

  /**
   * All rows of a long result, each converted by `read`. SQLite returns the rows one by one, with rests in which requests that need no store are answered;
   * PostgreSQL sends them all at once.
   */
  async all<Row, T>(query: LongQuery<Row>, read: (row: Row) => T): Promise<T[]> {
    const pace = new Pace();
    const found: T[] = [];
    for await (const row of this.kind === 'embedded' ? query.stream() : await query.execute()) {
      found.push(read(row));
      if (pace.due) await pace.rest();
    }
    return found;
  }

  /** Changes a listener's data in one transaction and raises the revision. Changes to one listener run one after the other. */
  async write<T>(
    listener: string,
    change: (tx: Change, no: number) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    return this.transaction(async (tx) => change(tx, await raiseRevision(tx, listener)), options);
  }

  /** The same for several listeners in one transaction: all changes or none. */
  async writeEach<T>(
    listeners: Iterable<string>,
    change: (tx: Change, no: number, listener: string) => Promise<T>,
  ): Promise<T[]> {
    // Always in the same order, so that no two transactions wait for each other.
    const order = [...listeners].sort();
    return this.transaction(async (tx) => {
      const results: T[] = [];
      for (const listener of order) {
        results.push(await change(tx, await raiseRevision(tx, listener), listener));
        await this.breathe();
      }
      return results;
    });
  }

  /**
   * Makes many changes in one transaction, over a separate connection: through the database that `work` receives. This one reads the previous state until
   * all of them are committed, and its own changes wait. @param connect opens the separate connection
   */
  async atOnce<T>(connect: () => Promise<OwnConnection>, work: (database: Database) => Promise<T>): Promise<T> {
    const change = async (): Promise<T> => {
      const { db, native, close } = await connect();
      try {
        return await new Database(this.kind, db).transaction((tx) => work(new Database(this.kind, tx, native)));
      } finally {
        await close();
      }
    };
    // One after the other, because the embedded store allows one change at a time.
    const done = this.kind === 'embedded' ? this.large.then(change) : change();
    this.larges++;
    this.large = done
      .catch(() => {})
      .finally(() => {
        this.larges--;
      });
    return done;
  }

  /** Makes a change that nobody has to wait for. During a large change of the embedded store it is made afterwards, and lost if it fails then. */
  async note(change: (tx: Change) => Promise<unknown>): Promise<void> {
    const noted = this.transaction(change);
    if (this.larges === 0 || this.kind !== 'embedded') await noted;
    else noted.catch(() => {});
  }

  /** One transaction. In the embedded store it waits for other connections' changes without delaying readers. @throws SegueError LIBRARY_BUSY, DATABASE_UNREACHABLE, DISK_FULL */
  async transaction<T>(work: (tx: Change) => Promise<T>, { flush = true }: TransactionOptions = {}): Promise<T> {
    if (this.db.isTransaction) {
      const result = await work(this.db as Change);
      await this.breathe();
      return result;
    }
    if (this.kind === 'embedded') await this.large;
    for (let attempt = 1; ; attempt++) {
      try {
        const result = await patiently(() =>
          flush || !this.log ? this.db.transaction().execute(work) : this.unflushed(work, this.log),
        );
        await this.breathe();
        return result;
      } catch (error) {
        if (attempt < ATTEMPTS && AGAIN.includes((error as { code?: unknown }).code)) continue;
        throw storeFailure(error);
      }
    }
  }

  /** Holds the connection until commits wait for the disk again. */
  private unflushed<T>(work: (tx: Change) => Promise<T>, log: DiskLog): Promise<T> {
    return this.db.connection().execute(async (connection) => {
      log.waits = false;
      try {
        return await connection.transaction().execute(work);
      } finally {
        log.waits = true;
      }
    });
  }

  /** SQLite answers synchronously: without rests, a change of many rows would block everything else in this process. */
  async breathe(): Promise<void> {
    if (this.kind === 'embedded') await turn();
  }
}

/** Number of rows per statement, for which other work of the process waits. */
const BATCH = 500;

/** Splits a list into parts for one statement each, with rests between them. */
export async function* inBatches<T>(
  database: Pick<Database, 'breathe'>,
  values: readonly T[],
): AsyncGenerator<readonly T[]> {
  for (let from = 0; from < values.length; from += BATCH) {
    if (from > 0) await database.breathe();
    yield values.slice(from, from + BATCH);
  }
}

/** @returns the listener's number @throws SegueError NOT_FOUND */
async function raiseRevision(tx: Change, listener: string): Promise<number> {
  const row = await tx
    .updateTable('listeners')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', listener)
    .returning('no')
    .executeTakeFirst();
  if (!row) throw unknownListener(listener);
  return row.no;
}

/** A cell of `Database.rows` as text or as a whole number; JSON's null is SQL's. */
export const text = (column: number): RawBuilder<string> => sql`rows.value ->> ${sql.lit(column)}`;
export const integer = (column: number): RawBuilder<number> => sql`cast(rows.value ->> ${sql.lit(column)} as bigint)`;

export const unknownListener = (listener: string): SegueError =>
  new SegueError('NOT_FOUND', {
    got: `There is no listener "${listener}"`,
    remedy: 'See `segue listeners list` or GET /api/listeners',
  });
