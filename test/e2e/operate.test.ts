import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { assertClean } from './axe-findings.ts';
import { skip, until, World } from './world.ts';

describe('the page of operation', { skip, timeout: 180_000 }, () => {
  let world: World;
  before(async () => {
    world = await World.open({ models: ['popularity'] });
  });
  after(() => world?.close());

  const recommend = async (): Promise<void> => {
    const answer = await fetch(new URL('/api/recommendations', world.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ n: 60, model: 'popularity' }),
    });
    assert.ok(answer.ok, await answer.text());
  };

  test('says that nothing has happened yet, then shows what did, and polls only while visible', async () => {
    const { page, complaints, foreign } = await world.page();
    await page.clock.install();
    await page.goto(`${world.url}/#/operate`);
    await page.getByText('Nothing has been recommended since the server started.').waitFor();
    await page.getByText('No lists were made in the last hour.').waitFor();
    await page.getByText('No jobs have run since the server started.').waitFor();

    for (let i = 0; i < 3; i++) await recommend();
    const steps = page.getByRole('region', { name: 'Latency by step and model, as a table' });
    await steps.getByRole('row', { name: /candidates popularity 3 / }).waitFor();
    const songs = page.locator('.operate-drift li').filter({ hasText: 'Different songs per 100' });
    // Three times the same 60 songs: 60 × (1 − (80 × 79 × 78) / (180 × 179 × 178)) are expected among 100 of the 180.
    await songs.getByText('54.8').waitFor();
    await until(page, "document.querySelectorAll('.operate .plot-figure svg').length === 7");

    let asked = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/api/operation')) asked++;
    });
    await page.clock.fastForward(11_000);
    await page.waitForResponse((response) => response.url().endsWith('/api/operation'));
    await page.evaluate(
      "Object.defineProperty(document, 'visibilityState', { value: 'hidden' }); window.dispatchEvent(new Event('visibilitychange'))",
    );
    asked = 0;
    for (let i = 0; i < 5; i++) await page.clock.fastForward(11_000);
    assert.equal(asked, 0, 'a hidden page asks nothing');
    assert.deepEqual([complaints, foreign], [[], []]);
    await page.context().close();
  });

  test('a person without access reads why', async () => {
    const { page } = await world.page();
    await page.route('**/api/operation', (route) =>
      route.fulfill({ status: 403, json: { error: { code: 'NOT_ALLOWED', message: 'No.', remedy: null } } }),
    );
    await page.goto(`${world.url}/#/operate`);
    await page.getByRole('heading', { name: 'For administrators' }).waitFor();
    await page.context().close();
  });

  for (const [size, viewport] of [
    ['wide', { width: 1280, height: 900 }],
    ['phone', { width: 390, height: 844 }],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const)
      test(`no findings of axe and no overflow (${size}, ${colorScheme})`, async () => {
        const { page } = await world.page({ viewport, colorScheme });
        await page.goto(world.url);
        await page.getByRole('button', { name: 'Settings' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Operations' }).click();
        await page.locator('.operate .plot-figure svg').first().waitFor();
        await assertClean(page, 'the page of operation');
        if (process.env.SEGUE_LOOK)
          await page.screenshot({ path: `${process.env.SEGUE_LOOK}/${size}-${colorScheme}.png`, fullPage: true });
        await page.context().close();
      });
});
