import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { rows, skip, until, World } from './world.ts';

/** Names of the menu's items that a finger could not tap: cut off, covered or outside the window. */
const unreachable = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('[role=menu] button')].filter((item) => {
    const { left, top, width, height } = item.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    return width === 0 || !item.contains(hit);
  }).map((item) => item.textContent)`);

const focusedRow = (page: Page): Promise<string | null> =>
  page.evaluate("document.activeElement?.closest('.row')?.dataset.uri ?? null");

describe('a trustworthy list', { skip }, () => {
  let world: World;
  before(async () => {
    world = await World.open();
  });
  after(() => world?.close());

  for (const width of [360, 390, 768, 1440])
    test(`every menu item can be tapped at ${width} px, and the first song is near the top`, async () => {
      const { page, complaints } = await world.page({ viewport: { width, height: 800 } });
      await world.startList(page);
      if (width < 500) {
        const top = (await rows(page).first().boundingBox())!.y;
        assert.ok(top < 400, `the first song begins at ${top} of 800 px`);
      }
      for (const row of [rows(page).first(), rows(page).last()]) {
        await row.scrollIntoViewIfNeeded();
        await row.getByRole('button', { name: /^More about/ }).click();
        await page.locator('[role=menu][data-placed]').waitFor();
        assert.deepEqual(await unreachable(page), []);
        await page.keyboard.press('Escape');
        await page.locator('[role=menu]').waitFor({ state: 'detached' });
        assert.equal(
          await page.evaluate("document.activeElement?.getAttribute('aria-haspopup')"),
          'menu',
          'Escape gives the focus back',
        );
      }
      await page.getByRole('button', { name: 'Export this list' }).click();
      await page.locator('[role=menu][data-placed]').waitFor();
      assert.deepEqual(await unreachable(page), []);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });

  test('M, X and A keep the focus in the list; Back never re-applies an undone change', async () => {
    const { page } = await world.page();
    await world.startList(page);
    for (const key of ['m', 'x', 'a']) {
      await rows(page).nth(2).focus();
      const gone = await focusedRow(page);
      await page.keyboard.press(key);
      await until(page, `!document.querySelector('.row[data-uri="${gone}"]')`);
      await until(page, "document.activeElement?.closest('.row')");
    }
    const banned = "document.querySelectorAll('.small-chip.barred').length";
    await until(page, `${banned} === 2`);
    await page.keyboard.press('u');
    await until(page, `${banned} === 1`);
    await page.keyboard.press('u');
    await until(page, `${banned} === 0`);
    for (let i = 0; i < 2; i++) {
      await page.goBack();
      await until(page, `${banned} === 0`);
    }
    await page.context().close();
  });

  test('the list is arranged by keyboard and pointer, pinned, saved and reopened', async () => {
    const { page, complaints } = await world.page();
    await world.startList(page);
    const uris = (): Promise<string[]> =>
      page.evaluate("[...document.querySelectorAll('[data-uri]')].map((row) => row.dataset.uri)");
    const before = await uris();
    await page.getByRole('button', { name: 'Arrange' }).click();
    await page.locator('.edit-row').nth(49).waitFor({ state: 'attached' });
    await page.locator('.handle').first().focus();
    await page.keyboard.press('Space');
    await page.getByText(/is at position 1 of/).waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await page.getByText(/is at position 2 of/).waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await until(page, `document.querySelectorAll('[data-uri]')[1].dataset.uri === '${before[0]}'`);
    const [third, fourth] = [page.locator('.handle').nth(2), page.locator('.handle').nth(3)];
    const [from, to] = [(await third.boundingBox())!, (await fourth.boundingBox())!];
    await page.mouse.move(from.x + 9, from.y + 9);
    await page.mouse.down();
    await page.mouse.move(from.x + 9, from.y + 20, { steps: 3 });
    await page.mouse.move(to.x + 9, to.y + 24, { steps: 6 });
    await page.mouse.up();
    await until(page, `document.querySelectorAll('[data-uri]')[3].dataset.uri === '${before[2]}'`);
    await page
      .getByRole('button', { name: /^Remove .* from this list$/ })
      .nth(4)
      .click();
    await until(page, "document.querySelectorAll('.edit-row').length === 49");
    await page.getByRole('button', { name: 'Done' }).click();
    assert.equal(await page.locator('.small-chip.barred').count(), 0, 'removing is not banning');
    await page.reload();
    await until(page, "document.querySelectorAll('.row').length === 49");
    assert.equal((await uris())[3], before[2]);

    await page.getByRole('button', { name: 'Export this list' }).click();
    await page.getByRole('menuitemcheckbox', { name: /^Start with your/ }).click();
    await page.getByRole('menuitem', { name: 'Save in this browser' }).click();
    await page.getByText(/^Saved/).waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('heading', { name: 'Lists saved in this browser' }).waitFor();
    await page.getByRole('button', { name: /50 songs/ }).click();
    await rows(page).first().waitFor();
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('the player bar marks what plays and steps through the list', async () => {
    const { page, foreign } = await world.page();
    await world.startList(page);
    await rows(page).first().focus();
    await page.keyboard.press('p');
    const bar = page.getByRole('complementary', { name: 'Player' });
    await bar.getByText('fictional').waitFor();
    assert.equal(await bar.getByRole('button', { name: 'Previous song' }).isDisabled(), true);
    await bar.getByRole('button', { name: 'Next song' }).click();
    await until(page, "document.querySelectorAll('.row')[1].classList.contains('playing')");
    await page.getByRole('navigation').getByRole('button', { name: 'Lab' }).click();
    await bar.waitFor();
    assert.deepEqual(foreign, []);
    await page.context().close();
  });

  test('dials show their coverage; an empty list offers to relax one', async () => {
    const { page } = await world.page();
    await world.startList(page);
    await page.getByText(/^Year known for \d+% of songs$/).waitFor();
    await page.getByRole('combobox', { name: 'Find a genre' }).fill('pop');
    await page.locator('.genre-list [role=option]').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Only these genres' }).waitFor();
    const from = page.getByRole('slider', { name: 'Era from' });
    await from.focus();
    await page.keyboard.press('End');
    const relax = page.getByRole('button', { name: /^Relax / });
    await relax.waitFor();
    await relax.click();
    await rows(page).first().waitFor();
    await page.context().close();
  });

  test('search: a mood first, artists and albums in sections, gibberish and foreign links in words', async () => {
    const { page } = await world.page();
    await page.goto(world.url);
    const box = page.getByRole('combobox').first();
    const artist = (await world.server.engine.recommend({ n: 1, model: 'popularity' })).tracks[0]!.artists[0]!;
    for (const text of [artist, `like ${artist}`]) {
      await box.fill(text);
      await page.locator('.suggestion.artist', { hasText: artist }).waitFor();
      await page.getByText('Artists', { exact: true }).waitFor();
    }
    await box.fill('qwxzvkjq zzxqwv');
    await page.getByText('No song, artist or playlist matches').waitFor();
    assert.equal(await page.locator('.suggestion.track').count(), 0);
    await box.fill('https://music.apple.com/us/album/x/1?i=2');
    await page.locator('.suggestion-none', { hasText: 'Apple Music' }).waitFor();
    assert.equal(await page.locator('.suggestion').count(), 0, 'a link is no mood');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Apple Music').waitFor();
    assert.equal(await page.locator('.title-chip').count(), 0);
    await page.context().close();
  });

  test('a damaged link says so; the last list is readable while the server is unreachable', async () => {
    const { page } = await world.page();
    await page.goto(`${world.url}/#/discover?qBROKEN`);
    await page.getByText('Part of this link is missing').waitFor();
    await page.getByRole('button', { name: 'OK' }).click();
    await world.startList(page);
    await until(page, "location.hash.includes('?')");
    await until(page, 'navigator.serviceWorker.controller');
    await until(
      page,
      "caches.open('segue-app-1').then((c) => c.keys()).then((k) => k.some((r) => /results-/.test(r.url)))",
    );
    await world.stopServer();
    await page.reload();
    await rows(page).first().waitFor();
    await page.getByText('can’t be reached').waitFor();
    await world.restartServer();
    await page.locator('.banner').waitFor({ state: 'detached' });
    await page.getByText('can’t be reached').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('files dropped anywhere are imported one by one, with a report each, and can be forgotten', async () => {
    const { page, complaints } = await world.page();
    await page.goto(`${world.url}/#/lab`);
    await page.getByRole('heading', { name: 'Lab' }).waitFor();
    const heading = 'id,name,artists,energy,tempo,danceability,valence';
    await page.evaluate(`{
      const data = new DataTransfer();
      for (const n of [1, 2])
        data.items.add(new File(['${heading}\\nown:track:' + n + ',My new song ' + n + ',Me,0.5,120,0.5,0.5\\n'], 'new-' + n + '.csv'));
      data.items.add(new File(['[]'], 'endsong_0.json'));
      document.querySelector('header').dispatchEvent(
        new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
    }`);
    await page.getByText('These songs are fictional').waitFor();
    await page.getByRole('alert').getByText('“endsong_0.json” is your own listening history').waitFor();
    assert.equal(await page.getByLabel('What’s in new-2.csv').inputValue(), 'tracks');
    await page.getByRole('button', { name: 'Import 2 files' }).click();
    // The report appears while the library is still being loaded; an attempt to forget a file meanwhile is answered with "busy".
    for (const name of ['new-1.csv', 'new-2.csv'])
      await page
        .locator('.imported', { hasText: name })
        .getByText(/^Imported in .*Read 1 song/)
        .waitFor({ timeout: 60_000 });
    const files = page.locator('.source', { hasText: 'new-1.csv' });
    await files.locator('summary').click();
    await files.getByRole('button', { name: 'Forget new-1.csv' }).click();
    await files.getByRole('button', { name: 'Forget new-1.csv for good?' }).click();
    await page.locator('.source', { hasText: 'new-1.csv' }).waitFor({ state: 'detached', timeout: 60_000 });
    assert.equal(await page.locator('.source', { hasText: 'new-2.csv' }).count(), 1);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('forgetting a file is retried after a refusal, and works even when it ends before its start is seen', async () => {
    const { page, complaints } = await world.page();
    const rowsOf = 'id,name,artists\nown:track:late,Late song,Me\n';
    const jobs = async (): Promise<{ state: string; kind: string }[]> =>
      ((await (await fetch(`${world.url}/api/jobs`)).json()) as { jobs: { state: string; kind: string }[] }).jobs;
    const ended = async (kind: string): Promise<void> => {
      for (;;) {
        const [last] = await jobs();
        if (last?.kind === kind && last.state !== 'running') return;
        await new Promise((next) => setTimeout(next, 50));
      }
    };
    const sent = await fetch(`${world.url}/api/imports?source=tracks&name=late.csv`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: rowsOf,
    });
    assert.equal(sent.status, 202);
    await ended('import');
    await page.goto(`${world.url}/#/data`);
    const source = page.locator('.source', { hasText: 'late.csv' });
    await source.locator('summary').click();
    const twice = async (): Promise<void> => {
      await source.getByRole('button', { name: 'Forget late.csv' }).click();
      await source.getByRole('button', { name: 'Forget late.csv for good?' }).click();
    };
    const busy = { error: { code: 'LIBRARY_BUSY', message: 'Another job is still running', remedy: null } };
    await page.route('**/api/imports?*', (route) => route.fulfill({ status: 409, json: busy }), { times: 1 });
    await twice();
    await source.getByRole('alert').getByText('Another job is still running').waitFor();
    assert.match(complaints.splice(0).join(), /^[^,]*409 \(Conflict\)$/);
    // The response to "which jobs are there" is slower than the job.
    await page.route('**/api/jobs', async (route) => {
      await ended('forget');
      await route.continue();
    });
    await twice();
    await source.waitFor({ state: 'detached' });
    await page.unrouteAll({ behavior: 'wait' });
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('phone: dials are a sheet that shows its list, and targets are 44 px', async () => {
    const { page } = await world.page({ viewport: { width: 390, height: 844 } });
    await world.startList(page);
    await page.getByRole('button', { name: /^Dials/ }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('radio', { name: '25' }).check();
    await sheet.getByRole('button', { name: 'Show 25 songs' }).click();
    await until(page, "document.querySelectorAll('.row').length === 25");
    const small = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('main button, nav button, header button')]
      .filter((b) => b.checkVisibility() && b.getBoundingClientRect().height > 1)
      .filter((b) => b.getBoundingClientRect().height < 43.5 && !b.classList.contains('wordmark'))
      .map((b) => (b.getAttribute('aria-label') ?? b.textContent) + ' ' + b.getBoundingClientRect().height)`);
    assert.deepEqual(small, []);
    await page.context().close();
  });
});
