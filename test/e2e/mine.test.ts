import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { zipExport } from '../support/exports.ts';
import { assertClean } from './axe-findings.ts';
import { skip, until, World } from './world.ts';

// Two calendar years, so that the drift of taste has two points.
const START = Date.UTC(2023, 11, 1);
const PLAYS = 600;

describe('a newcomer’s own music in a browser', { skip }, () => {
  let world: World;
  let zip: string;
  /** A song that two artists of the catalogue could have recorded needs a decision when its artist is not named. */
  let asked: string;
  before(async () => {
    world = await World.open();
    const { tracks } = await world.server.engine.recommend({ n: 200, model: 'popularity', perArtist: 3 });
    const songs = tracks.filter(({ uri }) => uri.startsWith('demo:'));
    asked = songs[150]!.name;
    const history = Array.from({ length: PLAYS }, (_, i) => {
      // New songs appear all the time and are played again.
      const number = i % 3 === 0 ? Math.floor(i / 5) : (i * 7) % (Math.floor(i / 5) + 1);
      const song = songs[number]!;
      return {
        ts: new Date(START + i * 8_000_000).toISOString(),
        ms_played: 200_000,
        ip_addr: '203.0.113.77',
        master_metadata_track_name: song.name,
        master_metadata_album_artist_name: song.artists[0],
        spotify_track_uri: `spotify:track:${String(number).padStart(22, 'x')}`,
        skipped: false,
      };
    });
    zip = await zipExport(join(world.dir, 'my_spotify_data.zip'), {
      'Streaming_History_Audio_2024_1.json': JSON.stringify(history),
      'Night drive.m3u8': `#EXTM3U\n#EXTINF:200,${asked}\nfile.mp3\n`,
    });
  });
  after(() => world?.close());

  const show = (page: Page, view: string): Promise<void> =>
    page.getByRole('navigation').getByRole('button', { name: view }).click();
  const shelf = (page: Page, name: string): Promise<void> => page.getByRole('radio', { name }).check({ force: true });

  for (const [size, viewport] of [
    ['wide', { width: 1280, height: 900 }],
    ['phone', { width: 390, height: 844 }],
  ] as const)
    test(`zip → found → review → lists → ban → export → delete (${size})`, async () => {
      const { page, complaints, foreign } = await world.page({
        viewport,
        colorScheme: size === 'phone' ? 'dark' : 'light',
      });
      const picture = async (name: string): Promise<void> => {
        const folder = process.env.SEGUE_MINE_PICTURES;
        if (folder) await page.screenshot({ path: join(folder, `${name}-${size}.png`) });
      };
      await page.goto(world.url);
      await show(page, 'For you');
      await page.getByRole('textbox', { name: 'Your name' }).waitFor();
      await assertClean(page, 'who');
      await page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
      await picture('who');
      await page.getByRole('button', { name: 'Get started' }).click();
      await page.getByText('Drop an export from Spotify').waitFor();
      // Nothing is stored yet, and the empty list leads to the same place.
      await show(page, 'My music');
      await page.getByRole('button', { name: 'Bring your music' }).click();
      await page.getByText('Drop an export from Spotify').waitFor();
      await assertClean(page, 'bring');
      await page.getByLabel('Your export').setInputFiles(zip);
      await page.getByRole('heading', { name: 'What was found' }).waitFor();
      await page
        .locator('.found .counts div', { hasText: 'plays' })
        .getByText(String(PLAYS), { exact: true })
        .waitFor();
      await page.getByRole('list', { name: 'Songs to settle' }).waitFor();
      await assertClean(page, 'what was found');
      await picture('found');
      await page.locator('.review-choices .button').first().click();
      await page.getByText('All done. Later imports').waitFor();

      await page.getByRole('button', { name: 'See your lists' }).click();
      const today = page.getByRole('list', { name: 'For you' });
      await today.locator('li').first().waitFor();
      await page.getByRole('heading', { name: 'Your mixes' }).waitFor();
      await picture('home');
      await assertClean(page, 'home');
      const banned = (await today.locator('li').first().getAttribute('data-uri'))!;
      await today
        .locator('li')
        .first()
        .getByRole('button', { name: /^Never play/ })
        .click();
      await page.getByText(/^Segue won’t suggest “.*” again/).waitFor();
      await until(page, `!document.querySelector('[data-uri="${banned}"]')`);
      await page.reload();
      await today.locator('li').first().waitFor();
      await until(page, `!document.querySelector('[data-uri="${banned}"]')`);

      const years = page.getByLabel('A year');
      // Only the years of the history.
      await years.getByRole('option', { name: '2023' }).waitFor({ state: 'attached' });
      assert.deepEqual(await years.getByRole('option').allTextContents(), ['Choose a year', '2024', '2023']);
      await years.selectOption('2024');
      await page.getByRole('list', { name: 'More of your 2024' }).locator('li').first().waitFor();
      await page.getByLabel('A year').selectOption('');
      // Not for a month, never an artist: each is undone where it was chosen, the second one here.
      for (const [choice, said] of [
        ['Not for 30 days', /^Segue won’t suggest “.*” for 30 days/],
        [/^Never /, 'Segue won’t suggest anything by'],
      ] as const) {
        const song = (await today.locator('li').first().getAttribute('data-uri'))!;
        await today
          .locator('li')
          .first()
          .getByRole('button', { name: /^More ways to skip/ })
          .click();
        if (choice !== 'Not for 30 days') await assertClean(page, 'the menu of a song');
        await page.getByRole('menuitem', { name: choice }).first().click();
        await page.getByText(said).waitFor();
        await until(page, `!document.querySelector('[data-uri="${song}"]')`);
      }
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await page.getByText(/^Segue won’t suggest “.*” for 30 days/).waitFor();
      await page.getByRole('button', { name: 'Undo', exact: true }).click();
      await until(page, `!document.querySelector('.said .button')`);

      await show(page, 'My music');
      await page.locator('.shelf li').first().waitFor();
      await assertClean(page, 'plays');
      await picture('plays');
      await shelf(page, 'Bans');
      await page.getByRole('button', { name: /^Allow again/ }).click();
      await page.getByText('Nothing is banned.').waitFor();
      await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
      await page.getByRole('button', { name: /^Allow again/ }).waitFor();
      await shelf(page, 'Lists');
      await page.locator('.shelf').getByText('Night drive').waitFor();
      await shelf(page, 'Listening');
      await page.getByRole('heading', { name: 'How your taste moved' }).waitFor();
      await page.getByRole('img', { name: 'Your taste from 2023 to 2024 on the map' }).waitFor();
      const cut = await page.evaluate(`[...document.querySelectorAll('svg[role=img]')].flatMap((chart) => {
        const { left, right } = chart.getBoundingClientRect();
        return [...chart.querySelectorAll('text')]
          .filter((text) => text.getBoundingClientRect().left < left || text.getBoundingClientRect().right > right)
          .map((text) => text.textContent);
      })`);
      assert.deepEqual(cut, []);
      await assertClean(page, 'listening');
      await picture('listening');
      await shelf(page, 'Accuracy');
      await page.getByRole('table').waitFor();
      await assertClean(page, 'backtest');
      await picture('backtest');

      await page.getByRole('button', { name: 'Your data and settings' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Export everything' }).click(),
      ]);
      assert.ok((await stat((await download.path())!)).size > 10_000);
      assert.equal((await readFile((await download.path())!)).subarray(0, 2).toString(), 'PK');
      await assertClean(page, 'settings');
      await picture('settings');
      const erase = page.getByRole('button', { name: 'Delete everything' });
      assert.ok(await erase.isDisabled());
      await page.getByLabel(/to confirm/).fill('Ada');
      await erase.click();
      await page.getByRole('heading', { name: 'Whose music is this?' }).waitFor();
      assert.deepEqual(complaints, []);
      assert.deepEqual(foreign, []);
      await page.context().close();
    });
});
