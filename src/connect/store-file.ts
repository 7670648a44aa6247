import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DiskLog, WITH_DISK_LOG } from '../disk-log/disk-log.ts';
import { SegueError } from '../errors.ts';

/** Each entry upgrades the store by one version; published ones never change. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE connection (
     id TEXT PRIMARY KEY, service TEXT NOT NULL, listener TEXT NOT NULL, account TEXT NOT NULL, settings TEXT NOT NULL,
     secrets BLOB NOT NULL, created_at INTEGER NOT NULL, synced_at INTEGER, problem TEXT, catalogue TEXT) STRICT;
   CREATE TABLE progress (
     connection TEXT NOT NULL REFERENCES connection ON DELETE CASCADE, part TEXT NOT NULL, cursor TEXT NOT NULL,
     done INTEGER NOT NULL, total INTEGER, complete INTEGER NOT NULL, pass INTEGER NOT NULL,
     PRIMARY KEY (connection, part)) STRICT, WITHOUT ROWID;
   CREATE TABLE song (
     connection TEXT NOT NULL REFERENCES connection ON DELETE CASCADE, id TEXT NOT NULL, facts TEXT NOT NULL,
     uri TEXT, confidence REAL, pass INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0,
     played INTEGER NOT NULL DEFAULT 0,
     PRIMARY KEY (connection, id)) STRICT, WITHOUT ROWID;
   CREATE INDEX song_by_uri ON song (connection, uri);
   CREATE TABLE loved (
     connection TEXT NOT NULL REFERENCES connection ON DELETE CASCADE, song TEXT NOT NULL, pass INTEGER NOT NULL,
     PRIMARY KEY (connection, song)) STRICT, WITHOUT ROWID;
   CREATE TABLE rated (
     connection TEXT NOT NULL REFERENCES connection ON DELETE CASCADE, song TEXT NOT NULL, rating REAL NOT NULL,
     kept INTEGER NOT NULL, PRIMARY KEY (connection, song)) STRICT, WITHOUT ROWID;
   CREATE TABLE written (
     connection TEXT NOT NULL REFERENCES connection ON DELETE CASCADE, list TEXT NOT NULL, remote TEXT NOT NULL,
     PRIMARY KEY (connection, list)) STRICT, WITHOUT ROWID;
   CREATE TABLE host (
     connection TEXT NOT NULL, origin TEXT NOT NULL, why TEXT NOT NULL, requests INTEGER NOT NULL,
     first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, PRIMARY KEY (connection, origin, why)) STRICT, WITHOUT ROWID;
   CREATE TABLE access_token (
     id TEXT PRIMARY KEY, listener TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL UNIQUE, sealed BLOB NOT NULL,
     created_at INTEGER NOT NULL) STRICT;`,
  `CREATE TABLE renewal (
     connection TEXT PRIMARY KEY REFERENCES connection ON DELETE CASCADE, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE refusal (
     connection TEXT NOT NULL REFERENCES connection ON DELETE CASCADE, what TEXT NOT NULL, because TEXT NOT NULL,
     PRIMARY KEY (connection, what)) STRICT, WITHOUT ROWID;`,
  // The song's key in the listener's store, for services that hold no songs.
  `ALTER TABLE loved ADD COLUMN ref TEXT;`,
  `ALTER TABLE loved ADD COLUMN disliked INTEGER NOT NULL DEFAULT 0;`,
  // Tokens older than scopes keep all rights.
  `ALTER TABLE access_token ADD COLUMN scopes TEXT NOT NULL DEFAULT 'read write events';
   ALTER TABLE access_token ADD COLUMN used_at INTEGER;`,
  `CREATE TABLE weekly (
     connection TEXT PRIMARY KEY REFERENCES connection ON DELETE CASCADE, mixes INTEGER NOT NULL, lists TEXT NOT NULL,
     week TEXT, written_at INTEGER, problem TEXT, retry_at INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
   CREATE TABLE weekly_list (
     connection TEXT NOT NULL REFERENCES connection ON DELETE CASCADE, key TEXT NOT NULL, name TEXT NOT NULL,
     comment TEXT NOT NULL, week TEXT NOT NULL, songs TEXT, written INTEGER, missing INTEGER,
     PRIMARY KEY (connection, key)) STRICT, WITHOUT ROWID;`,
];

export const storeFile = (library: string): string => join(library, 'connections.db');

/** SQLite's codes for a file that another process holds, and for one that is no database. */
const BUSY = 5;
const DAMAGED: readonly unknown[] = [11, 26];

/** The open file of a store. */
export interface OpenStoreFile {
  readonly db: DatabaseSync;
  /** What changes wait for; null when SQLite itself waits for the disk with every change. */
  readonly log: DiskLog | null;
}

/**
 * Opens or creates the file of a store and upgrades it to this version.
 * @throws SegueError FILE_UNREADABLE, FORMAT_NEWER, LIBRARY_BUSY
 */
export function openStoreFile(path: string, patienceMs = 5000): OpenStoreFile {
  let db: DatabaseSync | null = null;
  try {
    db = new DatabaseSync(path, { timeout: patienceMs });
    chmodSync(path, 0o600);
    const { journal_mode: mode } = db.prepare('PRAGMA journal_mode = WAL').get() as { journal_mode: string };
    db.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;');
    migrate(db, path);
    // Some file systems do not support a write-ahead log; then only SQLite knows what to flush, and when.
    const log = mode === 'wal' ? new DiskLog(path, 'the connections') : null;
    if (log) db.exec(WITH_DISK_LOG);
    return { db, log };
  } catch (cause) {
    db?.close();
    throw cause instanceof SegueError ? cause : refusal(path, cause);
  }
}

function refusal(path: string, cause: unknown): SegueError {
  const code = (cause as { errcode?: unknown }).errcode;
  if (code === BUSY)
    return new SegueError('LIBRARY_BUSY', {
      got: `Another process is changing ${path}`,
      remedy: 'Try again when it has finished',
      cause,
    });
  const damaged = DAMAGED.includes(code);
  return new SegueError('FILE_UNREADABLE', {
    got: damaged ? `${path} is damaged` : `${path} cannot be opened`,
    remedy: damaged
      ? 'Restore it from a backup, or delete it and connect again'
      : 'Check that the folder may be written to and that the disk has space',
    cause,
  });
}

/** Reads the version inside the transaction, so that two processes that open a new store at the same time migrate it once. */
function migrate(db: DatabaseSync, path: string): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = Number(db.prepare('PRAGMA user_version').get()!.user_version);
    if (version > MIGRATIONS.length)
      throw new SegueError('FORMAT_NEWER', {
        got: `${path} was written by a newer version of Segue (${version})`,
        expected: `at most version ${MIGRATIONS.length}`,
        remedy: 'Update Segue',
      });
    for (const step of MIGRATIONS.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
