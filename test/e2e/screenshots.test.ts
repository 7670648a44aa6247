import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { overhang, rows, skip, World } from './world.ts';

/** SEGUE_SCREENSHOTS=1 writes all screenshots to docs/screenshots; otherwise only the smallest in light and the widest in dark are checked. */
const KEEP = process.env.SEGUE_SCREENSHOTS === '1';
const DOCS = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const WIDTHS = [
  ['phone', 390, 844],
  ['tablet', 820, 1100],
  ['wide', 1400, 820],
] as const;
const MOST_BYTES = 300_000;

describe('pictures of every view at three widths in both themes', { skip }, () => {
  let world: World;
  let folder = DOCS;
  before(async () => {
    world = await World.open();
    if (KEEP) await mkdir(DOCS, { recursive: true });
    else folder = await mkdtemp(join(tmpdir(), 'segue-pictures-'));
  });
  after(async () => {
    await world?.close();
    if (!KEEP) await rm(folder, { recursive: true, force: true });
  });

  const picture = async (page: Page, name: string): Promise<void> => {
    await page.waitForTimeout(600);
    assert.ok((await overhang(page)) <= 0, `${name} is wider than its window`);
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    const { length } = await readFile(path);
    assert.ok(length > 5_000 && length < MOST_BYTES, `${name} has ${length} bytes`);
  };

  for (const theme of ['light', 'dark'] as const)
    for (const [size, width, height] of WIDTHS.filter(([s]) => KEEP || s === (theme === 'light' ? 'phone' : 'wide')))
      test(`${size}, ${theme}`, async () => {
        const { page, complaints } = await world.page({ viewport: { width, height }, colorScheme: theme });
        const { tracks } = await world.server.engine.recommend({ n: 40, model: 'popularity', perArtist: 1 });
        const name = (view: string): string => `${view}-${size}-${theme}`;
        const show = (view: string): Promise<void> =>
          page.getByRole('navigation').getByRole('button', { name: view }).click();
        await page.goto(world.url);
        await page.locator('.tile').first().waitFor();
        await picture(page, name('welcome'));
        // Only the demo world is shown: the hostile songs have uris of another kind.
        const seeds = tracks.filter((t) => t.uri.startsWith('demo:'));
        for (const i of [0, 7, 19]) {
          await page.getByRole('combobox').first().fill(seeds[i]!.uri);
          await page.keyboard.press('Enter');
          await page.locator('.chip').nth([0, 7, 19].indexOf(i)).waitFor();
        }
        await rows(page).first().waitFor();
        await page.getByRole('combobox').first().blur();
        await page.getByText('Balanced', { exact: true }).first().waitFor();
        await page.locator('.toast').waitFor({ state: 'detached', timeout: 15_000 });
        await picture(page, name('discover'));
        await show('Map');
        await page.locator('canvas').waitFor();
        await picture(page, name('map'));
        await show('Data');
        await page.locator('.plot-figure svg').first().waitFor();
        await picture(page, name('data'));
        await show('Lab');
        await page.locator('.compare-columns li').first().waitFor();
        await picture(page, name('lab'));
        assert.deepEqual(complaints, []);
        await page.context().close();
      });
});
