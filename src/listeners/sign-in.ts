import type { Account, Role } from './accounts.ts';

/** A session as its owner sees it: nothing here can be used to sign in. */
export interface SessionShown {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** When it was last used, to some minutes. */
  readonly seenAt: number;
  /** What the browser called itself at sign-in; '' = unknown. */
  readonly device: string;
  /** The network address of the sign-in; '' = unknown. */
  readonly address: string;
}

/** Sessions by their secret, which is kept as a digest alone. Times are milliseconds since 1970. */
export interface SessionStore {
  /** @throws SegueError NOT_FOUND (the listener has no account) */
  startSession(
    secret: string,
    listener: string,
    session: { now: number; until: number; device: string; address: string },
  ): Promise<void>;
  /** The account of a session that is still good; null otherwise. Notes that it was used. */
  session(secret: string, now: number): Promise<Account | null>;
  /** The sessions of a listener that are still good, the newest first. */
  sessions(listener: string, now: number): Promise<SessionShown[]>;
  endSession(secret: string): Promise<void>;
  /** The id that `sessions` shows of a session. */
  sessionId(secret: string): string;
  /** Ends one of a listener's sessions by the id that `sessions` shows. @returns whether there was one */
  endSessionOf(listener: string, id: string): Promise<boolean>;
  /** Ends all of a listener's sessions. @param keep the secret of one that goes on */
  endSessions(listener: string, keep?: string): Promise<void>;
}

/** A key that a person's device holds (WebAuthn); the server has the public half. */
export interface Passkey {
  /** The credential's id, base64url. */
  readonly id: string;
  readonly listener: string;
  readonly name: string;
  /** COSE key, base64url. */
  readonly publicKey: string;
  /** How often the device says that the key was used; 0 where it does not count. */
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
  /** Notes a use. @returns false when another use has raised the counter as far meanwhile */
  usePasskey(id: string, counter: number, now: number): Promise<boolean>;
  /** @returns whether there was one @throws SegueError NOT_ALLOWED when nothing to sign in with would be left */
  removePasskey(listener: string, id: string): Promise<boolean>;
}

/** An account at a provider of sign-in (OpenID Connect). */
export interface Identity {
  readonly issuer: string;
  /** The provider's own id of the person. */
  readonly subject: string;
  /** What the person is called there, e.g. an e-mail address. */
  readonly label: string;
}

export interface IdentityStore {
  byIdentity(issuer: string, subject: string): Promise<Account | null>;
  identities(listener: string): Promise<Identity[]>;
  /** @throws SegueError ALREADY_EXISTS when it is another account's, NOT_FOUND (the listener has no account) */
  addIdentity(listener: string, identity: Identity, now: number): Promise<void>;
  /** @returns whether there was one @throws SegueError NOT_ALLOWED when nothing to sign in with would be left */
  removeIdentity(listener: string, issuer: string, subject: string): Promise<boolean>;
  /** Makes a listener with an account that signs in at a provider. @throws SegueError ALREADY_EXISTS when the name or the identity is taken */
  join(name: string, identity: Identity, role: Role, now: number): Promise<Account>;
}

/** What a sign-in of several requests has to remember between them. Any server that shares the store can go on with it. */
export interface CeremonyStore {
  begin(secret: string, data: string, now: number, until: number): Promise<void>;
  /** Takes it out: it serves once. null when it is unknown, used or too old. */
  take(secret: string, now: number): Promise<string | null>;
}
