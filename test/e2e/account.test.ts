import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertClean } from './axe-findings.ts';
import { skip, World } from './world.ts';

const PASSWORD = 'several quiet words';

/** A device with a screen lock, as simulated by Chromium's tools; unlocking it succeeds. */
async function withDevice(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

describe('accounts in the browser', { skip, timeout: 120_000 }, () => {
  let world: World;
  before(async () => {
    world = await World.open({ models: ['popularity'], signIn: true });
  });
  after(() => world?.close());

  test('from the first link to a passkey and back in with it', async () => {
    const { page, complaints, foreign } = await world.page();
    await withDevice(page);
    await page.goto(world.server.firstRun!.replace('127.0.0.1', 'localhost'));
    await assertClean(page, 'joining');
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('link', { name: 'Account: Ada' }).click();
    await page.getByRole('heading', { name: 'Ada', level: 1 }).waitFor();
    await assertClean(page, 'account');
    await page.getByLabel('Name of this device').fill('Laptop');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: 'Remove Laptop' }).waitFor();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await assertClean(page, 'signing in');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('link', { name: 'Account: Ada' }).click();
    await page.getByText('last used').first().waitFor();
    await page.getByLabel('Name of this device').fill('Laptop again');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('This device already has a passkey for this account.').waitFor();
    await page.getByRole('button', { name: 'Remove Laptop' }).click();
    await page.getByRole('button', { name: 'Remove Laptop' }).waitFor({ state: 'detached' });
    assert.deepEqual(complaints, []);
    assert.deepEqual(foreign, []);
  });

  test('an existing listener is invited, on a phone, and gets a token that can read', async () => {
    const { page } = await world.page({ viewport: { width: 360, height: 740 } });
    await page.goto(`${world.url}/sign-in`);
    await page.getByLabel('Name').fill('Ada');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'Account: Ada' }).click();
    await page.getByLabel('What it is for').fill('Home automation');
    for (const scope of ['write', 'events'])
      await page.getByRole('checkbox', { name: new RegExp(`^${scope}`) }).uncheck();
    await page.getByRole('button', { name: 'Create a token' }).click();
    const token = await page.locator('.code').innerText();
    await assertClean(page, 'account on a phone');
    const ask = (path: string, method = 'GET') =>
      fetch(new URL(path, world.server.address), { method, headers: { authorization: `Bearer ${token}` } });
    assert.equal((await ask('/api/library')).status, 200);
    assert.equal((await ask('/api/jobs', 'POST')).status, 403);
    await page.getByRole('button', { name: 'Revoke Home automation' }).click();
    await page.getByRole('button', { name: 'Revoke Home automation' }).waitFor({ state: 'detached' });
    assert.equal((await ask('/api/library')).status, 401);
    await page.getByRole('button', { name: 'Create an invitation' }).click();
    await page.locator('.code', { hasText: '/join?code=' }).waitFor();
  });
});
