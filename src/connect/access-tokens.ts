import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { SegueError } from '../errors.ts';
import { SCOPE_NAMES, type Scope, USUAL_SCOPES } from './scopes.ts';
import type { ConnectionStore } from './store.ts';

/** A token with which another program signs in: a music server's plugin, a scrobbler, a player. */
export interface AccessToken {
  readonly id: string;
  /** The listener whom it acts for. */
  readonly listener: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** When it was last used, to within a few minutes; null = never, as far as is known. */
  readonly usedAt: number | null;
}

/** Precision, in milliseconds, with which uses are recorded. */
const NOTED = 5 * 60_000;

/** How a Subsonic client signs in. */
export interface SubsonicSignIn {
  readonly user?: string;
  /** In plain text, or `enc:` and hex. */
  readonly password?: string;
  /** md5(token + salt), hex. */
  readonly token?: string;
  readonly salt?: string;
  readonly apiKey?: string;
}

const digest = (token: string): string => createHash('sha256').update(token).digest('base64url');
const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/**
 * Tokens with which other programs sign in; each acts for one listener and can be revoked. They are looked up by digest, and also stored encrypted,
 * because Subsonic clients prove that they know the token instead of sending it.
 */
export class AccessTokens {
  private readonly store: ConnectionStore;

  constructor(store: ConnectionStore) {
    this.store = store;
  }

  /** @returns the token itself, which is shown only once */
  create(
    listener: string,
    name: string,
    scopes: readonly Scope[] = USUAL_SCOPES,
    now = Date.now(),
  ): { id: string; token: string } {
    const id = randomBytes(6).toString('hex');
    const token = randomBytes(24).toString('base64url');
    this.store.run(
      'INSERT INTO access_token (id, listener, name, digest, sealed, created_at, scopes) VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      listener,
      name,
      digest(token),
      this.store.seal({ token }, id),
      now,
      SCOPE_NAMES.filter((scope) => scopes.includes(scope)).join(' '),
    );
    return { id, token };
  }

  list(): AccessToken[] {
    return this.store.statement('SELECT * FROM access_token ORDER BY created_at, id').all().map(tokenOf);
  }

  /** @throws SegueError NOT_FOUND */
  revoke(id: string): void {
    if (this.store.run('DELETE FROM access_token WHERE id = ?', id) === 0)
      throw new SegueError('NOT_FOUND', {
        got: `There is no access token "${id.slice(0, 60)}"`,
        expected: 'an id from the list of tokens',
      });
  }

  /** Revokes all tokens of a listener. */
  revokeAllOf(listener: string): void {
    this.store.run('DELETE FROM access_token WHERE listener = ?', listener);
  }

  /** The record of a token; null if unknown. */
  find(token: string): AccessToken | null {
    const row = this.store.statement('SELECT * FROM access_token WHERE digest = ?').get(digest(token));
    return row ? this.used(tokenOf(row)) : null;
  }

  private used(token: AccessToken, now = Date.now()): AccessToken {
    if (now - (token.usedAt ?? 0) > NOTED)
      this.store.run('UPDATE access_token SET used_at = ? WHERE id = ?', now, token.id);
    return token;
  }

  /** The token of a header `Authorization: Token …` or `Bearer …`. */
  ofHeader(header: string | undefined): AccessToken | null {
    const token = /^(?:Token|Bearer)\s+(\S+)$/i.exec(header ?? '')?.[1];
    return token === undefined ? null : this.find(token);
  }

  /** The token of a Subsonic sign-in: the user is the listener's id, the password one of their tokens. */
  ofSubsonic({ user, password, token, salt, apiKey }: SubsonicSignIn): AccessToken | null {
    if (apiKey !== undefined) return this.find(apiKey);
    if (password !== undefined) {
      const plain = password.startsWith('enc:') ? Buffer.from(password.slice(4), 'hex').toString('utf8') : password;
      const found = this.find(plain);
      return found && found.listener === user ? found : null;
    }
    if (token === undefined || salt === undefined || user === undefined) return null;
    const rows = this.store.statement('SELECT * FROM access_token WHERE listener = ?').all(user);
    const found = rows.find((row) => {
      const secrets = this.store.unseal(row.sealed as Uint8Array, String(row.id));
      return same(md5((secrets.token ?? '') + salt), token.toLowerCase());
    });
    return found ? this.used(tokenOf(found)) : null;
  }
}

const tokenOf = (row: Record<string, unknown>): AccessToken => ({
  id: String(row.id),
  listener: String(row.listener),
  name: String(row.name),
  scopes: SCOPE_NAMES.filter((scope) => String(row.scopes).split(' ').includes(scope)),
  createdAt: Number(row.created_at),
  usedAt: row.used_at === null ? null : Number(row.used_at),
});
