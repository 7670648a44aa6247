import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteAdapter, SqliteDialect, type SqliteStatement } from '#kysely';

export const DATABASE_FILE = 'listeners.db';
/** How long a change waits for one of another process, in milliseconds. */
const PATIENCE = 10_000;
/** Compiled statements that are kept; the repository has fewer. */
const STATEMENTS = 300;

/** Changes of tables are undone with their transaction, as SQLite does. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class NodeSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

/**
 * Opens `listeners.db` in the library folder. Every commit is flushed to the disk (WAL, synchronous = FULL), and what is deleted is
 * overwritten with zeros (secure_delete).
 */
export function openSqlite(dir: string): { dialect: SqliteDialect; database: DatabaseSync } {
  mkdirSync(dir, { recursive: true });
  const database = new DatabaseSync(join(dir, DATABASE_FILE), { timeout: PATIENCE });
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma secure_delete = on;' +
      'pragma temp_store = memory; pragma cache_size = -64000; pragma journal_size_limit = 16777216',
  );
  return { dialect: new NodeSqliteDialect({ database: asKyselyWants(database) }), database };
}

function asKyselyWants(database: DatabaseSync): { close(): void; prepare(text: string): SqliteStatement } {
  const kept = new Map<string, SqliteStatement>();
  return {
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
