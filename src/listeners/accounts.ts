import type { CeremonyStore, Identity, IdentityStore, PasskeyStore, SessionStore } from './sign-in.ts';

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
  /** Id of the listener who acted; null when nobody was signed in. */
  readonly listener: string | null;
  readonly detail: string;
}

/** What an invitation is for. */
export interface Invitation {
  readonly role: Role;
  /** The listener whom it lets sign in; null = a new one. */
  readonly listener: { readonly id: string; readonly name: string } | null;
}

/** How a new member signs in: by password (hashed), by an account elsewhere, or both. */
export interface NewAccount {
  /** Ignored when the invitation is for an existing listener. */
  readonly name: string;
  readonly password: string | null;
  readonly identity?: Identity;
}

/**
 * Who can sign in and how, with sessions, open invitations and a log of events. Secrets (session ids, invitation codes) are stored only as digests,
 * so nobody can sign in with what the store contains. Times are milliseconds since 1970.
 */
export interface AccountStore extends SessionStore, PasskeyStore, IdentityStore, CeremonyStore {
  /** By name. */
  all(): Promise<Account[]>;
  /** The account with this name and the hash of its password (null = it has none); null when there is no account. */
  byName(name: string): Promise<(Account & { readonly password: string | null }) | null>;
  /** The account of a listener; null when they cannot sign in. */
  byListener(listener: string): Promise<(Account & { readonly password: string | null }) | null>;
  /** Listeners who cannot sign in, by name. */
  withoutAccount(): Promise<{ readonly id: string; readonly name: string }[]>;
  /**
   * Redeems an invitation, once: creates an account for a new listener, or for the listener whom it names.
   * @returns null when the code is unknown, used or too old. @throws SegueError ALREADY_EXISTS when the name or the identity is taken
   */
  redeem(code: string, person: NewAccount, now: number): Promise<Account | null>;
  /** Replaces the password's hash and ends every session of the account. @throws SegueError NOT_FOUND */
  setPassword(listener: string, password: string): Promise<void>;
  /**
   * Removes the account with its sessions, passkeys, identities and open invitations; the listener and their data stay.
   * @throws SegueError NOT_FOUND, NOT_ALLOWED for the last administrator
   */
  remove(listener: string): Promise<void>;
  /** @param listener whom it lets sign in; absent = a new listener @throws SegueError NOT_FOUND, ALREADY_EXISTS when they can already */
  invite(code: string, role: Role, until: number, listener?: string): Promise<void>;
  /** What a code is an invitation for; null when it is not valid. */
  invited(code: string, now: number): Promise<Invitation | null>;
  /** Withdraws every open invitation that makes an administrator. */
  withdrawAdministrators(): Promise<void>;
  record(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  audit(limit: number): Promise<AuditEntry[]>;
}
