import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chooseModel, overhang, rows, skip, until, World } from './world.ts';

describe('craft in a browser', { skip }, () => {
  let world: World;
  before(async () => {
    world = await World.open();
  });
  after(() => world?.close());

  test('hostile titles are shown as text, within their space, and never run', async () => {
    const { page, complaints } = await world.page();
    await page.goto(world.url);
    const uri = `spotify:track:${'0'.padStart(22, 'h')}`;
    await page.getByRole('combobox').first().fill(uri);
    await page.keyboard.press('Enter');
    await rows(page).first().waitFor();
    await chooseModel(page, 'balanced');
    await page.locator('.row', { hasText: '<script>' }).first().waitFor();
    for (const because of await page.locator('.because').all()) await because.click();
    assert.equal(await page.evaluate('window.hacked'), undefined);
    assert.equal(await page.locator('.row img, .row script, .chip img').count(), 0);
    const text = (await page.locator('.rows').textContent()) ?? '';
    assert.ok(!text.includes('x'.repeat(300)) && !text.includes('\u202E'));
    const width = await overhang(page);
    assert.ok(width <= 0, `the page is ${width} px too wide`);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('a song plays only on request, and only then is anything foreign loaded', async () => {
    const { page, foreign } = await world.page();
    const uri = `spotify:track:${'0'.padStart(22, 'h')}`;
    await page.goto(world.url);
    await page.getByRole('combobox').first().fill(uri);
    await page.keyboard.press('Enter');
    await chooseModel(page, 'balanced');
    const spotify = page.locator('.row[data-uri^="spotify:track:"]').first();
    await spotify.waitFor();
    assert.equal(foreign.length, 0);
    assert.match(
      (await spotify.getByRole('link').getAttribute('href')) ?? '',
      /^https:\/\/open\.spotify\.com\/track\//,
    );
    await spotify.getByRole('button', { name: /^Play/ }).click();
    const allow = page.getByRole('button', { name: 'Allow Spotify' });
    await allow.waitFor();
    assert.equal(foreign.length, 0, 'nothing is asked of Spotify before it is allowed');
    await allow.click();
    await page.locator('.player iframe').waitFor();
    const player = await page.locator('.player iframe').elementHandle();
    await (await player!.contentFrame())!.waitForLoadState();
    assert.deepEqual(
      foreign.map((url) => url.replace(/track\/.*/, 'track/')),
      ['https://open.spotify.com/embed/track/'],
    );
    await page.context().close();
  });

  test('demo songs say that they are fictional instead of playing', async () => {
    const { page, foreign } = await world.page();
    await world.startList(page);
    await rows(page).first().focus();
    await page.keyboard.press('p');
    await page.getByText('fictional').waitFor();
    assert.deepEqual(foreign, []);
    await page.context().close();
  });

  test('a server that dies meanwhile: reported, nothing lost, resumed', async () => {
    const { page } = await world.page();
    await world.startList(page);
    // Rows below the fold are rendered a moment later; wait for all before counting.
    await rows(page).nth(49).waitFor({ state: 'attached' });
    const shown = await rows(page).count();
    await world.stopServer();
    const dial = page.getByRole('slider', { name: 'Diversity' });
    await dial.focus();
    await page.keyboard.press('End');
    await page.getByText('Can’t reach Segue').first().waitFor();
    assert.equal(await rows(page).count(), shown);
    await world.restartServer();
    await page.locator('.banner').waitFor({ state: 'detached' });
    await until(page, "document.querySelector('.results')?.getAttribute('aria-busy') === 'false'");
    assert.equal(await dial.inputValue(), '1');
    await page.context().close();
  });

  test('everything by keyboard: search, list, ban, undo, views', async () => {
    const { page } = await world.page();
    const [song] = (await world.server.engine.recommend({ n: 1, model: 'popularity' })).tracks;
    await page.goto(world.url);
    await page.locator('.tile').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(song!.name);
    await page.locator('.suggestion').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await rows(page).first().waitFor();
    await rows(page).first().focus();
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    const third = await rows(page).nth(2).getAttribute('data-uri');
    assert.equal(await page.evaluate('document.activeElement?.dataset.uri'), third);
    await page.keyboard.press('e');
    await page.locator('.evidence').waitFor();
    await page.keyboard.press('x');
    await until(page, `!document.querySelector('.row[data-uri="${third}"]')`);
    await page.keyboard.press('u');
    await page.locator(`.row[data-uri="${third}"]`).waitFor();
    await page.keyboard.press('3');
    await page.getByRole('heading', { name: 'This library' }).waitFor();
    await page.context().close();
  });

  test('every view works under a policy without inline styles and scripts', async () => {
    const { page, complaints } = await world.page();
    const policy = (await fetch(world.url)).headers.get('content-security-policy') ?? '';
    assert.match(policy, /style-src 'self';script-src 'self'|script-src 'self';style-src 'self'/);
    await world.startList(page);
    await page.locator('.because').first().click();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    for (const [view, ready] of [
      ['map', 'canvas'],
      ['data', '.plot-figure svg'],
      ['lab', '.compare-columns li'],
    ] as const) {
      await page.getByRole('navigation').getByRole('button', { name: view }).click();
      await page.locator(ready).first().waitFor();
    }
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('500 songs are drawn and stay quick to scroll', async () => {
    const { page } = await world.page();
    await world.startList(page);
    await page.getByRole('radio', { name: '500' }).check();
    await until(page, "document.querySelectorAll('.row').length === 500");
    await page.locator('.row').last().scrollIntoViewIfNeeded();
    await page.locator('.row').last().getByRole('button', { name: /^Play/ }).waitFor();
    await page.context().close();
  });

  test('no view is wider than a small phone', async () => {
    const { page } = await world.page({ viewport: { width: 360, height: 740 } });
    await world.startList(page);
    for (const view of ['Discover', 'Map', 'Data', 'Lab', 'For you', 'My music']) {
      await page.getByRole('navigation').getByRole('button', { name: view }).click();
      await page.locator(`nav [aria-current=page]:has-text("${view}")`).waitFor();
      await until(page, "!document.querySelector('main .skeleton')");
      const over = await overhang(page);
      assert.ok(over <= 0, `${view} is ${over} px too wide`);
    }
    await page.context().close();
  });
});
