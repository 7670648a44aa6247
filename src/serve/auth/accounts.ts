import { randomBytes } from 'node:crypto';
import { normaliseName } from '../../dataset/normalise.ts';
import { SegueError } from '../../errors.ts';
import type { Account, AccountStore, Invitation, Role } from '../../listeners/accounts.ts';
import type { Identity, SessionShown } from '../../listeners/sign-in.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { Tries } from './tries.ts';

const DAY = 86_400_000;
/** How long a session lasts, in milliseconds. */
export const SESSION = 30 * DAY;
const INVITATION = 7 * DAY;
const FIRST_RUN = DAY;

/** Origin of a sign-in. */
export interface Client {
  /** The network address. */
  readonly address: string;
  /** The `User-Agent` header, shown in the list of sessions. */
  readonly device: string;
}

const UNKNOWN: Client = { address: '', device: '' };

/** 256 random bits. */
export const secret = (): string => randomBytes(32).toString('base64url');

/** Sign-in and sign-out, invitations and passwords, over the store of accounts; every action is recorded in the audit log. */
export class Accounts {
  readonly store: () => Promise<AccountStore>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  private readonly tries: Tries;

  /** @param now milliseconds since 1970, for tests */
  constructor(store: () => Promise<AccountStore>, now: () => number = Date.now) {
    this.store = store;
    this.now = now;
    this.tries = new Tries(now);
  }

  /** A code that creates the first administrator and replaces earlier codes; null when there is one already. */
  async firstRun(): Promise<string | null> {
    const store = await this.store();
    if ((await store.all()).some(({ role }) => role === 'administrator')) return null;
    await store.withdrawAdministrators();
    const code = secret();
    await store.invite(code, 'administrator', this.now() + FIRST_RUN);
    return code;
  }

  /**
   * A code that creates an account, once, within a week.
   * @param listener who gets it; none = a new listener @throws SegueError NOT_FOUND, ALREADY_EXISTS
   */
  async invite(by: Account, role: Role, listener?: string): Promise<string> {
    const store = await this.store();
    const code = secret();
    await store.invite(code, role, this.now() + INVITATION, listener);
    await this.record('invited', by.listener, role);
    return code;
  }

  async invited(code: string): Promise<Invitation | null> {
    return (await this.store()).invited(code, this.now());
  }

  /**
   * Creates the invited account and its first session. @param name of a new listener
   * @returns the session's id @throws SegueError NOT_ALLOWED, ALREADY_EXISTS, USAGE
   */
  async redeem(code: string, name: string, password: string, client: Client = UNKNOWN): Promise<string> {
    const store = await this.store();
    // Without an invitation, no password is hashed, which would cost processor time.
    if (!(await store.invited(code, this.now()))) throw notInvited();
    return this.joined(code, { name, password: await hashPassword(password, name) }, client);
  }

  /** The same for someone who signs in with a provider. */
  async redeemWith(code: string, name: string, identity: Identity, client: Client): Promise<string> {
    return this.joined(code, { name, password: null, identity }, client);
  }

  private async joined(
    code: string,
    person: { name: string; password: string | null; identity?: Identity },
    client: Client,
  ): Promise<string> {
    const account = await (await this.store()).redeem(code, person, this.now());
    if (!account) throw notInvited();
    await this.record('joined', account.listener, account.role);
    return this.start(account, client);
  }

  /** @returns the id of a new session @throws SegueError NOT_SIGNED_IN, TOO_MANY_TRIES */
  async signIn(name: string, password: string, client: Client): Promise<string> {
    const { address } = client;
    const key = normaliseName(name).slice(0, 100);
    try {
      this.tries.begin(key, address);
    } catch (error) {
      await this.record('sign-in-blocked', null, address);
      throw error;
    }
    const found = await (await this.store()).byName(name);
    if (!(await verifyPassword(password, found?.password ?? null)) || !found) {
      // The name is not recorded, because people sometimes type their password there.
      await this.record('sign-in-refused', found?.listener ?? null, address);
      throw new SegueError('NOT_SIGNED_IN', { got: 'The name or password is wrong' });
    }
    this.tries.succeeded(key, address);
    return this.enter(found, client);
  }

  /** Creates a session for a person whose identity has been verified. */
  async enter(account: Account, client: Client): Promise<string> {
    await this.record('signed-in', account.listener, client.address);
    return this.start(account, client);
  }

  async session(id: string): Promise<Account | null> {
    return (await this.store()).session(id, this.now());
  }

  async signOut(by: Account, id: string): Promise<void> {
    await (await this.store()).endSession(id);
    await this.record('signed-out', by.listener, '');
  }

  /** @param keep the session to keep; none = all end */
  async signOutEverywhere(by: Account, keep?: string): Promise<void> {
    await (await this.store()).endSessions(by.listener, keep);
    await this.record(keep === undefined ? 'signed-out-everywhere' : 'signed-out-elsewhere', by.listener, '');
  }

  async sessions(of: Account): Promise<SessionShown[]> {
    return (await this.store()).sessions(of.listener, this.now());
  }

  /** Ends one session, by its id in `sessions`. */
  async endSession(by: Account, id: string): Promise<void> {
    if (await (await this.store()).endSessionOf(by.listener, id)) await this.record('session-ended', by.listener, '');
  }

  /**
   * Ends all sessions and starts a new one.
   * @param old not needed if the account has no password @throws SegueError NOT_SIGNED_IN when the old password is wrong; TOO_MANY_TRIES, USAGE
   */
  async changePassword(by: Account, old: string, next: string, client: Client): Promise<string> {
    const { address } = client;
    const store = await this.store();
    const key = normaliseName(by.name);
    this.tries.begin(key, address);
    const found = await store.byListener(by.listener);
    if (found?.password !== null && !(await verifyPassword(old, found?.password ?? null))) {
      await this.record('password-change-refused', by.listener, address);
      throw new SegueError('NOT_SIGNED_IN', { got: 'The current password is wrong' });
    }
    this.tries.succeeded(key, address);
    await store.setPassword(by.listener, await hashPassword(next, by.name));
    await this.record('password-changed', by.listener, address);
    return this.start(by, client);
  }

  /** @throws SegueError NOT_FOUND, NOT_ALLOWED for the last administrator */
  async remove(by: Account, listener: string): Promise<void> {
    await (await this.store()).remove(listener);
    await this.record('account-removed', by.listener, listener);
  }

  async people(): Promise<Account[]> {
    return (await this.store()).all();
  }

  private async start(account: Account, { address, device }: Client): Promise<string> {
    const id = secret();
    const now = this.now();
    await (await this.store()).startSession(id, account.listener, { now, until: now + SESSION, address, device });
    return id;
  }

  /** Counts a sign-in attempt from this address; `forgiveTry` removes it again on success. @throws SegueError TOO_MANY_TRIES */
  countTry({ address }: Client): void {
    this.tries.begin(null, address);
  }

  forgiveTry({ address }: Client): void {
    this.tries.succeeded(null, address);
  }

  /** Adds an entry to the audit log. @param detail without names and secrets */
  async record(action: string, listener: string | null, detail: string): Promise<void> {
    await (await this.store()).record({ at: this.now(), action, listener, detail });
  }
}

const notInvited = (): SegueError =>
  new SegueError('NOT_ALLOWED', {
    got: 'This invitation was already used, was withdrawn or has expired',
    remedy: 'Ask an administrator for a new one; before there is an administrator, restart the server for a new link',
  });
