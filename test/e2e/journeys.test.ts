import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { addSong, becomes, chooseModel, rows, skip, until, World } from './world.ts';

describe('journeys in a browser', { skip }, () => {
  let world: World;
  before(async () => {
    world = await World.open();
  });
  after(() => world?.close());

  const popular = async (n: number): Promise<{ uri: string; name: string; artists: string[] }[]> =>
    (await world.server.engine.recommend({ n, model: 'popularity', perArtist: 1 })).tracks;

  test('search → list → dials → evidence → ban → undo → export', async () => {
    const { page, complaints, foreign } = await world.page();
    const [song] = await popular(1);
    await page.goto(world.url);
    await page.getByRole('heading', { name: 'What should come next?' }).waitFor();
    await addSong(page, song!.name);
    await rows(page).first().waitFor();
    await until(page, "document.querySelectorAll('.row').length === 50");

    await chooseModel(page, 'balanced');
    await page.locator('.results-facts', { hasText: 'Balanced' }).waitFor();
    const before = await rows(page).first().getAttribute('data-uri');
    const dial = page.getByRole('slider', { name: 'Adventure' });
    await dial.focus();
    // A single step to the end: after several, an intermediate list could still be replaced below.
    await page.keyboard.press('End');
    await until(page, `document.querySelector('.row')?.dataset.uri !== '${before}'`);

    await page.locator('.because').first().click();
    await page.locator('.evidence meter').first().waitFor();
    assert.equal(await page.locator('.because').first().getAttribute('aria-expanded'), 'true');

    const banned = (await rows(page).first().getAttribute('data-uri'))!;
    await rows(page).first().getByRole('button', { name: /^Not / }).click();
    await until(page, `!document.querySelector('.row[data-uri="${banned}"]')`);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await page.locator(`.row[data-uri="${banned}"]`).waitFor();

    await rows(page)
      .first()
      .getByRole('button', { name: /^More about/ })
      .click();
    await page.getByRole('menuitem', { name: /^Never/ }).click();
    await page.getByRole('list', { name: 'Never in this list' }).waitFor();

    await page.getByRole('button', { name: 'Export this list' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ]);
    const csv = await readFile((await download.path())!, 'utf8');
    assert.ok(csv.startsWith('\uFEFFTrack URI,'));
    assert.equal(csv.trim().split('\r\n').length, 51);
    await page.getByRole('button', { name: 'Export this list' }).click();
    await page.getByRole('menuitem', { name: 'Copy URIs' }).click();
    await page.getByText('URIs copied').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    assert.equal(copied.split('\n').length, 50);
    assert.deepEqual(complaints, []);
    assert.deepEqual(foreign, []);
    await page.context().close();
  });

  test('a reload, the back button and a link bring the state back; two tabs keep their own', async () => {
    const { page } = await world.page();
    const songs = await popular(3);
    await page.goto(world.url);
    await addSong(page, songs[0]!.name);
    await rows(page).first().waitFor();
    await addSong(page, songs[1]!.name);
    await page.locator('.chip').nth(1).waitFor();
    await until(page, "location.hash.includes('?')");
    const listed = await page.locator('.chip').count();
    await page.reload();
    await rows(page).first().waitFor();
    await becomes(() => page.locator('.chip').count(), listed);
    await page.keyboard.press('Control+z');
    await until(page, `document.querySelectorAll('.chip').length === ${listed - 1}`);

    const link = page.url();
    const other = await page.context().newPage();
    await other.goto(link);
    await rows(other).first().waitFor();
    await addSong(other, songs[2]!.name);
    await other.locator('.chip').nth(1).waitFor();
    assert.equal(await page.locator('.chip').count(), listed - 1);
    await other.goBack();
    await until(other, `document.querySelectorAll('.chip').length === ${listed - 1}`);
    await page.context().close();
  });

  test('search results for the last song are never offered for the next one', async () => {
    const { page } = await world.page();
    const songs = await popular(2);
    await page.goto(world.url);
    await addSong(page, songs[0]!.name);
    await rows(page).first().waitFor();
    let answered = (): void => {};
    const waiting = new Promise<void>((resolve) => {
      answered = resolve;
    });
    await page.route('**/api/tracks?*', (route) => waiting.then(() => route.continue()));
    const asked = page.waitForRequest('**/api/tracks?*');
    await page.getByRole('combobox', { name: 'A song' }).fill(songs[1]!.name);
    await asked;
    await page.locator('.suggestion').first().waitFor();
    assert.equal(await page.locator('.suggestion.track').count(), 0);
    answered();
    await page.locator('.suggestion.track').first().waitFor();
    await page.context().close();
  });

  test('200 pasted songs, with a review of the lines that match nothing', async () => {
    const { page, complaints } = await world.page();
    const songs = await popular(200);
    const lines = songs.map((s, i) => `${i + 1}. ${s.artists[0]} - ${s.name}`);
    lines.splice(10, 0, 'Zzyzx Qqqqq - Nothing Like This At All 9999');
    await page.goto(world.url);
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(lines.join('\n'))})`);
    await page.getByRole('combobox').first().focus();
    await page.keyboard.press('Control+v');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    assert.match((await dialog.textContent()) ?? '', /a check/);
    await dialog.getByRole('button', { name: /^Add \d+ songs/ }).click();
    await rows(page).first().waitFor();
    assert.match((await page.locator('.chips').first().textContent()) ?? '', /and 1\d\d more/);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('a dropped CSV adds its songs; a huge file and a binary file are refused with an explanation', async () => {
    const { page, complaints } = await world.page();
    const songs = await popular(3);
    await page.goto(world.url);
    const file = page.locator('input[type=file]');
    const refused = page.getByRole('alert');
    await file.setInputFiles({
      name: 'photo.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]),
    });
    await refused.getByText('is a picture').waitFor();
    await page.evaluate(`{
      const data = new DataTransfer();
      const huge = new File(['x'], 'history.json');
      Object.defineProperty(huge, 'size', { value: 500_000_000 });
      Object.defineProperty(data, 'files', { value: [huge] });
      document.querySelector('.discover').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
    }`);
    await refused.getByText(/500 MB/).waitFor();
    const csv = [
      'Track URI,Track Name,Artist Name(s)',
      ...songs.map((s) => `${s.uri},"${s.name}","${s.artists[0]}"`),
    ].join('\n');
    await file.setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await rows(page).first().waitFor();
    await becomes(() => page.locator('.chip').count(), 3);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('map: colours, hover, lasso → playlist → recommendations', async () => {
    const { page, complaints } = await world.page();
    await page.goto(`${world.url}/#/map`);
    const canvas = page.getByRole('application');
    await canvas.waitFor();
    await page.getByRole('radio', { name: 'Year' }).check();
    await page.getByRole('img', { name: /year from/ }).waitFor();
    await page.getByRole('button', { name: /^Lasso/ }).click();
    const box = (await canvas.boundingBox())!;
    const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(cx - 200, cy - 160);
    await page.mouse.down();
    for (const [dx, dy] of [
      [0, -200],
      [200, -160],
      [240, 0],
      [200, 160],
      [0, 200],
      [-200, 160],
      [-240, 0],
      [-200, -160],
    ] as const)
      await page.mouse.move(cx + dx, cy + dy, { steps: 4 });
    await page.mouse.up();
    const region = page.getByRole('region', { name: 'Songs in this region' });
    await region.getByRole('button', { name: 'Recommend from these' }).click();
    await rows(page).first().waitFor();
    assert.ok((await page.locator('.chip').count()) >= 12);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('the map is also a list, for people who cannot see it', async () => {
    const { page } = await world.page();
    await page.goto(`${world.url}/#/map`);
    await page.getByText('The map as a list').click();
    await page.locator('.cluster-list button').first().click();
    await page.getByRole('region', { name: 'Songs in this region' }).getByRole('listitem').first().waitFor();
    await page.context().close();
  });

  test('models side by side mark what they share', async () => {
    const { page, complaints } = await world.page();
    const [song] = await popular(1);
    await page.goto(world.url);
    await addSong(page, song!.name);
    await rows(page).first().waitFor();
    await page.getByRole('navigation').getByRole('button', { name: 'Lab' }).click();
    await page.getByLabel('Model of column 2').waitFor();
    await page.getByRole('button', { name: 'Add a model' }).click();
    await page.getByLabel('Model of column 3').waitFor();
    await page.getByLabel('Model of column 1').selectOption('balanced');
    await page.locator('.compare-columns section').nth(2).getByRole('listitem').first().waitFor();
    await page.getByText(/more than one list/).waitFor();
    await until(page, "location.hash.includes('?')");
    await page.reload();
    await becomes(() => page.getByLabel('Model of column 1').inputValue(), 'balanced');
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('training from the page, with live progress', async () => {
    const { page } = await world.page();
    await page.goto(`${world.url}/#/lab`);
    const checks = page.locator('.job-models input:checked');
    await checks.first().waitFor();
    while ((await checks.count()) > 0) await checks.first().uncheck();
    await page.getByLabel(/^Sound alone/).check();
    await page.getByRole('button', { name: 'Train 1 model' }).click();
    await page.locator('.job.running, .job.done').waitFor();
    await page.locator('.job.done').waitFor({ timeout: 60_000 });
    await page.getByText(/^Trained in/).waitFor();
    await page.getByLabel(/^Sound alone trained/).waitFor();
    await page.context().close();
  });
});
