import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeFindings } from './axe-findings.ts';
import { becomes, skip, until, World } from './world.ts';

describe('saved lists', { skip, timeout: 240_000 }, () => {
  let world: World;
  before(async () => {
    world = await World.open();
  });
  after(() => world?.close());

  const save = async (page: Page, where: RegExp): Promise<void> => {
    await page.getByRole('button', { name: 'Export this list' }).click();
    await page.getByRole('menuitem', { name: where }).click();
    await page.getByText(/^Saved “/).waitFor();
  };

  test('saved in the browser without a listener, moved to the first listener, found from another browser', async () => {
    const { page, complaints } = await world.page();
    await world.startList(page);
    await save(page, /^Save in this browser$/);
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('heading', { name: 'Lists saved in this browser' }).waitFor();

    await page.getByRole('navigation').getByRole('button', { name: 'For you' }).click();
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
    await page.getByRole('button', { name: 'Get started' }).click();
    await page.getByText('Drop an export from Spotify').waitFor();
    await page.getByRole('navigation').getByRole('button', { name: 'Discover' }).click();
    await page.getByRole('button', { name: 'Move 1 list from this browser to Ada' }).click();
    const lists = page.getByRole('region', { name: 'Saved lists of Ada' });
    await lists.getByRole('button', { name: /50 songs/ }).waitFor();

    await world.startList(page);
    await page.getByRole('radio', { name: '25' }).check();
    await until(page, "document.querySelectorAll('.row').length === 25");
    await save(page, /^Save in Ada’s lists$/);

    const other = (await world.page()).page;
    await other.goto(world.url);
    const theirs = other.getByRole('region', { name: 'Saved lists of Ada' });
    await theirs.getByRole('button', { name: /25 songs/ }).waitFor();
    await theirs
      .getByRole('button', { name: /^Delete/ })
      .first()
      .click();
    await theirs.getByRole('button', { name: /25 songs/ }).waitFor({ state: 'detached' });
    await theirs.getByRole('button', { name: 'Undo' }).click();
    await theirs.getByRole('button', { name: /25 songs/ }).click();
    await until(other, "document.querySelectorAll('.row').length === 50");

    const { listeners } = (await (await fetch(`${world.url}/api/listeners`)).json()) as { listeners: { id: string }[] };
    const at = `${world.url}/api/listeners/${listeners[0]!.id}/lists`;
    const { items } = (await (await fetch(at)).json()) as { items: { id: string; length: number }[] };
    assert.deepEqual(
      items.map(({ length }) => length),
      [25],
      'made again under its title, the list has a new version',
    );
    const newest = items.find(({ length }) => length === 25)!;
    const { latest } = (await (await fetch(`${at}/${newest.id}`)).json()) as {
      latest: { recipe: { request: { n: number; seeds: unknown[] } } };
    };
    assert.equal(latest.recipe.request.n, 25);
    assert.equal(latest.recipe.request.seeds.length, 1);

    await other.getByRole('navigation').getByRole('button', { name: 'My music' }).click();
    await other.getByRole('radio', { name: 'Lists' }).check({ force: true });
    await other.getByText(/^25 songs .* version 2$/).waitFor();
    await other.getByRole('button', { name: /^Open:/ }).click();
    const sheet = other.getByRole('dialog');
    const songs = sheet.getByRole('list').locator('li');
    await until(other, "document.querySelectorAll('dialog .shelf li').length === 25");
    await sheet.getByLabel('Version').selectOption('1');
    await songs.nth(49).waitFor();
    await sheet.getByRole('button', { name: 'Restore version 1' }).click();
    await sheet.getByText('Restored version 1.').waitFor();
    await becomes(() => sheet.getByLabel('Version').inputValue(), '3');
    await sheet.getByRole('button', { name: 'Undo' }).click();
    await until(other, "document.querySelectorAll('dialog .shelf li').length === 25");
    await becomes(() => sheet.getByLabel('Version').inputValue(), '4');
    assert.deepEqual(await axeFindings(other), []);
    assert.deepEqual(complaints, []);
    await other.context().close();
    await page.context().close();
  });

  test('the device’s share sheet receives the list as text', async () => {
    const { page } = await world.page({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await page.addInitScript('navigator.share = async (data) => { window.shared = data; }');
    await world.startList(page);
    await page.getByRole('button', { name: 'Export this list' }).click();
    await page.getByRole('menuitem', { name: 'Share…' }).click();
    const { text } = await page.evaluate<{ text: string }>('window.shared');
    assert.equal(text.split('\n').length, 50);
    assert.match(text, /^1\. .+ – .+/);
    await page.context().close();
  });
});
