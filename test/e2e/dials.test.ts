import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { rows, skip, until, World } from './world.ts';

interface Asked {
  filters?: Record<string, unknown>;
}

describe('dials, pins and the map, control by control', { skip, timeout: 240_000 }, () => {
  let world: World;
  before(async () => {
    world = await World.open({ models: ['popularity', 'balanced', 'clusters', 'genre-first', 'audio'] });
  });
  after(() => world?.close());

  /** The next query with matching filters. */
  const asked = async (page: Page, fits: (filters: Record<string, unknown>) => boolean): Promise<void> => {
    await page.waitForRequest(
      (request) =>
        request.url().endsWith('/api/recommendations') && fits((request.postDataJSON() as Asked).filters ?? {}),
    );
  };

  test('songs of unknown year are left out until they are included; undo names the change', async () => {
    const { page } = await world.page();
    await world.startList(page);
    assert.equal(await page.getByLabel('Include songs whose year is unknown').count(), 0);
    const from = page.getByRole('slider', { name: 'Era from' });
    await from.focus();
    await page.keyboard.press('ArrowRight');
    const include = page.getByLabel('Include songs whose year is unknown');
    await include.waitFor();
    assert.equal(await include.isChecked(), false);
    const question = asked(page, (filters) => JSON.stringify(filters).includes('"year"'));
    await include.check();
    await question;
    await page.getByRole('button', { name: 'Undo: Included songs whose year is unknown' }).click();
    await until(page, "!document.querySelector('.check.small input').checked");
    await page.context().close();
  });

  test('a dial without data is disabled and says why', async () => {
    const { page } = await world.page();
    await page.route('**/api/library', async (route) => {
      const response = await route.fetch();
      const library = (await response.json()) as { coverage: Record<string, number> };
      library.coverage.tempo = 0;
      await route.fulfill({ response, json: library });
    });
    await world.startList(page);
    await page.getByText('No tempo is known here').waitFor();
    assert.equal(await page.getByRole('slider', { name: 'Tempo from' }).isDisabled(), true);
    assert.equal(await page.getByRole('slider', { name: 'Energy from' }).isDisabled(), false);
    await page.context().close();
  });

  test('a sentence is understood in parts, and a removed part no longer applies', async () => {
    const { page } = await world.page();
    await page.goto(world.url);
    const box = page.getByRole('combobox', { name: /song, artist/ });
    await box.fill('slow songs since 1990');
    await page.locator('.suggestion.as-title').click();
    const drop = page.getByRole('button', { name: 'Remove “Since 1990”' });
    await drop.waitFor();
    await page.getByRole('button', { name: 'Remove “Slow”' }).waitFor();
    const struck = `[...document.querySelectorAll('.chip .song-text')].filter((chip) => getComputedStyle(chip).textDecorationLine !== 'none').length`;
    assert.equal(await page.evaluate(struck), 0, 'what is understood is not struck out, as what is barred is');
    const again = page.waitForRequest((request) => request.postData()?.includes('"without":["years:1990-"]') ?? false);
    await drop.click();
    await again;
    await drop.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Remove “Slow”' }).waitFor();
    await page.context().close();
  });

  test('an excluded genre leaves the list', async () => {
    const { page } = await world.page();
    await world.startList(page);
    const genre = (await page.locator('.row-facts .muted').allTextContents())
      .flatMap((text) => text.split(' · ').slice(1))
      .at(0)!;
    await page.getByRole('radio', { name: 'Never these' }).check();
    await page.getByRole('combobox', { name: 'Find a genre' }).fill(genre);
    await page.locator('.genre-list [role=option]', { hasText: genre }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Never these genres' }).getByText(genre, { exact: true }).waitFor();
    await until(
      page,
      `document.querySelectorAll('.row').length > 0 && ![...document.querySelectorAll('.row-facts .muted')].some((f) => f.textContent.split(' · ').includes(${JSON.stringify(genre)}))`,
    );
    await page.context().close();
  });

  test('three plain choices make the list by three models', async () => {
    const { page } = await world.page();
    await world.startList(page);
    for (const [choice, title] of [
      ['Stay in the style', 'Genre first'],
      ['By sound alone', 'Sound alone'],
      ['Best match', 'Balanced'],
    ] as const) {
      await page.getByRole('radio', { name: choice }).check();
      await page.locator('.results-facts').getByText(title, { exact: true }).waitFor();
    }
    await page.context().close();
  });

  test('a pinned song keeps its place while the list around it changes', async () => {
    const { page } = await world.page();
    await world.startList(page);
    const third = (await rows(page).nth(2).getAttribute('data-uri'))!;
    const first = (await rows(page).first().getAttribute('data-uri'))!;
    await rows(page)
      .nth(2)
      .getByRole('button', { name: /^More about/ })
      .click();
    await page.getByRole('menuitem', { name: 'Pin here' }).click();
    await page.locator('.row .pinned-mark').waitFor();
    const dial = page.getByRole('slider', { name: 'Adventure' });
    await dial.focus();
    await page.keyboard.press('End');
    await until(page, `document.querySelector('.row').dataset.uri !== '${first}'`);
    await until(page, `document.querySelectorAll('.row')[2].dataset.uri === '${third}'`);
    await page.context().close();
  });

  test('a model in training is shown as such; any other can be trained in the Lab', async () => {
    const { page } = await world.page();
    await page.route('**/api/models', async (route) => {
      const response = await route.fetch();
      const { models } = (await response.json()) as { models: { id: string; trained: boolean }[] };
      const json = { models: models.map((m) => ({ ...m, trained: m.trained && !/genre|audio/.test(m.id) })) };
      return route.fulfill({ response, json });
    });
    const job = { id: 'job-1', kind: 'train', models: ['genre-first'], state: 'running', startedAt: '2026-01-01' };
    await page.route('**/api/jobs', (route) => route.fulfill({ json: { jobs: [job] } }));
    await world.startList(page);
    const choices = page.locator('.model-dial .choice');
    await choices.filter({ hasText: 'Stay in the style' }).getByText('Being trained. Ready shortly.').waitFor();
    await choices.filter({ hasText: 'By sound alone' }).getByText('Not trained yet. Train it in the Lab.').waitFor();
    await page.context().close();
  });

  test('a mood comes first among the meanings of a word', async () => {
    const { page } = await world.page();
    await page.goto(world.url);
    await page.getByRole('combobox').first().fill('rainy sunday');
    await until(page, "document.querySelector('.suggestion')?.classList.contains('as-title')");
    await page.context().close();
  });

  test('the map: a song is found, the legend filters, a draft says so and fades into the map', async () => {
    const { page, complaints } = await world.page();
    let drafts = 0;
    await page.route('**/api/map', async (route) => {
      const response = await route.fetch();
      const header = (await response.json()) as { method: string; version: string };
      if (drafts++ > 0) return route.fulfill({ response, json: header });
      return route.fulfill({ response, json: { ...header, method: 'principal components', version: 'draft' } });
    });
    const [song] = (await world.server.engine.recommend({ n: 1, model: 'popularity' })).tracks;
    await page.goto(`${world.url}/#/map`);
    await page.getByText('First draft. The detailed map is on its way.').waitFor();
    await page.locator('[data-drawn]').first().waitFor();
    await page.getByText('First draft. The detailed map is on its way.').waitFor({ state: 'detached' });
    await until(page, "document.querySelectorAll('.map-window canvas').length === 1");

    await page.getByRole('combobox', { name: 'Find a song on the map' }).fill(song!.name);
    await page.locator('.found-songs [role=option]', { hasText: song!.name }).first().click();
    const region = page.getByRole('region', { name: 'Songs in this region' });
    await region.getByRole('heading', { name: song!.name }).waitFor();
    await region.getByRole('button', { name: 'Close the region' }).click();

    const entry = page.locator('.legend button').first();
    await entry.click();
    assert.equal(await entry.getAttribute('aria-pressed'), 'true');
    assert.ok((await page.locator('.legend button.out').count()) > 0);
    await entry.click();
    assert.equal(await page.locator('.legend button.out').count(), 0);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });
});
