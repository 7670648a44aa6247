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
import { DiskLog, WITH_DISK_LOG } from '../../disk-log/disk-log.ts';
import { turn, turnIsSpent } from '../../turn/turn.ts';
import { isBusy } from './failures.ts';

export const DATABASE_FILE = 'listeners.db';
/** How long a change waits for one made over another connection, in milliseconds: a long import makes one of some seconds. */
const PATIENCE = 60_000;
/** Milliseconds between two attempts. */
const NAP = 5;
/** Maximum number of prepared statements that are kept; the repository uses fewer. */
const STATEMENTS = 300;

/** What Kysely needs of a database. */
interface Prepares {
  close(): void;
  prepare(text: string): SqliteStatement;
}

interface Opened extends Prepares {
  /** Null when SQLite itself waits for the disk. */
  readonly log: DiskLog | null;
  inTransaction(): boolean;
}

type Rows<T> = AsyncIterableIterator<QueryResult<T>>;

/** SQLite undoes changes of the schema with their transaction. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Queries after which nothing has to reach the disk. */
const CHANGES_NOTHING = /^(?:select|begin|rollback|pragma)\b/;

/**
 * Waits without blocking the thread: for changes made over other connections, one of which this thread may be making; for the disk after a commit; and,
 * when the turn of the event loop is spent, for the next one. SQLite answers synchronously, so a task's queries would otherwise all run in one turn.
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
        // `transaction` retries a begin itself and releases the connection meanwhile, so that readers need not wait.
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

/** Rows that are passed on together: awaiting each would take longer than reading it. */
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

/** Repeats work that fails because another connection is making a change. */
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

/** An open database, for Kysely and for direct use. */
export interface OpenSqlite {
  readonly dialect: SqliteDialect;
  readonly database: DatabaseSync;
  /** What commits wait for; null when SQLite itself waits for the disk. */
  readonly log: DiskLog | null;
}

/**
 * Opens `listeners.db` in the library folder. A commit made with `dialect` is on the disk when it resolves (`DiskLog`). Deleted data is overwritten with
 * zeros (`secure_delete`).
 */
export function openSqlite(dir: string): OpenSqlite {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, DATABASE_FILE);
  const database = new DatabaseSync(file, { timeout: PATIENCE });
  const { journal_mode: mode } = database.prepare('pragma journal_mode = wal').get() as { journal_mode: string };
  // Some file systems do not support a write-ahead log; then only SQLite knows what to flush, and when.
  const log = mode === 'wal' ? new DiskLog(file, 'the listeners') : null;
  database.exec(
    `${log ? WITH_DISK_LOG : 'pragma synchronous = full'}; pragma foreign_keys = on; pragma secure_delete = on;` +
      'pragma temp_store = memory; pragma cache_size = -64000;' +
      // From here on, `patiently` waits instead.
      'pragma busy_timeout = 0',
  );
  return { dialect: new NodeSqliteDialect(forKysely(database, log)), database, log };
}

function forKysely(database: DatabaseSync, log: DiskLog | null): Opened {
  const kept = new Map<string, SqliteStatement>();
  return {
    log,
    inTransaction: () => database.isTransaction,
    close: () => database.close(),
    prepare(text) {
      const known = kept.get(text);
      if (known) return known;
      // On a full disk SQLite rolls back by itself; the error that no transaction is active would hide the cause.
      if (text === 'rollback') return rollback(database);
      // Every transaction writes, so it takes the lock at its start and waits there instead of failing half-way.
      const made = statementOf(database.prepare(text === 'begin' ? 'begin immediate' : text));
      // A pragma takes effect when it is prepared, so it is prepared every time.
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
