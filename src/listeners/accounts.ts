export const ROLES = ['listener', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** A listener who can sign in. */
export interface Account {
  /** The listener's id. */
  readonly listener: string;
  /** The listener's name, which is also the name to sign in with. */
  readonly name: string;
  readonly role: Role;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

export interface AuditEntry {
  readonly at: number;
  /** e.g. `signed-in`, `sign-in-refused`, `invited`. */
  readonly action: string;
  /** Id of the listener who did it; null when nobody was signed in. */
  readonly listener: string | null;
  readonly detail: string;
}

/**
 * Who can sign in, their sessions, open invitations, and what happened to them. Secrets (session ids, invitation codes) come in and are kept as
 * digests alone: whoever reads the store cannot sign in with what is there. Times are milliseconds since 1970.
 */
export interface AccountStore {
  /** By name. */
  all(): Promise<Account[]>;
  /** The account to sign in to by its name, with the hash of its password; null when there is none. */
  byName(name: string): Promise<(Account & { readonly password: string }) | null>;
  /**
   * Turns an invitation into a new listener with an account, once. @returns null when the code is unknown, used or too old. @throws SegueError ALREADY_EXISTS when the name is taken
   */
  redeem(code: string, person: { name: string; password: string }, now: number): Promise<Account | null>;
  /** Replaces the password's hash and ends every session of the account. @throws SegueError NOT_FOUND */
  setPassword(listener: string, password: string): Promise<void>;
  /** Takes the account away with its sessions; the listener and what is kept of them stay. @throws SegueError NOT_ALLOWED for the last administrator */
  remove(listener: string): Promise<void>;
  invite(code: string, role: Role, until: number): Promise<void>;
  /** Whether a code would be taken. */
  invited(code: string, now: number): Promise<boolean>;
  /** Withdraws every open invitation that makes an administrator. */
  withdrawAdministrators(): Promise<void>;
  startSession(id: string, listener: string, now: number, until: number): Promise<void>;
  /** The account of a session that is still good; null otherwise. */
  session(id: string, now: number): Promise<Account | null>;
  endSession(id: string): Promise<void>;
  /** Ends all of a listener's sessions. */
  endSessions(listener: string): Promise<void>;
  record(entry: AuditEntry): Promise<void>;
  /** The newest entries first. */
  audit(limit: number): Promise<AuditEntry[]>;
}
