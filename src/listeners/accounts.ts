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
  /** Id of the listener who did it; null when nobody was signed in. */
  readonly listener: string | null;
  readonly detail: string;
}

/** What an invitation is for. */
export interface Invitation {
  readonly role: Role;
  /** The listener who will be able to sign in; null = a new one. */
  readonly listener: { readonly id: string; readonly name: string } | null;
}

/** How a person who joins will sign in: by a password's hash, by an account elsewhere, or both. */
export interface NewAccount {
  /** Not used when the invitation is for a listener who is there already. */
  readonly name: string;
  readonly password: string | null;
  readonly identity?: Identity;
}

/**
 * Who can sign in and with what, their sessions, open invitations, and what happened to them. Secrets (session ids, invitation codes) come in and
 * are kept as digests alone: whoever reads the store cannot sign in with what is there. Times are milliseconds since 1970.
 */
export interface AccountStore extends SessionStore, PasskeyStore, IdentityStore, CeremonyStore {
  /** By name. */
  all(): Promise<Account[]>;
  /** The account to sign in to by its name, with the hash of its password, null = it has none; null when there is no account. */
  byName(name: string): Promise<(Account & { readonly password: string | null }) | null>;
  /** The account of a listener; null when they cannot sign in. */
  byListener(listener: string): Promise<(Account & { readonly password: string | null }) | null>;
  /** Listeners who cannot sign in, by name. */
  withoutAccount(): Promise<{ readonly id: string; readonly name: string }[]>;
  /**
   * Turns an invitation into an account, once: that of a new listener, or of the one whom it is for.
   * @returns null when the code is unknown, used or too old. @throws SegueError ALREADY_EXISTS when the name or the identity is taken
   */
  redeem(code: string, person: NewAccount, now: number): Promise<Account | null>;
  /** Replaces the password's hash and ends every session of the account. @throws SegueError NOT_FOUND */
  setPassword(listener: string, password: string): Promise<void>;
  /**
   * Takes the account away with its sessions, passkeys, identities and open invitations; the listener and what is kept of them stay.
   * @throws SegueError NOT_FOUND, NOT_ALLOWED for the last administrator
   */
  remove(listener: string): Promise<void>;
  /** @param listener who will be able to sign in; none = a new listener @throws SegueError NOT_FOUND, ALREADY_EXISTS when they can already */
  invite(code: string, role: Role, until: number, listener?: string): Promise<void>;
  /** What a code would be taken for; null when it would not. */
  invited(code: string, now: number): Promise<Invitation | null>;
  /** Withdraws every open invitation that makes an administrator. */
  withdrawAdministrators(): Promise<void>;
  record(entry: AuditEntry): Promise<void>;
  /** The newest entries first. */
  audit(limit: number): Promise<AuditEntry[]>;
}
