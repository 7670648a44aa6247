import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { appWithAccounts } from '../../../test/support/app-with-accounts.ts';
import { SegueError } from '../../errors.ts';
import { COMMON_PASSWORDS, DIGEST } from './common-passwords.ts';
import { hashPassword, verifyPassword } from './passwords.ts';

const PASSWORD = 'several quiet words';
const DAY = 86_400_000;
const from = (address: string) => ({ address, device: '' });
const refusedWith = (code: string) => (error: unknown) => error instanceof SegueError && error.code === code;

test('a password is stored as an argon2id hash with its own salt, and only the exact password is accepted', async () => {
  const [one, other] = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)];
  assert.notEqual(one, other);
  assert.ok(one.startsWith('argon2id:') && !one.includes(PASSWORD));
  assert.equal(await verifyPassword(PASSWORD, one), true);
  assert.equal(await verifyPassword(`${PASSWORD} `, one), false);
  assert.equal(await verifyPassword(PASSWORD, null), false);
  const longest = await hashPassword('\u{1f3b5}\u{1f3b6}\u{1f3b7}\u{1f3b8}\u{1f3b9}'.repeat(40));
  assert.equal(
    await verifyPassword(`${'\u{1f3b5}\u{1f3b6}\u{1f3b7}\u{1f3b8}\u{1f3b9}'.repeat(40)}x`, longest),
    false,
    'no part is cut off',
  );
  await assert.rejects(hashPassword('eleven char'), refusedWith('USAGE'));
  assert.equal(await verifyPassword('cafe\u0301 of the north', await hashPassword('caf\u00e9 of the north')), true);
});

test('an easily guessed password is refused', async () => {
  for (const easy of [
    'aaaaaaaaaaaa',
    'abababababab',
    '123456789012',
    'qwertyuiop12',
    'Password1234',
    'passw0rdpassw0rd',
    'seguesegue2026',
    'abcdefghijklmnop',
    'Ada Lovelace!',
    '1qaz2wsx3edc4rfv',
    // Common ones that no rule tells.
    '1q2w3e4r5t6y',
    'finalfantasy',
    'FinalFantasy',
    'jamesbond007',
    'ghbdtnghbdtn',
  ])
    await assert.rejects(hashPassword(easy, 'Ada Lovelace'), refusedWith('USAGE'), easy);
  for (const fine of [PASSWORD, 'musicformyears', 'rain on the roof', 'k7#Qz!0pLw2x'])
    assert.ok(await hashPassword(fine, 'Ada'), fine);
  const digests = readFileSync(COMMON_PASSWORDS);
  const different = new Set(digests.toString('hex').match(new RegExp(`.{${2 * DIGEST}}`, 'g')));
  assert.ok(different.size >= 3000);
  assert.equal(different.size * DIGEST, digests.length);
});

test('the first link creates the administrator, once and within a day; a restart replaces an unused link', async (context) => {
  const { accounts, wait } = await appWithAccounts(context);
  const first = (await accounts.firstRun())!;
  const second = (await accounts.firstRun())!;
  await assert.rejects(accounts.redeem(first, 'Ada', PASSWORD), refusedWith('NOT_ALLOWED'));
  wait(DAY + 1);
  await assert.rejects(accounts.redeem(second, 'Ada', PASSWORD), refusedWith('NOT_ALLOWED'));
  const third = (await accounts.firstRun())!;
  await assert.rejects(accounts.redeem(third, 'Ada', 'short'), refusedWith('USAGE'));
  const account = await accounts.session(await accounts.redeem(third, 'Ada', PASSWORD));
  assert.deepEqual([account?.name, account?.role], ['Ada', 'administrator']);
  assert.equal(await accounts.firstRun(), null);
  await assert.rejects(accounts.redeem(third, 'Eve', PASSWORD), refusedWith('NOT_ALLOWED'));
});

test('an invitation used twice at the same moment creates one account; a taken name leaves it open', async (context) => {
  const { accounts, repository } = await appWithAccounts(context);
  const code = (await accounts.firstRun())!;
  await repository.listeners.add({ name: 'Eve' });
  await assert.rejects(accounts.redeem(code, 'éve', PASSWORD), refusedWith('ALREADY_EXISTS'));
  const tries = await Promise.allSettled(['Ada', 'Bob', 'Cem'].map((name) => accounts.redeem(code, name, PASSWORD)));
  assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal((await accounts.people()).length, 1);
});

test('sessions end by sign-out, a new password, age, and removal of the account', async (context) => {
  const { accounts, wait } = await appWithAccounts(context);
  const first = await accounts.redeem((await accounts.firstRun())!, 'Ada', PASSWORD);
  const ada = (await accounts.session(first))!;
  const second = await accounts.signIn('ada', PASSWORD, from('10.0.0.1'));
  assert.notEqual(first, second, 'each sign-in has an id of its own');
  await accounts.signOut(ada, second);
  assert.equal(await accounts.session(second), null);
  const renewed = await accounts.changePassword(ada, PASSWORD, 'other quiet words', from('10.0.0.1'));
  assert.equal(await accounts.session(first), null);
  assert.equal((await accounts.session(renewed))?.listener, ada.listener);
  await assert.rejects(accounts.signIn('Ada', PASSWORD, from('10.0.0.1')), refusedWith('NOT_SIGNED_IN'));
  await assert.rejects(accounts.remove(ada, ada.listener), refusedWith('NOT_ALLOWED'));
  const bob = await accounts.redeem(await accounts.invite(ada, 'listener'), 'Bob', PASSWORD);
  await accounts.remove(ada, (await accounts.session(bob))!.listener);
  assert.equal(await accounts.session(bob), null);
  wait(31 * DAY);
  assert.equal(await accounts.session(renewed), null);
});

test('after five failures, even the right password is refused for 15 minutes', async (context) => {
  const { accounts, wait } = await appWithAccounts(context);
  await accounts.redeem((await accounts.firstRun())!, 'Ada', PASSWORD);
  const tries = await Promise.allSettled(
    Array.from({ length: 8 }, (_, i) => accounts.signIn(i % 2 ? 'ADA' : 'ada', `wrong ${i}`, from('10.0.0.1'))),
  );
  const codes = tries.map((one) => (one.status === 'rejected' && (one.reason as SegueError).code) || 'in').sort();
  assert.deepEqual(codes, [...Array(5).fill('NOT_SIGNED_IN'), ...Array(3).fill('TOO_MANY_TRIES')]);
  await assert.rejects(accounts.signIn('Ada', PASSWORD, from('10.0.0.1')), refusedWith('TOO_MANY_TRIES'));
  await accounts.signIn('Ada', PASSWORD, from('10.0.0.2'));
  wait(15 * 60_000);
  for (let i = 0; i < 8; i++) await accounts.signIn('Ada', PASSWORD, from('10.0.0.1'));
});

test('actions on accounts are recorded without names, passwords or secrets', async (context) => {
  const { accounts, repository } = await appWithAccounts(context);
  const session = await accounts.redeem((await accounts.firstRun())!, 'Ada', PASSWORD);
  const ada = (await accounts.session(session))!;
  await assert.rejects(accounts.signIn('my password typed as a name', 'x', from('10.0.0.1')));
  await assert.rejects(accounts.signIn('Ada', 'wrong', from('10.0.0.1')));
  await accounts.invite(ada, 'listener');
  await accounts.signOutEverywhere(ada);
  const entries = await repository.accounts.audit(100);
  assert.deepEqual(
    entries.map(({ action, listener, detail }) => [action, listener, detail]),
    [
      ['signed-out-everywhere', ada.listener, ''],
      ['invited', ada.listener, 'listener'],
      ['sign-in-refused', ada.listener, '10.0.0.1'],
      ['sign-in-refused', null, '10.0.0.1'],
      ['joined', ada.listener, 'administrator'],
    ],
  );
  assert.doesNotMatch(JSON.stringify(entries), new RegExp(`${session}|${PASSWORD}|typed`));
});

test('the log keeps nothing that identifies a deleted listener', async (context) => {
  const { accounts, repository } = await appWithAccounts(context);
  const ada = (await accounts.session(await accounts.redeem((await accounts.firstRun())!, 'Ada', PASSWORD)))!;
  const bob = (await accounts.session(await accounts.redeem(await accounts.invite(ada, 'listener'), 'Bob', PASSWORD)))!;
  await accounts.signIn('Bob', PASSWORD, from('10.0.0.2'));
  await accounts.remove(ada, bob.listener);
  await repository.listeners.remove(bob.listener);
  const entries = await repository.accounts.audit(100);
  assert.deepEqual(
    entries.map(({ action, listener, detail }) => [action, listener, detail]),
    [
      ['account-removed', ada.listener, ''],
      ['signed-in', null, ''],
      ['joined', null, ''],
      ['invited', ada.listener, 'listener'],
      ['joined', ada.listener, 'administrator'],
    ],
  );
});
