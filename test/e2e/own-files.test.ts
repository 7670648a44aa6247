import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fetchNetwork } from '../../src/connect/own-files/fetch-network.ts';
import { EMBEDDING_WIDTH } from '../../src/dataset/embedding-measures.ts';
import { NO_WHEEL, WHEEL } from '../support/network.ts';
import { cadence, wavBytes } from '../support/synthesis.ts';
import { assertClean } from './axe-findings.ts';
import { addSong, becomes, rows, skip, World } from './world.ts';

describe('music files of this computer in a browser', { skip }, () => {
  let world: World;
  let folder: string;
  before(async () => {
    world = await World.open();
    folder = join(world.dir, 'my music');
    await mkdir(folder);
    for (const [i, name] of ['Low Tide', 'Half Tide', 'High Tide'].entries())
      await writeFile(join(folder, `Ann Harbour - ${name}.wav`), wavBytes([cadence(i * 4, true, 3, 22_050)], 22_050));
    await writeFile(join(folder, 'broken.wav'), 'RIFF');
  });
  after(() => world?.close());

  test('a folder is analysed with a report; a path leads between two of its songs, plays and is saved', async () => {
    const { page, complaints, foreign } = await world.page({ viewport: { width: 390, height: 844 } });
    const picture = async (name: string): Promise<void> => {
      const pictures = process.env.SEGUE_OWN_FILES_PICTURES;
      if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
    };
    await page.goto(world.url);
    await page.getByRole('navigation').getByRole('button', { name: 'Data' }).click();
    const card = page.getByRole('region', { name: 'Music files on this computer' });
    await card.getByLabel('Folder').fill('my music');
    await card.getByRole('button', { name: 'Start' }).click();
    await card.getByRole('alert').getByText('not an absolute path').waitFor();
    assert.match(complaints.splice(0).join(), /^[^,]*400 \(Bad Request\)$/);
    await card.getByLabel('Folder').fill(folder);
    await card.getByRole('button', { name: 'Start' }).click();
    await card.getByText('Found 4 music files, 4 analysed now.').waitFor();
    await card.locator('.damaged summary').click();
    await card.getByText('broken.wav').waitFor();
    assert.equal(await card.getByRole('alert').count(), 0);
    await assertClean(page, 'the report');
    await card.scrollIntoViewIfNeeded();
    await picture('report');

    await page.getByRole('navigation').getByRole('button', { name: 'Discover' }).click();
    await addSong(page, 'Low Tide');
    await rows(page).first().waitFor();
    await rows(page)
      .first()
      .getByRole('button', { name: /^More about/ })
      .click();
    await page.getByRole('menuitem', { name: 'Path from here to…' }).click();
    const end = page.getByRole('combobox', { name: 'Song at the end of the path' });
    await end.waitFor();
    // The list may be fetched again meanwhile, because the catalogue has grown; the panel says with which song the path begins.
    const opened = (await page.getByRole('heading', { name: /^Path from “/ }).textContent())!;
    const first = opened.replace(/^Path from “(.*)”$/, '$1');
    await end.fill('High Tide');
    await page.getByRole('option', { name: /High Tide/ }).click();
    const path = page.getByRole('list', { name: `From “${first}” to “High Tide”` });
    await path.locator('li').nth(11).waitFor();
    await page.getByLabel('Songs in the path').selectOption('6');
    await path.locator('li').nth(6).waitFor({ state: 'detached' });
    await becomes(() => path.locator('li').count(), 6);
    assert.ok((await path.locator('li').first().textContent())!.includes(first));
    assert.match((await path.locator('li').last().textContent())!, /High Tide/);
    await assertClean(page, 'the path');
    await picture('path');
    const panel = page.getByRole('region', { name: `From “${first}” to “High Tide”` });
    await panel.getByRole('button', { name: 'Export this list' }).click();
    await page.getByRole('menuitem', { name: 'Save in this browser' }).click();
    await panel.getByText(/^Saved “From/).waitFor();
    await panel.getByRole('button', { name: 'Play', exact: true }).click();
    await page.getByRole('complementary', { name: 'Player' }).getByText(first).first().waitFor();
    await panel.getByRole('button', { name: 'Close the path' }).click();
    await panel.waitFor({ state: 'detached' });
    assert.deepEqual(complaints, []);
    assert.deepEqual(foreign, []);
    await page.context().close();
  });

  test('once the network’s weights are installed, the page offers it, and it processes files analysed without it', {
    skip: WHEEL ? false : NO_WHEEL,
  }, async () => {
    const { page, complaints, foreign } = await world.page({ viewport: { width: 390, height: 844 } });
    const card = page.getByRole('region', { name: 'Music files on this computer' });
    const open = async (): Promise<void> => {
      await page.goto(`${world.url}/#/data`);
      await page.reload();
      await card.getByLabel('Folder').fill(folder);
    };
    await open();
    const network = card.getByLabel('Also analyse with musicnn');
    assert.equal(await network.count(), 0, 'offered without its weights');
    await fetchNetwork({ dir: join(world.dir, 'downloads'), ledger: { note: () => {} }, wheel: WHEEL! });
    await open();
    await network.check();
    await card.getByRole('button', { name: 'Start' }).click();
    await card.getByText('Found 4 music files, 3 analysed now.').waitFor();
    await card.getByText('Train the models, so that lists use how these songs sound.').waitFor();
    await assertClean(page, 'the report with the network');
    const [log] = await readdir(join(world.dir, 'sound'));
    const lines = (await readFile(join(world.dir, 'sound', log!), 'utf8')).trim().split('\n');
    const heard = lines.map((line) => JSON.parse(line) as { embedding?: (number | null)[] });
    assert.deepEqual(
      heard.flatMap(({ embedding }) => (embedding ? [embedding.length] : [])),
      Array(3).fill(EMBEDDING_WIDTH),
    );
    assert.deepEqual(complaints, []);
    assert.deepEqual(foreign, []);
    await page.context().close();
  });
});
