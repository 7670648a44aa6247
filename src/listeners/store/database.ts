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

/** The database, or a transaction of it. */
export type Connection = Kysely<Tables>;
/** A transaction that changes things of one listener. */
export type Change = Transaction<Tables>;

/** PostgreSQL: two transactions waited for each other, or read what the other changed; the loser starts again. */
const AGAIN: readonly unknown[] = ['40P01', '40001'];
const ATTEMPTS = 5;

export interface TransactionOptions {
  /**
   * Whether the commit waits for the disk. Without, a loss of power may undo it, with everything after it, until a later commit has waited;
   * the end of the process does not. Default true; PostgreSQL always does as it is configured.
   */
  readonly flush?: boolean;
}

/** A connection for one large change. */
export interface OwnConnection {
  readonly db: Connection;
  readonly native: DatabaseSync | null;
  close(): Promise<void>;
}

interface LongQuery<Row> {
  stream(): AsyncIterable<Row>;
  execute(): Promise<Row[]>;
}

/** What the parts of the repository stand on: the database, and the few things that the two stores say differently. */
export class Database {
  readonly kind: StoreKind;
  readonly db: Connection;
  /** The embedded store's own connection beneath `db`, for statements that are run once a row; use it inside a transaction alone. Null where there is none. */
  readonly native: DatabaseSync | null;
  /** What commits of the embedded store wait for; null where nothing else can be had. */
  private readonly log: DiskLog | null;
  /** The end of the last change that was made over a connection of its own, and how many of these have not ended. */
  private large: Promise<unknown> = Promise.resolve();
  private larges = 0;

  constructor(kind: StoreKind, db: Connection, native: DatabaseSync | null = null, log: DiskLog | null = null) {
    this.kind = kind;
    this.log = log;
    this.db = db;
    this.native = native;
  }

  /**
   * Rows as one parameter: a JSON array of arrays as a table `rows`, whose cells `text` and `integer` read. Far quicker than a parameter per
   * cell. Join tables to it by `cross join` and a condition: SQLite then looks them up row by row, where it would else scan them.
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
   * All rows of an answer that may be long, each as `read` makes it. SQLite gives the rows one after the other, with rests, in which whoever needs no
   * store is answered; PostgreSQL sends them whole.
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

  /** Changes something of a listener in one transaction, and raises the revision. Changes of one listener come one after the other. */
  async write<T>(
    listener: string,
    change: (tx: Change, no: number) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    return this.transaction(async (tx) => change(tx, await raiseRevision(tx, listener)), options);
  }

  /** The same for several listeners in one transaction: all of the changes or none. */
  async writeEach<T>(
    listeners: Iterable<string>,
    change: (tx: Change, no: number, listener: string) => Promise<T>,
  ): Promise<T[]> {
    // In one order, so that no two transactions wait for each other.
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
   * Many changes as one transaction, over a connection of its own: what they are made through is the database that `work` gets. This one reads
   * what was there before until all of them are there, and its other changes wait. @param connect opens that connection
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
    // One after the other: the embedded store lets one change at a time.
    const done = this.kind === 'embedded' ? this.large.then(change) : change();
    this.larges++;
    this.large = done
      .catch(() => {})
      .finally(() => {
        this.larges--;
      });
    return done;
  }

  /** A change that nobody need wait for: while a large one of the embedded store is under way it is made after that, and what fails then is lost. */
  async note(change: (tx: Change) => Promise<unknown>): Promise<void> {
    const noted = this.transaction(change);
    if (this.larges === 0 || this.kind !== 'embedded') await noted;
    else noted.catch(() => {});
  }

  /** One transaction; of the embedded store it waits for others' changes without holding up who reads. @throws SegueError LIBRARY_BUSY, DATABASE_UNREACHABLE, DISK_FULL */
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

  /** The connection is this transaction's alone until it flushes again. */
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

  /** SQLite answers at once: without a breath, a change of many rows would leave no room for anything else in this process. */
  async breathe(): Promise<void> {
    if (this.kind === 'embedded') await turn();
  }
}

/** Rows of one statement, which other work of the process waits for. */
const BATCH = 500;

/** Parts of a list that are small enough for one statement each; between two of them other work may run. */
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
