import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { artists } from '../../src/sources/artists.ts';
import { mpd } from '../../src/sources/mpd.ts';
import { tracks } from '../../src/sources/tracks.ts';
import { MPD_SAMPLE, REAL_DATA, skipWithoutRealData } from '../support/real-data.ts';
import { assertClean } from './axe-findings.ts';
import { rows, skip, until, World } from './world.ts';

const SEEDS = [
  ['Elton John', 'Tiny Dancer'],
  ['Kendrick Lamar', 'HUMBLE.'],
  ['Metallica', 'Enter Sandman'],
  ['Taylor Swift', 'Blank Space'],
  ['Daft Punk', 'One More Time'],
  ['Miles Davis', 'So What'],
] as const;
type Song = (typeof SEEDS)[number];
const WINDOWS = [
  [360, 'dark'],
  [390, 'light'],
  [768, 'dark'],
  [1440, 'light'],
] as const;

/** Searches for a song by both names and picks it. */
async function add(page: Page, [artist, name]: Song): Promise<void> {
  await page.getByRole('combobox', { name: 'A song' }).fill(`${artist} ${name}`);
  await page.locator('.suggestion.track', { hasText: name }).filter({ hasText: artist }).first().click();
}

/** The songs of the list as they are read: title, artists. */
const listed = (page: Page): Promise<{ name: string; artists: string }[]> =>
  page.evaluate(`[...document.querySelectorAll('.row')].map((row) => ({
    name: row.querySelector('.row-name .song-text').textContent.trim(),
    artists: row.querySelector('.row-artists').textContent.trim(),
  }))`);

/** A title without version labels. */
const family = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\s*[([].*?[)\]]/g, '')
    .replace(/ - .*(remaster|live|mix|edit|version|single|mono|stereo).*/, '')
    .trim();

describe('journeys on real playlists', { skip: skip || skipWithoutRealData, timeout: 900_000 }, () => {
  let world: World;
  before(async () => {
    world = await World.open({
      models: ['popularity', 'balanced', 'clusters'],
      fill: async (library) => {
        await library.importFiles(mpd, [MPD_SAMPLE]);
        await library.importFiles(tracks, [join(REAL_DATA, 'track-features')]);
        await library.importFiles(artists, [join(REAL_DATA, 'artists')]);
      },
    });
  });
  after(() => world?.close());

  test('the famous song comes first among equal names', async () => {
    const { page } = await world.page();
    await page.goto(world.url);
    await page.getByRole('combobox').first().fill('Hey Jude');
    await page.locator('.suggestion.track').first().getByText('The Beatles').waitFor();
    await page.context().close();
  });

  test('six seeds, one by one and together: no nameless song, no version twice, three songs an artist', async () => {
    const { page, complaints } = await world.page();
    for (const seeds of [...SEEDS.map((seed) => [seed]), SEEDS]) {
      await page.goto('about:blank');
      await page.goto(world.url);
      for (const [i, seed] of seeds.entries()) {
        await add(page, seed);
        await page.locator('.chip').nth(i).waitFor();
      }
      // A new list is rendered in two steps, so both must hold at once: the answer has arrived, and all of it is rendered.
      await until(
        page,
        "document.querySelector('.results')?.getAttribute('aria-busy') === 'false' && document.querySelectorAll('.row').length >= 50",
      );
      const songs = await listed(page);
      const what = seeds.map(([, name]) => name).join(', ');
      assert.equal(songs.length, 50, what);
      assert.deepEqual(
        songs.filter((s) => s.name === '' || s.artists === ''),
        [],
        what,
      );
      const byArtist = Map.groupBy(songs, (s) => s.artists);
      assert.deepEqual(
        [...byArtist].filter(([, of]) => of.length > 3).map(([artist]) => artist),
        [],
        what,
      );
      const versions = Map.groupBy(songs, (s) => `${family(s.name)} by ${s.artists}`);
      assert.ok([...versions].filter(([, of]) => of.length > 1).length <= 1, what);
    }
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  for (const [width, colorScheme] of WINDOWS)
    test(`every view at ${width} px, ${colorScheme}: no overflow, no findings of axe`, async () => {
      const { page, complaints } = await world.page({ viewport: { width, height: 850 }, colorScheme });
      await page.goto(world.url);
      await page.locator('.tile').first().waitFor();
      await assertClean(page, 'first page');
      await add(page, SEEDS[0]);
      await rows(page).nth(49).waitFor({ state: 'attached' });
      await assertClean(page, 'list');
      for (const [view, ready] of [
        ['Map', '[data-drawn]'],
        ['Data', '.plot-figure svg'],
        ['Lab', '.compare-columns ol[aria-busy=false]'],
      ] as const) {
        await page.getByRole('navigation').getByRole('button', { name: view }).click();
        await page.locator(ready).first().waitFor({ timeout: 120_000 });
        await assertClean(page, view);
      }
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
});
