import { mkdirSync } from 'node:fs';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { SegueError } from '../errors.ts';
import type { PublicSettings, Readable, Secrets } from './contract.ts';
import type { HostLedger } from './network.ts';
import { type OpenStoreFile, openStoreFile, storeFile } from './store-file.ts';
import { Vault } from './vault.ts';

/** A connection that a listener has switched on. */
export interface ConnectionRecord {
  readonly id: string;
  readonly service: string;
  /** Id of the listener that it belongs to. */
  readonly listener: string;
  readonly account: string;
  readonly settings: PublicSettings;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly syncedAt: number | null;
  /** Why the last sync failed; null when it succeeded. */
  readonly problem: string | null;
}

/** Progress of reading one part of a service. */
export interface Progress {
  readonly cursor: string;
  readonly done: number;
  readonly total: number | null;
  /** Whether the last sync read all of it. */
  readonly complete: boolean;
  /** Number of the sync, which tells what it did not meet. */
  readonly pass: number;
}

export interface ContactedHost {
  readonly connection: string;
  readonly origin: string;
  readonly why: string;
  readonly requests: number;
  /** Milliseconds since 1970. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/**
 * Connections, in one file of the library folder: settings, sealed secrets, the progress of each sync, the songs that a service holds with the catalogue
 * songs they match, and the hosts that were contacted. Every call is one transaction. It is on the disk once `settle` has resolved or the store is
 * closed: waiting for the disk within each call would block the thread.
 */
export class ConnectionStore implements HostLedger {
  private readonly db: DatabaseSync;
  private readonly log: OpenStoreFile['log'];
  private readonly vault: Vault;
  private readonly statements = new Map<string, StatementSync>();
  /** Whether the changes of the current transaction have to last. */
  private lasting = true;

  private constructor({ db, log }: OpenStoreFile, vault: Vault) {
    this.db = db;
    this.log = log;
    this.vault = vault;
  }

  /** Opens or creates the store of a library folder. @throws SegueError FILE_UNREADABLE, FORMAT_NEWER, LIBRARY_BUSY */
  static open(library: string): ConnectionStore {
    mkdirSync(library, { recursive: true });
    const vault = Vault.open(library);
    return new ConnectionStore(openStoreFile(storeFile(library)), vault);
  }

  /** Blocks until all changes are on the disk. */
  close(): void {
    try {
      this.log?.settleNow();
    } finally {
      this.db.close();
    }
  }

  /** Resolves when all changes that have to last are on the disk; null when they are already. @throws SegueError DISK_FULL, DISK_FAILED */
  settle(): Promise<void> | null {
    return this.log?.settle() ?? null;
  }

  /**
   * Makes all changes or none. @param flush whether they have to last. If not, nobody waits for the disk, and a loss of power may undo them, until
   * somebody waits for a later change. Default true
   */
  together<T>(change: () => T, { flush = true }: { readonly flush?: boolean } = {}): T {
    this.lasting = flush;
    try {
      return this.atOnce(change);
    } finally {
      this.lasting = true;
    }
  }

  private atOnce<T>(change: () => T): T {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      const value = change();
      this.db.exec('COMMIT');
      return value;
    } catch (error) {
      // On a full disk SQLite rolls back by itself; the error that no transaction is active would hide the cause.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  add(record: Omit<ConnectionRecord, 'syncedAt' | 'problem'>, secrets: Secrets): void {
    const { id, service, listener, account, settings, createdAt } = record;
    this.run(
      `INSERT INTO connection (id, service, listener, account, settings, secrets, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET account = excluded.account, settings = excluded.settings, secrets = excluded.secrets, problem = NULL`,
      id,
      service,
      listener,
      account,
      JSON.stringify(settings),
      this.vault.seal(secrets, id),
      createdAt,
    );
    this.run('DELETE FROM refusal WHERE connection = ?', id);
    // After a new sign-in, what was refused is tried again.
    this.run('UPDATE weekly SET retry_at = 0 WHERE connection = ?', id);
  }

  /** Why a service refuses something to this connection; null as far as is known, it does not. */
  refusal(id: string, what: string): string | null {
    const row = this.statement('SELECT because FROM refusal WHERE connection = ? AND what = ?').get(id, what);
    return row ? String(row.because) : null;
  }

  noteRefusal(id: string, what: string, because: string): void {
    this.run(
      `INSERT OR REPLACE INTO refusal (connection, what, because) SELECT id, ?, ? FROM connection WHERE id = ?`,
      what,
      because,
      id,
    );
  }

  list(): ConnectionRecord[] {
    return this.statement('SELECT * FROM connection ORDER BY created_at, id').all().map(recordOf);
  }

  /** @throws SegueError NOT_FOUND */
  get(id: string): ConnectionRecord {
    const row = this.statement('SELECT * FROM connection WHERE id = ?').get(id);
    if (!row)
      throw new SegueError('NOT_FOUND', {
        got: `There is no connection "${id.slice(0, 60)}"`,
        expected:
          this.list()
            .map((c) => c.id)
            .join(', ') || 'a connection, and there is none yet',
        remedy: 'List connections with `segue connect`',
      });
    return recordOf(row);
  }

  /** @throws SegueError NOT_FOUND, FILE_UNREADABLE */
  secrets(id: string): Secrets {
    const row = this.statement('SELECT secrets FROM connection WHERE id = ?').get(id);
    if (!row) this.get(id);
    return this.vault.unseal(row!.secrets as Uint8Array, id);
  }

  keepSecrets(id: string, secrets: Secrets): void {
    this.run('UPDATE connection SET secrets = ? WHERE id = ?', this.vault.seal(secrets, id), id);
  }

  /**
   * Claims the renewal of a connection's secrets, among all processes.
   * @param until when the claim ends should the process die, in milliseconds since 1970 @returns whether it was free
   */
  beginRenewal(id: string, now: number, until: number): boolean {
    return (
      this.run(
        `INSERT INTO renewal (connection, until) VALUES (?, ?)
         ON CONFLICT (connection) DO UPDATE SET until = excluded.until WHERE renewal.until <= ?`,
        id,
        until,
        now,
      ) > 0
    );
  }

  endRenewal(id: string): void {
    this.run('DELETE FROM renewal WHERE connection = ?', id);
  }

  /** Makes the next sync of a connection start from the beginning. */
  forgetProgress(id: string): void {
    this.run('DELETE FROM progress WHERE connection = ?', id);
  }

  /** Forgets a connection and everything read through it; the hosts that it contacted stay on record. Resolves when that is on the disk. */
  async remove(id: string): Promise<void> {
    this.run('DELETE FROM connection WHERE id = ?', id);
    await this.settle();
    await this.log?.empty();
  }

  synced(id: string, at: number, problem: string | null): void {
    if (problem === null) this.run('UPDATE connection SET synced_at = ?, problem = NULL WHERE id = ?', at, id);
    else this.run('UPDATE connection SET problem = ? WHERE id = ?', problem, id);
  }

  progress(id: string, part: Readable): Progress | null {
    const row = this.statement('SELECT * FROM progress WHERE connection = ? AND part = ?').get(id, part);
    if (!row) return null;
    return {
      cursor: String(row.cursor),
      done: Number(row.done),
      total: row.total === null ? null : Number(row.total),
      complete: row.complete === 1,
      pass: Number(row.pass),
    };
  }

  keepProgress(id: string, part: Readable, { cursor, done, total, complete, pass }: Progress): void {
    this.run(
      'INSERT OR REPLACE INTO progress (connection, part, cursor, done, total, complete, pass) VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      part,
      cursor,
      done,
      total,
      complete ? 1 : 0,
      pass,
    );
  }

  /** Fingerprint of this connection's songs in the library; null when there are none. */
  catalogue(id: string): string | null {
    const row = this.statement('SELECT catalogue FROM connection WHERE id = ?').get(id);
    return typeof row?.catalogue === 'string' ? row.catalogue : null;
  }

  keepCatalogue(id: string, fingerprint: string | null): void {
    this.run('UPDATE connection SET catalogue = ? WHERE id = ?', fingerprint, id);
  }

  /** The service's id of a list that Segue wrote; null before it was written. */
  writtenList(id: string, list: string): string | null {
    const row = this.statement('SELECT remote FROM written WHERE connection = ? AND list = ?').get(id, list);
    return row ? String(row.remote) : null;
  }

  keepWrittenList(id: string, list: string, remote: string): void {
    this.run('INSERT OR REPLACE INTO written (connection, list, remote) VALUES (?, ?, ?)', id, list, remote);
  }

  /** Whether Segue wrote a list of the service. */
  isWritten(id: string, remote: string): boolean {
    return this.statement('SELECT 1 FROM written WHERE connection = ? AND remote = ?').get(id, remote) !== undefined;
  }

  /** Counts a request. A sync makes hundreds, so they do not wait for the disk. */
  note({ connection, origin, why, at }: { connection: string; origin: string; why: string; at: number }): void {
    this.together(
      () =>
        this.run(
          `INSERT INTO host (connection, origin, why, requests, first_at, last_at) VALUES (?, ?, ?, 1, ?, ?)
           ON CONFLICT (connection, origin, why) DO UPDATE SET requests = requests + 1, last_at = excluded.last_at`,
          connection,
          origin,
          why,
          at,
          at,
        ),
      { flush: false },
    );
  }

  hosts(): ContactedHost[] {
    return this.statement('SELECT * FROM host ORDER BY last_at DESC, origin')
      .all()
      .map((row) => ({
        connection: String(row.connection),
        origin: String(row.origin),
        why: String(row.why),
        requests: Number(row.requests),
        firstAt: Number(row.first_at),
        lastAt: Number(row.last_at),
      }));
  }

  /** Prepares a statement once; for the files that store songs and tokens, too. */
  statement(sql: string): StatementSync {
    let prepared = this.statements.get(sql);
    if (!prepared) {
      prepared = this.db.prepare(sql);
      this.statements.set(sql, prepared);
    }
    return prepared;
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    const { changes } = this.statement(sql).run(...values);
    if (this.lasting) this.log?.note();
    return Number(changes);
  }

  seal(secrets: Secrets, owner: string): Uint8Array {
    return this.vault.seal(secrets, owner);
  }

  unseal(sealed: Uint8Array, owner: string): Secrets {
    return this.vault.unseal(sealed, owner);
  }
}

function recordOf(row: Record<string, unknown>): ConnectionRecord {
  return {
    id: String(row.id),
    service: String(row.service),
    listener: String(row.listener),
    account: String(row.account),
    settings: JSON.parse(String(row.settings)) as PublicSettings,
    createdAt: Number(row.created_at),
    syncedAt: row.synced_at === null ? null : Number(row.synced_at),
    problem: row.problem === null ? null : String(row.problem),
  };
}
