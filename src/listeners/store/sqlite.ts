import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from '#kysely';
import { turn, turnIsSpent } from '../../turn/turn.ts';
import { DiskLog } from './disk-log.ts';
import { isBusy } from './failures.ts';

export const DATABASE_FILE = 'listeners.db';
/** How long a change waits for one over another connection: a long import has one of some seconds. In milliseconds. */
const PATIENCE = 60_000;
/** How long it sleeps before it tries again. */
const NAP = 5;
/** Compiled statements that are kept; the repository has fewer. */
const STATEMENTS = 300;

/** A database as Kysely wants it. */
interface Prepares {
  close(): void;
  prepare(text: string): SqliteStatement;
}

interface Opened extends Prepares {
  /** Null where SQLite itself waits for the disk. */
  readonly log: DiskLog | null;
  inTransaction(): boolean;
}

type Rows<T> = AsyncIterableIterator<QueryResult<T>>;

/** Changes of tables are undone with their transaction, as SQLite does. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Queries after which there is nothing to wait for. */
const CHANGES_NOTHING = /^(?:select|begin|rollback|pragma)\b/;

/**
 * Waits for other connections' changes without holding up the thread, on which such a change may be made; and for a later turn of the event loop where
 * this one is spent: SQLite answers at once, so that all queries of a work would else be made in one. What is
 * committed waits for the disk, beside the thread as well.
 */
class PatientDriver extends SqliteDriver {
  private patient: DatabaseConnection | null = null;
  private readonly database: Opened;

  constructor(database: Opened) {
    super({ database });
    this.database = database;
  }

  override async destroy(): Promise<void> {
    await this.database.log?.close();
    await super.destroy();
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    if (!this.patient) {
      const connection = await super.acquireConnection();
      this.patient = {
        // What begins a transaction lets the connection go before it tries again: whoever reads need not wait.
        executeQuery: async (query, options) => {
          if (turnIsSpent()) await turn();
          if (query.sql === 'begin') return connection.executeQuery(query, options);
          const result = await patiently(() => connection.executeQuery<never>(query, options));
          const { log } = this.database;
          if (log?.waits && !this.database.inTransaction() && !CHANGES_NOTHING.test(query.sql)) await log.flush();
          return result;
        },
        streamQuery: ({ sql, parameters }) => inHandfuls(this.database.prepare(sql), parameters),
      };
    }
    return this.patient;
  }
}

/** Rows that are handed on together: to wait for each takes longer than to read it. */
const HANDFUL = 32;

async function* inHandfuls<T>(statement: SqliteStatement, parameters: readonly unknown[]): Rows<T> {
  let rows: T[] = [];
  for (const row of statement.iterate(parameters)) {
    if (rows.push(row as T) < HANDFUL) continue;
    yield { rows };
    rows = [];
  }
  if (rows.length > 0) yield { rows };
}

/** Does it again while another connection's change is under way. */
export async function patiently<T>(work: () => T | Promise<T>): Promise<T> {
  for (const until = performance.now() + PATIENCE; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= until) throw error;
      await sleep(NAP);
    }
  }
}

class NodeSqliteDialect extends SqliteDialect {
  private readonly database: Opened;

  constructor(database: Opened) {
    super({ database });
    this.database = database;
  }

  override createDriver(): Driver {
    return new PatientDriver(this.database);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/** Pages of the log that SQLite moves to the database itself, where nobody else has, and where nobody else does. */
export const LONGEST_LOG = 16_384;
const SHORT_LOG = 1000;

/** A database that is open, as Kysely wants it and as it is. */
export interface OpenSqlite {
  readonly dialect: SqliteDialect;
  readonly database: DatabaseSync;
  /** What commits wait for; null where SQLite itself waits. */
  readonly log: DiskLog | null;
}

/**
 * Opens `listeners.db` in the library folder. Every commit over `dialect` is on the disk when it is done (`DiskLog`), and what is deleted is overwritten
 * with zeros (secure_delete).
 */
export function openSqlite(dir: string): OpenSqlite {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, DATABASE_FILE);
  const database = new DatabaseSync(file, { timeout: PATIENCE });
  const { journal_mode: mode } = database.prepare('pragma journal_mode = wal').get() as { journal_mode: string };
  // Without a log of changes, which some file systems cannot have, only SQLite knows what must be on the disk and when.
  const log = mode === 'wal' ? new DiskLog(file, 'the listeners') : null;
  database.exec(
    `pragma synchronous = ${log ? 'normal' : 'full'}; pragma foreign_keys = on; pragma secure_delete = on;` +
      `pragma wal_autocheckpoint = ${log ? LONGEST_LOG : SHORT_LOG}; ` +
      'pragma temp_store = memory; pragma cache_size = -64000; pragma journal_size_limit = 16777216;' +
      // From here on `patiently` waits.
      'pragma busy_timeout = 0',
  );
  return { dialect: new NodeSqliteDialect(asKyselyWants(database, log)), database, log };
}

function asKyselyWants(database: DatabaseSync, log: DiskLog | null): Opened {
  const kept = new Map<string, SqliteStatement>();
  return {
    log,
    inTransaction: () => database.isTransaction,
    close: () => database.close(),
    prepare(text) {
      const known = kept.get(text);
      if (known) return known;
      // On a full disk SQLite has undone the transaction itself; the complaint that there is none would hide the cause.
      if (text === 'rollback') return rollback(database);
      // Every transaction writes: taking the lock at its start makes it wait for another process instead of failing half-way.
      const made = statementOf(database.prepare(text === 'begin' ? 'begin immediate' : text));
      // A pragma takes effect when it is prepared, so it is prepared each time.
      if (kept.size < STATEMENTS && !text.startsWith('pragma')) kept.set(text, made);
      return made;
    },
  };
}

function rollback(database: DatabaseSync): SqliteStatement {
  const undo = statementOf(database.prepare('rollback'));
  return {
    ...undo,
    run: (parameters) => (database.isTransaction ? undo.run(parameters) : { changes: 0, lastInsertRowid: 0 }),
  };
}

function statementOf(statement: StatementSync): SqliteStatement {
  const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  };
}
