import type { Account, Role } from './accounts.ts';

/** A session as shown to its owner; nothing in it can be used to sign in. */
export interface SessionShown {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** When it was last used, to within a few minutes. */
  readonly seenAt: number;
  /** The browser's name at sign-in; '' = unknown. */
  readonly device: string;
  /** The network address of the sign-in; '' = unknown. */
  readonly address: string;
}

/** Sessions by their secret, of which only a digest is stored. Times are milliseconds since 1970. */
export interface SessionStore {
  /** @throws SegueError NOT_FOUND (the listener has no account) */
  startSession(
    secret: string,
    listener: string,
    session: { now: number; until: number; device: string; address: string },
  ): Promise<void>;
  /** The account of a valid session, otherwise null. Records that the session was used. */
  session(secret: string, now: number): Promise<Account | null>;
  /** The valid sessions of a listener, newest first. */
  sessions(listener: string, now: number): Promise<SessionShown[]>;
  endSession(secret: string): Promise<void>;
  /** The id under which `sessions` lists a session. */
  sessionId(secret: string): string;
  /** Ends one of a listener's sessions, by its id in `sessions`. @returns whether there was one */
  endSessionOf(listener: string, id: string): Promise<boolean>;
  /** Ends all of a listener's sessions. @param keep secret of a session to keep */
  endSessions(listener: string, keep?: string): Promise<void>;
}

/** A key pair on a person's device (WebAuthn); the server stores the public key. */
export interface Passkey {
  /** The credential's id, base64url. */
  readonly id: string;
  readonly listener: string;
  readonly name: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  /** How often the key was used, according to the device; 0 if it does not count. */
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: number;
  readonly usedAt: number | null;
}

export interface PasskeyStore {
  /** @throws SegueError ALREADY_EXISTS, NOT_FOUND (the listener has no account) */
  addPasskey(passkey: Omit<Passkey, 'usedAt'>): Promise<void>;
  passkeys(listener: string): Promise<Passkey[]>;
  passkey(id: string): Promise<Passkey | null>;
  /** Records a use. @returns false when another use has raised the counter as far meanwhile */
  usePasskey(id: string, counter: number, now: number): Promise<boolean>;
  /** @returns whether there was one @throws SegueError NOT_ALLOWED when no way to sign in would be left */
  removePasskey(listener: string, id: string): Promise<boolean>;
}

/** An account at a sign-in provider (OpenID Connect). */
export interface Identity {
  readonly issuer: string;
  /** The provider's id of the person. */
  readonly subject: string;
  /** The person's name there, e.g. an e-mail address. */
  readonly label: string;
}

export interface IdentityStore {
  byIdentity(issuer: string, subject: string): Promise<Account | null>;
  identities(listener: string): Promise<Identity[]>;
  /** @throws SegueError ALREADY_EXISTS when it belongs to another account, NOT_FOUND (the listener has no account) */
  addIdentity(listener: string, identity: Identity, now: number): Promise<void>;
  /** @returns whether there was one @throws SegueError NOT_ALLOWED when no way to sign in would be left */
  removeIdentity(listener: string, issuer: string, subject: string): Promise<boolean>;
  /** Adds a listener whose account signs in at a provider. @throws SegueError ALREADY_EXISTS when the name or the identity is taken */
  join(name: string, identity: Identity, role: Role, now: number): Promise<Account>;
}

/** State of a sign-in between its requests. Any server that shares the store can continue it. */
export interface CeremonyStore {
  begin(secret: string, data: string, now: number, until: number): Promise<void>;
  /** Removes and returns the state, so it can be used once; null when it is unknown, used or too old. */
  take(secret: string, now: number): Promise<string | null>;
}
