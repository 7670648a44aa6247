import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { skip, until, World } from './world.ts';

const VIEWS = [
  ['Discover', '.row'],
  ['Map', '.map-window canvas'],
  ['Data', '.plot-figure svg'],
  ['Lab', '.compare-columns li[class=""], .compare-columns li.shared'],
] as const;

describe('a page recovers by itself when its server returns', { skip, timeout: 240_000 }, () => {
  let world: World;
  before(async () => {
    world = await World.open();
  });
  after(() => world?.close());

  const start = async (page: Page): Promise<void> => {
    await world.startList(page);
    await until(page, "location.hash.includes('?')");
  };
  const show = (page: Page, view: string): Promise<void> =>
    page.getByRole('navigation').getByRole('button', { name: view }).click();

  for (const [view, ready] of VIEWS)
    test(`${view}, opened while the server was unreachable`, async () => {
      const { page } = await world.page({ serviceWorkers: 'block' });
      await start(page);
      await show(page, view === 'Lab' ? 'Data' : 'Lab');
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await world.stopServer();
      try {
        await show(page, view);
        // Discover already has its list; adding a song queries the server.
        if (view === 'Discover') {
          const dial = page.getByRole('slider', { name: 'Diversity' });
          await dial.focus();
          await page.keyboard.press('End');
        }
        await page.getByText('Can’t reach Segue').first().waitFor();
      } finally {
        await world.restartServer();
      }
      await page.locator('.banner').waitFor({ state: 'detached' });
      await page.locator(ready).first().waitFor();
      assert.equal(await page.getByText('Can’t reach Segue').count(), 0);
      assert.equal(await page.getByText('couldn’t load').count(), 0);
      await page.context().close();
    });

  test('the first page, opened from the browser’s cache', async () => {
    const { page } = await world.page();
    await page.goto(world.url);
    await page.locator('.tile').first().waitFor();
    await until(page, 'navigator.serviceWorker.controller');
    // Caches everything loaded. This is a promise, which `until` would take for true.
    await page.evaluate(`(async () => {
      for (;;) {
        const kept = new Set((await (await caches.open('segue-app-1')).keys()).map(({ url }) => url));
        const loaded = performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('/assets/'));
        if (loaded.some((name) => /discover-.*js/.test(name)) && loaded.every((name) => kept.has(name))) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })()`);
    await world.stopServer();
    try {
      await page.reload();
      await page.getByText('Can’t reach Segue').first().waitFor();
    } finally {
      await world.restartServer();
    }
    await page.locator('.tile').first().waitFor();
    await page.locator('.banner').waitFor({ state: 'detached' });
    await page.context().close();
  });
});
