import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { zipExport } from '../support/exports.ts';
import { assertClean } from './axe-findings.ts';
import { skip, until, World } from './world.ts';

describe('the first files of a newcomer', { skip, timeout: 240_000 }, () => {
  let world: World;
  let zip: string;
  before(async () => {
    world = await World.open();
    const { tracks } = await world.server.engine.recommend({ n: 20, model: 'popularity', perArtist: 1 });
    zip = await zipExport(join(world.dir, 'my_spotify_data.zip'), {
      'Streaming_History_Audio_2024_1.json': JSON.stringify(
        tracks.map((song, i) => ({
          ts: new Date(Date.UTC(2024, 0, 1 + i)).toISOString(),
          ms_played: 200_000,
          master_metadata_track_name: song.name,
          master_metadata_album_artist_name: song.artists[0],
          spotify_track_uri: `spotify:track:${String(i).padStart(22, 'x')}`,
          skipped: false,
        })),
      ),
    });
  });
  after(() => world?.close());

  test('a picture is refused where libraries are imported, in three parts', async () => {
    const { page } = await world.page();
    const picture = join(world.dir, 'holiday.jpg');
    await writeFile(picture, Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 0x2c]));
    await page.goto(`${world.url}/#/data`);
    await page.getByLabel('Files to import').setInputFiles(picture);
    await page
      .getByText('“holiday.jpg” isn’t a kind of file that Segue knows. Expected CSV, JSON or Parquet')
      .waitFor();
    assert.equal(await page.getByRole('button', { name: /^Import/ }).count(), 0);
    await page.context().close();
  });

  test('one’s own history, given to Discover, goes on to My music without being chosen again', async () => {
    const { page, complaints } = await world.page();
    await page.goto(world.url);
    await page.getByLabel('A file with songs').setInputFiles(zip);
    await page.getByText('“my_spotify_data.zip” is your own listening history.').waitFor();
    await assertClean(page, 'own history among the library’s files');
    await page.getByRole('button', { name: 'Add it to My music' }).click();
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What was found' }).waitFor();
    await page.locator('.found .counts div', { hasText: 'plays' }).getByText('20', { exact: true }).waitFor();
    // Taken once: coming back does not import it again.
    await page.getByRole('button', { name: 'See your lists' }).click();
    await page.getByRole('navigation').getByRole('button', { name: 'My music' }).click();
    assert.ok(await page.getByRole('radio', { name: 'Plays' }).isChecked());
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('an empty shelf says what to do next', async () => {
    const { page } = await world.page();
    await page.goto(`${world.url}/#/mine`);
    const name = page.getByRole('textbox', { name: 'Your name' });
    const add = page.getByRole('button', { name: 'Add a person' });
    await name.or(add).waitFor();
    if ((await add.count()) > 0) await add.click();
    await page.getByRole('textbox', { name: /name$/ }).fill('Grace');
    await page.keyboard.press('Enter');
    await until(page, `document.querySelector('.listener-bar option:checked')?.textContent === 'Grace'`);
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    for (const [shelf, hint] of [
      ['Bans', 'Nothing is banned. “Never play” in your lists bans a song'],
      ['Lists', 'No saved lists yet. Make a list on Discover'],
    ] as const) {
      await page.getByRole('radio', { name: shelf }).check({ force: true });
      await page.getByText(hint).waitFor();
      assert.equal(await page.getByText('0 bans').count(), 0);
    }
    for (const shelf of ['Plays', 'Likes', 'Listening', 'Accuracy']) {
      await page.getByRole('radio', { name: shelf }).check({ force: true });
      await page.getByRole('button', { name: 'Bring your music' }).waitFor();
    }
    await page.context().close();
  });
});
