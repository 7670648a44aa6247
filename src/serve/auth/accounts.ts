import { randomBytes } from 'node:crypto';
import { normaliseName } from '../../dataset/normalise.ts';
import { SegueError } from '../../errors.ts';
import type { Account, AccountStore, Role } from '../../listeners/accounts.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { Tries } from './tries.ts';

const DAY = 86_400_000;
/** How long a session lasts, in milliseconds. */
export const SESSION = 30 * DAY;
const INVITATION = 7 * DAY;
const FIRST_RUN = DAY;

/** 256 random bits. */
const secret = (): string => randomBytes(32).toString('base64url');

/** Signing in and out, invitations and passwords, over the store of accounts; everything that happens is recorded. */
export class Accounts {
  private readonly store: () => Promise<AccountStore>;
  private readonly now: () => number;
  private readonly tries: Tries;

  /** @param now milliseconds since 1970, for tests */
  constructor(store: () => Promise<AccountStore>, now: () => number = Date.now) {
    this.store = store;
    this.now = now;
    this.tries = new Tries(now);
  }

  /** A code that makes the administrator, when there is none yet; earlier ones stop working. null otherwise. */
  async firstRun(): Promise<string | null> {
    const store = await this.store();
    if ((await store.all()).some(({ role }) => role === 'administrator')) return null;
    await store.withdrawAdministrators();
    const code = secret();
    await store.invite(code, 'administrator', this.now() + FIRST_RUN);
    return code;
  }

  /** A code that makes an account, once, within a week. */
  async invite(by: Account, role: Role): Promise<string> {
    const store = await this.store();
    const code = secret();
    await store.invite(code, role, this.now() + INVITATION);
    await this.record('invited', by.listener, role);
    return code;
  }

  async invited(code: string): Promise<boolean> {
    return (await this.store()).invited(code, this.now());
  }

  /** Makes the invited account and its first session. @returns the session's id @throws SegueError NOT_ALLOWED, ALREADY_EXISTS, USAGE */
  async redeem(code: string, name: string, password: string): Promise<string> {
    const store = await this.store();
    // Whoever holds no invitation does not make the server work out hashes.
    if (!(await store.invited(code, this.now()))) throw notInvited();
    const account = await store.redeem(code, { name, password: await hashPassword(password) }, this.now());
    if (!account) throw notInvited();
    await this.record('joined', account.listener, account.role);
    return this.start(account);
  }

  /** @returns the id of a new session @throws SegueError NOT_SIGNED_IN, TOO_MANY_TRIES */
  async signIn(name: string, password: string, address: string): Promise<string> {
    const key = normaliseName(name).slice(0, 100);
    try {
      this.tries.begin(key, address);
    } catch (error) {
      await this.record('sign-in-blocked', null, address);
      throw error;
    }
    const found = await (await this.store()).byName(name);
    if (!(await verifyPassword(password, found?.password ?? null)) || !found) {
      // The name is not recorded: people type passwords there.
      await this.record('sign-in-refused', found?.listener ?? null, address);
      throw new SegueError('NOT_SIGNED_IN', { got: 'The name or the password is wrong' });
    }
    this.tries.succeeded(key, address);
    await this.record('signed-in', found.listener, address);
    return this.start(found);
  }

  async session(id: string): Promise<Account | null> {
    return (await this.store()).session(id, this.now());
  }

  async signOut(by: Account, id: string): Promise<void> {
    await (await this.store()).endSession(id);
    await this.record('signed-out', by.listener, '');
  }

  async signOutEverywhere(by: Account): Promise<void> {
    await (await this.store()).endSessions(by.listener);
    await this.record('signed-out-everywhere', by.listener, '');
  }

  /** Ends all sessions, and begins a new one. @throws SegueError NOT_SIGNED_IN when the old password is wrong; TOO_MANY_TRIES, USAGE */
  async changePassword(by: Account, old: string, next: string, address: string): Promise<string> {
    const store = await this.store();
    const key = normaliseName(by.name);
    this.tries.begin(key, address);
    const found = await store.byName(by.name);
    if (!(await verifyPassword(old, found?.password ?? null))) {
      await this.record('password-change-refused', by.listener, address);
      throw new SegueError('NOT_SIGNED_IN', { got: 'The present password is wrong' });
    }
    this.tries.succeeded(key, address);
    await store.setPassword(by.listener, await hashPassword(next));
    await this.record('password-changed', by.listener, address);
    return this.start(by);
  }

  /** @throws SegueError NOT_FOUND, NOT_ALLOWED for the last administrator */
  async remove(by: Account, listener: string): Promise<void> {
    await (await this.store()).remove(listener);
    await this.record('account-removed', by.listener, listener);
  }

  async people(): Promise<Account[]> {
    return (await this.store()).all();
  }

  private async start(account: Account): Promise<string> {
    const id = secret();
    const now = this.now();
    await (await this.store()).startSession(id, account.listener, now, now + SESSION);
    return id;
  }

  private async record(action: string, listener: string | null, detail: string): Promise<void> {
    await (await this.store()).record({ at: this.now(), action, listener, detail });
  }
}

const notInvited = (): SegueError =>
  new SegueError('NOT_ALLOWED', {
    got: 'This invitation was used, withdrawn or is too old',
    remedy: 'Ask an administrator for a new one; before there is an administrator, restart the server for a new link',
  });
