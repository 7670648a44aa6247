import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SegueError } from '../../src/errors.ts';
import type { Account, AccountStore } from '../../src/listeners/accounts.ts';
import { openRepository } from '../../src/listeners/open.ts';
import type { ListenerRepository } from '../../src/listeners/repository.ts';
import { type Postgres, postgresLacks, startPostgres } from '../support/postgres.ts';
import { withTemporary } from '../support/temporary.ts';

const NOW = Date.UTC(2026, 10, 29);
const LATER = NOW + 1000;
const failsWith = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;
const ISSUER = 'https://id.example';

interface World {
  readonly repository: ListenerRepository;
  readonly accounts: AccountStore;
  /** Another process on the same store. */
  readonly other: AccountStore;
  /** Makes concurrent changes: another process, or this one where SQLite would make a thread wait for itself. */
  readonly racing: AccountStore;
  /** An unused name. */
  fresh(): string;
  /** A new account with a password. */
  join(role?: Account['role']): Promise<Account>;
}

/** The contract for every store of accounts. */
function contract(
  title: string,
  skip: string | false,
  open: () => Promise<[ListenerRepository, ListenerRepository]>,
): void {
  describe(`the store of accounts: ${title}`, { skip }, () => {
    let stores: [ListenerRepository, ListenerRepository];
    let count = 0;
    before(async () => {
      stores = await open();
      // A permanent administrator, so that no test accidentally removes the last one.
      await stores[0].accounts.invite('root', 'administrator', LATER);
      await stores[0].accounts.redeem('root', { name: 'Root', password: 'hash' }, NOW);
    });
    after(async () => {
      for (const store of stores ?? []) await store.close();
    });
    const it = (what: string, check: (world: World) => Promise<void>): void => {
      test(what, async () => {
        const [repository, second] = stores;
        const { accounts } = repository;
        const fresh = (): string => `Person ${count++}`;
        const join = async (role: Account['role'] = 'listener'): Promise<Account> => {
          const code = `code ${count++}`;
          await accounts.invite(code, role, LATER);
          return (await accounts.redeem(code, { name: fresh(), password: 'hash' }, NOW))!;
        };
        const racing = repository.kind === 'postgres' ? second.accounts : accounts;
        await check({ repository, accounts, other: second.accounts, racing, fresh, join });
      });
    };

    it('an invitation creates one account, once, in time, even when two processes redeem it at the same moment', async ({
      accounts,
      other,
      racing,
      fresh,
    }) => {
      await accounts.invite('late', 'listener', NOW);
      assert.equal(await accounts.invited('late', NOW), null);
      assert.equal(await accounts.redeem('late', { name: fresh(), password: 'hash' }, NOW), null);
      await accounts.invite('twice', 'listener', LATER);
      assert.deepEqual(await other.invited('twice', NOW), { role: 'listener', listener: null });
      const made = await Promise.all(
        [accounts, racing, accounts, racing].map((store) =>
          store.redeem('twice', { name: fresh(), password: 'hash' }, NOW),
        ),
      );
      assert.equal(made.filter((account) => account !== null).length, 1);
      assert.equal(await accounts.invited('twice', NOW), null);
    });

    it('a taken name leaves the invitation open and nothing behind', async ({ accounts, repository, join }) => {
      const { name } = await join();
      await accounts.invite('taken', 'listener', LATER);
      const before = (await repository.listeners.all()).length;
      const again = accounts.redeem('taken', { name: name.toUpperCase(), password: 'hash' }, NOW);
      await assert.rejects(again, failsWith('ALREADY_EXISTS'));
      assert.ok(await accounts.invited('taken', NOW));
      assert.equal((await repository.listeners.all()).length, before);
    });

    it('an existing listener gets an account and keeps their name and data', async ({
      accounts,
      other,
      repository,
      fresh,
    }) => {
      const { id, name } = await repository.listeners.add({ name: fresh() });
      assert.ok((await accounts.withoutAccount()).some((listener) => listener.id === id));
      assert.equal(await accounts.byListener(id), null);
      await accounts.invite('own', 'listener', LATER, id);
      await accounts.invite('own too', 'listener', LATER, id);
      assert.deepEqual(await other.invited('own', NOW), { role: 'listener', listener: { id, name } });
      const account = await accounts.redeem('own', { name: 'Somebody else', password: 'hash' }, NOW);
      assert.deepEqual(account, { listener: id, name, role: 'listener', createdAt: NOW });
      assert.equal((await accounts.byName(name))?.listener, id);
      assert.ok(!(await accounts.withoutAccount()).some((listener) => listener.id === id));
      const second = accounts.redeem('own too', { name, password: 'hash' }, NOW);
      await assert.rejects(second, failsWith('ALREADY_EXISTS'));
      await assert.rejects(accounts.invite('third', 'listener', LATER, id), failsWith('ALREADY_EXISTS'));
      await assert.rejects(accounts.invite('fourth', 'listener', LATER, 'nobody'), failsWith('NOT_FOUND'));
    });

    it('an administrator’s open invitations are withdrawn, others stay', async ({ accounts, repository, fresh }) => {
      const { id } = await repository.listeners.add({ name: fresh() });
      await accounts.invite('a1', 'administrator', LATER);
      await accounts.invite('a2', 'administrator', LATER, id);
      await accounts.invite('l1', 'listener', LATER);
      await accounts.withdrawAdministrators();
      assert.deepEqual([await accounts.invited('a1', NOW), await accounts.invited('a2', NOW)], [null, null]);
      assert.ok(await accounts.invited('l1', NOW));
    });

    it('sessions are found by their secret until they end, and end one by one', async ({ accounts, other, join }) => {
      const [ada, bob] = [await join(), await join()];
      const start = (secret: string, { listener }: Account, now: number) =>
        accounts.startSession(secret, listener, { now, until: now + 1000, device: 'Phone\0', address: '10.0.0.1' });
      await start('s1', ada, NOW);
      await start('s2', ada, NOW + 10);
      await start('s3', bob, NOW);
      assert.deepEqual(await other.session('s1', NOW + 999), ada);
      assert.equal(await other.session('s1', NOW + 1000), null);
      assert.equal(await other.session('nothing', NOW), null);
      const shown = await accounts.sessions(ada.listener, NOW + 20);
      assert.deepEqual(
        shown.map(({ id, createdAt, address }) => [id, createdAt, address]),
        [
          [accounts.sessionId('s2'), NOW + 10, '10.0.0.1'],
          [accounts.sessionId('s1'), NOW, '10.0.0.1'],
        ],
      );
      assert.doesNotMatch(JSON.stringify(shown), /s1|s2/, 'nothing to sign in with is shown');
      assert.equal(await accounts.endSessionOf(bob.listener, shown[0]!.id), false, 'another listener’s session');
      assert.equal(await accounts.endSessionOf(ada.listener, shown[0]!.id), true);
      assert.equal(await accounts.session('s2', NOW + 20), null);
      await start('s4', ada, NOW + 30);
      await accounts.endSessions(ada.listener, 's1');
      assert.deepEqual([await accounts.session('s4', NOW + 40), await accounts.session('s1', NOW + 40)], [null, ada]);
      await accounts.endSessions(ada.listener);
      assert.equal(await accounts.session('s1', NOW + 40), null);
      assert.ok(await accounts.session('s3', NOW + 40));
      await accounts.endSession('s3');
      assert.equal(await accounts.session('s3', NOW + 40), null);
      await assert.rejects(start('s5', { ...ada, listener: 'nobody' }, NOW), failsWith('NOT_FOUND'));
    });

    it('the last use of a session is recorded, to within some minutes', async ({ accounts, join }) => {
      const { listener } = await join();
      await accounts.startSession('used', listener, { now: NOW, until: NOW + 1e9, device: '', address: '' });
      const seenAt = async () => (await accounts.sessions(listener, NOW))[0]!.seenAt;
      await accounts.session('used', NOW + 60_000);
      assert.equal(await seenAt(), NOW);
      await accounts.session('used', NOW + 3_600_000);
      assert.equal(await seenAt(), NOW + 3_600_000);
    });

    it('a new password ends all sessions; an account goes with everything to sign in with, the last administrator stays', async ({
      accounts,
      repository,
      join,
    }) => {
      const { listener, name } = await join('administrator');
      const start = (secret: string) =>
        accounts.startSession(secret, listener, { now: NOW, until: LATER, device: '', address: '' });
      await start('p1');
      await accounts.setPassword(listener, 'other hash');
      assert.equal(await accounts.session('p1', NOW), null);
      assert.equal((await accounts.byName(name))?.password, 'other hash');
      await start('p2');
      await accounts.addPasskey({ ...KEY, id: 'of the removed', listener });
      await accounts.addIdentity(listener, { issuer: ISSUER, subject: 'of the removed', label: '' }, NOW);
      await accounts.remove(listener);
      assert.equal(await accounts.session('p2', NOW), null);
      assert.equal(await accounts.passkey('of the removed'), null);
      assert.equal(await accounts.byIdentity(ISSUER, 'of the removed'), null);
      assert.equal((await repository.listeners.get(listener)).name, name);
      await assert.rejects(accounts.setPassword(listener, 'hash'), failsWith('NOT_FOUND'));
      const administrators = (await accounts.all()).filter(({ role }) => role === 'administrator');
      const outcomes = await Promise.allSettled(administrators.map((account) => accounts.remove(account.listener)));
      assert.ok(outcomes.some(({ status }) => status === 'rejected'));
      assert.ok((await accounts.all()).some(({ role }) => role === 'administrator'));
    });

    it('an old invitation does not bring back a removed account, and starts no session', async ({
      accounts,
      repository,
      fresh,
    }) => {
      const { id, name } = await repository.listeners.add({ name: fresh() });
      for (const code of ['used', 'left over']) await accounts.invite(code, 'listener', LATER, id);
      await accounts.redeem('used', { name, password: 'hash' }, NOW);
      await accounts.remove(id);
      assert.equal(await accounts.invited('left over', NOW), null);
      assert.equal(await accounts.redeem('left over', { name, password: 'hash' }, NOW), null);
      const late = accounts.startSession('late', id, { now: NOW, until: LATER, device: '', address: '' });
      await assert.rejects(late, failsWith('NOT_FOUND'));
    });

    it('when all administrators are removed at the same moment, one stays', async ({ accounts, racing, join }) => {
      for (let round = 0; round < 20; round++) {
        await join('administrator');
        const all = (await accounts.all()).filter(({ role }) => role === 'administrator');
        await Promise.allSettled(all.map(({ listener }, i) => (i % 2 ? racing : accounts).remove(listener)));
        const left = (await accounts.all()).filter(({ role }) => role === 'administrator');
        assert.equal(left.length, 1, `round ${round}`);
      }
    });

    it('a passkey belongs to one account, is found by its id, and its counter only rises', async ({
      accounts,
      join,
    }) => {
      const [ada, bob] = [await join(), await join()];
      const key = { ...KEY, id: `key of ${ada.listener}`, listener: ada.listener };
      await accounts.addPasskey(key);
      await assert.rejects(accounts.addPasskey({ ...key, listener: bob.listener }), failsWith('ALREADY_EXISTS'));
      await assert.rejects(accounts.addPasskey({ ...key, id: 'x', listener: 'nobody' }), failsWith('NOT_FOUND'));
      assert.deepEqual(await accounts.passkey(key.id), { ...key, usedAt: null });
      assert.equal(await accounts.usePasskey(key.id, 6, NOW), true);
      assert.equal(await accounts.usePasskey(key.id, 6, NOW), false, 'a copy of the key');
      assert.equal(await accounts.usePasskey(key.id, 0, NOW), false);
      assert.deepEqual(
        (await accounts.passkeys(ada.listener)).map(({ counter, usedAt }) => [counter, usedAt]),
        [[6, NOW]],
      );
      assert.equal(await accounts.removePasskey(bob.listener, key.id), false, 'another listener’s');
      assert.equal(await accounts.removePasskey(ada.listener, key.id), true);
      assert.deepEqual(await accounts.passkeys(ada.listener), []);
      const silent = { ...key, id: `silent ${ada.listener}`, counter: 0 };
      await accounts.addPasskey(silent);
      assert.equal(await accounts.usePasskey(silent.id, 0, NOW), true, 'keys that never count');
      assert.equal(await accounts.usePasskey(silent.id, 0, NOW), true);
    });

    it('a provider’s account leads to one account, and the last way to sign in stays', async ({
      accounts,
      other,
      fresh,
      join,
    }) => {
      const identity = { issuer: ISSUER, subject: fresh(), label: 'ada@example.org' };
      const made = await accounts.join(fresh(), identity, 'listener', NOW);
      assert.deepEqual(await other.byIdentity(ISSUER, identity.subject), made);
      assert.equal(await accounts.byIdentity('https://other.example', identity.subject), null);
      assert.equal((await accounts.byListener(made.listener))?.password, null);
      await assert.rejects(accounts.join(fresh(), identity, 'listener', NOW), failsWith('ALREADY_EXISTS'));
      const bob = await join();
      await assert.rejects(accounts.addIdentity(bob.listener, identity, NOW), failsWith('ALREADY_EXISTS'));
      await assert.rejects(accounts.removeIdentity(made.listener, ISSUER, identity.subject), failsWith('NOT_ALLOWED'));
      assert.deepEqual(await accounts.identities(made.listener), [identity]);
      await accounts.addPasskey({ ...KEY, id: `way ${made.listener}`, listener: made.listener });
      assert.equal(await accounts.removeIdentity(bob.listener, ISSUER, identity.subject), false);
      assert.equal(await accounts.removeIdentity(made.listener, ISSUER, identity.subject), true);
      await assert.rejects(accounts.removePasskey(made.listener, `way ${made.listener}`), failsWith('NOT_ALLOWED'));
    });

    it('an invitation is redeemed with a provider’s account', async ({ accounts, fresh, join }) => {
      const identity = { issuer: ISSUER, subject: fresh(), label: '' };
      await accounts.invite('elsewhere', 'administrator', LATER);
      const made = await accounts.redeem('elsewhere', { name: fresh(), password: null, identity }, NOW);
      assert.deepEqual(await accounts.byIdentity(ISSUER, identity.subject), made);
      assert.equal(made?.role, 'administrator');
      const bob = await join();
      await accounts.invite('known', 'listener', LATER);
      const second = accounts.redeem('known', { name: fresh(), password: null, identity }, NOW);
      await assert.rejects(second, failsWith('ALREADY_EXISTS'));
      assert.ok(await accounts.invited('known', NOW), 'the invitation stays open');
      assert.ok(await accounts.byListener(bob.listener));
    });

    it('the state of a sign-in is handed out once, to any server, in time', async ({ accounts, other, racing }) => {
      await accounts.begin('c1', '{"a":1}', NOW, LATER);
      const taken = await Promise.all([racing.take('c1', NOW), accounts.take('c1', NOW)]);
      assert.deepEqual(
        taken.filter((data) => data !== null),
        ['{"a":1}'],
      );
      await accounts.begin('c2', '{}', NOW, NOW + 10);
      assert.equal(await accounts.take('c2', NOW + 10), null);
      assert.equal(await other.take('never', NOW), null);
    });

    it('the log is listed newest first', async ({ accounts }) => {
      for (const action of ['one', 'two']) await accounts.record({ at: NOW, action, listener: null, detail: 'nul \0' });
      assert.deepEqual(
        (await accounts.audit(2)).map(({ action }) => action),
        ['two', 'one'],
      );
    });
  });
}

const KEY = { name: 'Laptop', publicKey: 'cGs', counter: 5, transports: ['internal'], createdAt: NOW };

describe('embedded', () => {
  let done: (() => void) | undefined;
  contract(
    'SQLite in the library folder',
    false,
    () =>
      new Promise((resolve, reject) => {
        withTemporary(async (dir) => {
          resolve([await openRepository(dir), await openRepository(dir)]);
          await new Promise<void>((end) => (done = end));
        }).catch(reject);
      }),
  );
  after(() => done?.());
});

describe('postgres', () => {
  let postgres: Postgres | undefined;
  contract('PostgreSQL', postgresLacks, async () => {
    postgres = await startPostgres();
    return [await openRepository('unused', postgres.url), await openRepository('unused', postgres.url)];
  });
  after(() => postgres?.stop());
});
