import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { jellyfin } from '../../src/connect/jellyfin/jellyfin.ts';
import { FakeJellyfin, fakeItems } from '../support/fake-jellyfin.ts';
import { assertClean } from './axe-findings.ts';
import { skip, World } from './world.ts';

/** Simulates a busy machine: the list of connections dates from before the end of the first sync, whose state is fetched after it. */
async function afterTheSync(page: Page): Promise<void> {
  await page.route(
    /\/api\/connections$/,
    async (route) => {
      const response = await route.fetch();
      const listed = (await response.json()) as { connections: { syncedAt: number | null; songs: number }[] };
      for (const connection of listed.connections) Object.assign(connection, { syncedAt: null, songs: 0 });
      await route.fulfill({ response, json: listed });
    },
    { times: 1 },
  );
  await page.route(/\/api\/connections\/[^/]+\/sync$/, async (route) => {
    if (route.request().method() !== 'GET') return route.continue();
    let response = await route.fetch();
    while (((await response.json()) as { state: string }).state === 'running') response = await route.fetch();
    await route.fulfill({ response });
  });
}

describe('Quick Connect in a browser', { skip, timeout: 180_000 }, () => {
  let world: World;
  const fake = new FakeJellyfin();
  before(async () => {
    await fake.start();
    fake.items = fakeItems(12);
    world = await World.open({ services: [jellyfin], models: ['popularity'] });
  });
  after(async () => {
    await world?.close();
    await fake.stop();
  });

  test('not enabled → a code that expires → a code that is confirmed → the account is read', async () => {
    const { page, complaints } = await world.page({ viewport: { width: 390, height: 844 } });
    await page.goto(world.url);
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Connections' }).click();
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
    await page.getByRole('button', { name: 'Get started', exact: true }).click();
    await page.getByRole('button', { name: 'Connect Jellyfin' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Use Quick Connect' }).click();
    assert.equal(await sheet.getByLabel('Password', { exact: true }).count(), 0);
    await sheet.getByLabel('Address', { exact: true }).fill(fake.address);

    fake.quickConnect = false;
    const ask = sheet.getByRole('button', { name: 'Get a code' });
    await ask.click();
    await sheet.getByText('Quick Connect is not enabled on').waitFor();
    fake.quickConnect = true;
    await ask.click();
    await sheet.getByText('123456', { exact: true }).waitFor();
    await assertClean(page, 'the sheet');
    fake.codes.clear();
    await sheet.getByText('The code 123456 has expired').waitFor();

    // A check without a response ends nothing.
    await page.route('**/api/connections/code/look', (route) => route.fulfill({ status: 502 }), { times: 1 });
    await afterTheSync(page);
    await ask.click();
    await sheet.getByText('Waiting for you to confirm').waitFor();
    for (const state of fake.codes.values()) state.confirmed = true;
    await page
      .locator('.account', { hasText: 'alice at 127.0.0.1' })
      .getByText(/^Synced .+ · 12 songs/)
      .waitFor();
    const [secret] = fake.codes.keys();
    assert.ok(!(await page.content()).includes(secret!));
    // Browsers log rejections and the check without a response.
    assert.deepEqual(
      complaints.filter((text) => !/status of (?:409|422|502)/.test(text)),
      [],
    );
  });
});
