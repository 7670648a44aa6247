import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type BrowserContext, chromium } from 'playwright-core';
import { addSong, CHROMIUM, FLAGS, rows, skip, until, World } from './world.ts';

describe('the app on a device', { skip, timeout: 120_000 }, () => {
  let world: World;
  let profile: string;
  let context: BrowserContext;
  before(async () => {
    world = await World.open({ models: ['popularity', 'balanced'] });
    profile = await mkdtemp(join(tmpdir(), 'segue-profile-'));
    // Uses its own profile: in a private window nothing can be installed.
    context = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: FLAGS });
  });
  after(async () => {
    await context?.close();
    await world?.close();
    if (profile) await rm(profile, { recursive: true, force: true, maxRetries: 10 });
  });

  test('Chromium reads the manifest without an error and would install the app', async () => {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await page.goto(world.url);
    await until(page, 'navigator.serviceWorker.controller !== null');
    const { url, errors, data } = await session.send('Page.getAppManifest');
    assert.equal(url, `${world.url}/manifest.webmanifest`);
    assert.deepEqual(errors, []);
    const { name, start_url, display, icons } = JSON.parse(data!) as {
      [field: string]: unknown;
      icons: { src: string; sizes: string; purpose: string }[];
    };
    assert.deepEqual([name, start_url, display], ['Segue', '/', 'standalone']);
    for (const purpose of ['any', 'maskable'])
      for (const size of ['192x192', '512x512'])
        assert.ok(
          icons.some((icon) => icon.purpose === purpose && icon.sizes === size),
          `${size}, ${purpose}`,
        );
    for (const { src, sizes } of icons) {
      if (sizes === 'any') continue;
      const width = await page.evaluate<number>(
        `new Promise((done, failed) => Object.assign(new Image(), { onload() { done(this.naturalWidth); }, onerror: failed, src: '${src}' }))`,
      );
      assert.equal(`${width}x${width}`, sizes, src);
    }
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    assert.deepEqual(installabilityErrors, []);
    await page.close();
  });

  test('opened without its server, the installed app shows the last list', async () => {
    const page = await context.newPage();
    await page.goto(world.url);
    await addSong(page, 'a');
    await rows(page).first().waitFor();
    const first = await rows(page).first().locator('.song-text').first().textContent();
    const address = page.url();
    await until(
      page,
      "caches.open('segue-app-1').then((c) => c.keys()).then((k) => ['discover-', 'results-', 'shared-'].every((part) => k.some((r) => r.url.includes(part))))",
    );
    await page.close();
    await world.stopServer();
    const again = await context.newPage();
    await again.goto(address);
    await rows(again).first().waitFor();
    assert.equal(await rows(again).first().locator('.song-text').first().textContent(), first);
    await again.close();
    await world.restartServer();
  });
});
