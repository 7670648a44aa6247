import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { becomes, rows, skip, until, World } from './world.ts';

describe('a slow, busy or absent server', { skip, timeout: 300_000 }, () => {
  let world: World;
  before(async () => {
    world = await World.open();
  });
  after(() => world?.close());

  const named = async (name: string): Promise<number> => {
    const { listeners } = (await (await fetch(`${world.url}/api/listeners`)).json()) as {
      listeners: { name: string }[];
    };
    return listeners.filter((listener) => listener.name === name).length;
  };
  const addPerson = async (page: Page): Promise<void> => {
    await page.goto(`${world.url}/#/home`);
    const first = page.getByRole('textbox', { name: 'Your name' });
    await first.or(page.getByRole('button', { name: 'Add a person' })).waitFor();
    if ((await first.count()) === 0) await page.getByRole('button', { name: 'Add a person' }).click();
  };
  const isAdding = (route: Route): boolean => route.request().method() === 'POST';

  test('a page that is never answered says so, without moving anything, and “Try again” asks again', async () => {
    const { page } = await world.page({ serviceWorkers: 'block' });
    let silent = true;
    await page.route('**/api/listeners', (route) => (silent ? undefined : route.continue()));
    await page.goto(`${world.url}/#/mine`);
    const heard = page.locator('main [role=status]');
    await becomes(() => heard.first().textContent(), 'Loading…');
    const height = await page.evaluate('document.querySelector("main").offsetHeight');
    await page.getByText('Still loading. Segue is busy').waitFor();
    await page.getByText('Segue hasn’t answered yet').waitFor();
    assert.equal(await page.evaluate('document.querySelector("main").offsetHeight'), height);
    silent = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Whose music is this?' }).waitFor();
    await page.context().close();
  });

  test('a list that is never answered stays, says that it is being updated, and can be asked for again', async () => {
    const { page } = await world.page({ serviceWorkers: 'block' });
    await world.startList(page);
    let silent = true;
    await page.route('**/api/recommendations', (route) => (silent ? undefined : route.continue()));
    await page.getByRole('radio', { name: 'Smooth' }).check({ force: true });
    await page.getByText('Still updating…').waitFor();
    assert.equal(await rows(page).count(), 50);
    silent = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await until(page, "document.querySelector('.results')?.getAttribute('aria-busy') === 'false'");
    assert.equal(await page.getByText('Still updating…').count(), 0);
    await page.context().close();
  });

  test('a change that a busy server refuses is made when it is free, once', async () => {
    const { page } = await world.page({ serviceWorkers: 'block' });
    await addPerson(page);
    let refusals = 2;
    await page.route('**/api/listeners', (route) =>
      isAdding(route) && refusals-- > 0
        ? route.fulfill({
            status: 503,
            headers: { 'retry-after': '1' },
            json: { error: { code: 'OVERLOADED', message: 'Busy.', remedy: null } },
          })
        : route.continue(),
    );
    await page.getByRole('textbox', { name: /name/ }).fill('Patience');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Who’s listening' }).waitFor();
    await becomes(() => named('Patience'), 1);
    await page.context().close();
  });

  test('pressing twice adds one person, and a lost connection loses no word', async () => {
    const { page } = await world.page({ serviceWorkers: 'block' });
    await addPerson(page);
    const name = page.getByRole('textbox', { name: /name/ });
    await page.route('**/api/listeners', (route) => (isAdding(route) ? route.abort() : route.continue()));
    await name.fill('Twice');
    await page.keyboard.press('Enter');
    await page.getByText('Can’t reach Segue. Check that Segue is running').first().waitFor();
    assert.equal(await name.inputValue(), 'Twice');

    await page.unroute('**/api/listeners');
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let sent = 0;
    await page.route('**/api/listeners', async (route) => {
      if (isAdding(route)) {
        sent++;
        await held;
      }
      await route.continue();
    });
    await name.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Adding…' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Adding…' }).click();
    release();
    await name.waitFor({ state: 'detached' });
    assert.equal(sent, 1);
    assert.equal(await named('Twice'), 1);
    await page.context().close();
  });
});
