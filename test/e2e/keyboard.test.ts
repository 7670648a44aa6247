import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { addSong, becomes, rows, skip, until, World } from './world.ts';

/** More than any page has controls. */
const MOST_STOPS = 400;

/**
 * One stop of Tab, judged in the page: `n` numbers the elements in the order of their first focus, 0 for none; `wrong` says what is wrong with it.
 * A focus is visible when the element, its label, the span of a hidden radio button or a frame around it looks different with the focus, and when
 * nothing covers it.
 */
const STOP = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return { n: 0, wrong: '' };
  window.stops ??= new Map();
  if (!window.stops.has(element)) window.stops.set(element, window.stops.size + 1);
  const n = window.stops.get(element);
  const name = element.tagName.toLowerCase() + ' “' +
    (element.getAttribute('aria-label') || element.textContent || element.getAttribute('type') || '').trim().slice(0, 40) + '”';
  const dialog = document.querySelector('dialog[open]');
  if (dialog && !dialog.contains(element)) return { n, wrong: name + ' is behind the dialog' };
  const around = [element, element.nextElementSibling, element.parentElement, element.parentElement?.parentElement].filter(Boolean);
  const look = () => around.map((e) => {
    const s = getComputedStyle(e);
    return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.backgroundColor, s.transform].join();
  }).join(';');
  const withFocus = look();
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return { n, wrong: name + ' has no size' };
  // The middle; of the map, which shows cards over itself, a corner is enough.
  const large = box.width > 400 && box.height > 200;
  const at = large ? 12 : 0;
  const x = Math.min(innerWidth - 1, Math.max(0, box.left + (at || Math.min(box.width / 2, 200))));
  const top = document.elementFromPoint(x, box.top + (at || Math.min(box.height / 2, 200)));
  const label = element.closest('label, .range-pair');
  if (!top || !(element.contains(top) || top.contains(element) || label?.contains(top)))
    return { n, wrong: name + ' is covered by ' + (top ? top.tagName + '.' + top.className : 'the edge of the window') };
  element.blur();
  const without = look();
  element.focus({ preventScroll: true });
  return { n, wrong: withFocus === without ? name + ' looks the same with the focus' : '' };
})()`;

/** Controls that can be seen and used but were never a stop. One of several radio buttons is enough. */
const MISSED = `[...(document.querySelector('dialog[open]') ?? document).querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter((e) => !e.disabled && !e.closest('fieldset:disabled') && e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true, opacityProperty: false }))
  .filter((e) => !window.stops.has(e) && !(e.type === 'radio' && [...window.stops.keys()].some((s) => s.name === e.name)))
  .map((e) => e.tagName.toLowerCase() + ' “' + (e.getAttribute('aria-label') || e.textContent || e.type || '').trim().slice(0, 40) + '”')`;

/**
 * Presses Tab until the focus has been everywhere and leaves the page or returns to the first stop.
 * @returns everything wrong on the way
 */
async function walk(page: Page, where: string): Promise<string[]> {
  const wrong = new Set<string>();
  // From the start of the page or dialog, wherever the focus has been.
  await page.locator('.toast').waitFor({ state: 'detached' });
  await page.evaluate(`(() => {
    window.stops = undefined;
    const start = document.querySelector('dialog[open]') ?? document.body;
    start.tabIndex = -1;
    start.focus();
    start.removeAttribute('tabindex');
  })()`);
  let before = -1;
  let standing = 0;
  for (let i = 0; i < MOST_STOPS; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate<{ n: number; wrong: string }>(STOP);
    if (stop.wrong) wrong.add(`${where}: ${stop.wrong}`);
    standing = stop.n === before ? standing + 1 : 0;
    if (standing > 1 && stop.n !== 0) {
      wrong.add(`${where}: Tab stays at stop ${stop.n}`);
      break;
    }
    if (i > 0 && stop.n <= 1 && before > 1) break;
    if (stop.n < before && stop.n !== 0) {
      wrong.add(`${where}: Tab goes back from stop ${before} to ${stop.n}`);
      break;
    }
    before = stop.n === 0 ? before : stop.n;
  }
  for (const missed of await page.evaluate<string[]>(MISSED)) wrong.add(`${where}: Tab never reaches ${missed}`);
  return [...wrong];
}

describe('everything by keyboard', { skip, timeout: 900_000 }, () => {
  let world: World;
  before(async () => {
    world = await World.open();
    const { tracks } = await world.server.engine.recommend({ n: 12, model: 'popularity', perArtist: 1 });
    const post = async (path: string, body: unknown): Promise<{ id: string }> => {
      const response = await fetch(world.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      assert.ok(response.ok, `${path} answered ${response.status}: ${await response.clone().text()}`);
      return (await response.json()) as { id: string };
    };
    const { id } = await post('/api/listeners', { name: 'Ada' });
    await post('/api/listeners', { name: 'Grace' });
    for (const [i, { uri, name, artists }] of tracks.entries())
      await post(`/api/listeners/${id}/events`, {
        id: `play-${i}`,
        kind: 'play',
        at: Date.UTC(2024, 0, 1 + i),
        song: uri,
        title: name,
        artists,
      });
  });
  after(() => world?.close());

  const focused = (page: Page): Promise<string> =>
    page.evaluate<string>(
      `(document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent || '').trim()`,
    );
  const go = async (page: Page, view: string): Promise<void> => {
    await page.evaluate(`location.hash = location.hash.replace(/^#\\/\\w*/, '#/${view}')`);
    await until(page, "!document.querySelector('main .skeleton')");
    if (view === 'map') await page.locator('[data-drawn][data-state=idle]').first().waitFor();
  };
  const VIEWS = ['discover', 'map', 'data', 'lab', 'home', 'mine', 'connections', 'live', 'operate'];

  for (const viewport of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ])
    test(`every page and dialog, ${viewport.width} px wide: no trap, no invisible focus, nothing out of reach`, async () => {
      const { page } = await world.page({ viewport });
      const wrong: string[] = [];
      await page.goto(world.url);
      await page.locator('.tile').first().waitFor();
      wrong.push(...(await walk(page, 'first page')));
      await world.startList(page);
      for (const view of VIEWS) {
        await go(page, view);
        wrong.push(...(await walk(page, view)));
      }

      /** Opens a dialog by Enter, walks through it, closes it by Escape; the focus must be back. */
      const dialog = async (view: string, name: string | RegExp): Promise<void> => {
        await go(page, view);
        const opener = page.getByRole('button', { name }).first();
        await opener.focus();
        const label = await focused(page);
        await page.keyboard.press('Enter');
        await page.locator('dialog[open]').waitFor();
        await until(page, "!document.querySelector('dialog[open] .skeleton')");
        wrong.push(...(await walk(page, `dialog ${name}`)));
        await page.keyboard.press('Escape');
        await page.locator('dialog[open]').waitFor({ state: 'detached' });
        if ((await focused(page)) !== label) wrong.push(`dialog ${name}: the focus is not back`);
      };
      await dialog('discover', 'Settings');
      if (viewport.width > 1020) await dialog('discover', 'Keyboard shortcuts');
      else await dialog('discover', /^Dials/);
      await dialog('home', 'Add a person');
      await dialog('home', 'Your data and settings');

      await go(page, 'discover');
      const menu = page.getByRole('button', { name: 'Export this list' });
      await menu.focus();
      await page.keyboard.press('Enter');
      await page.locator('[role=menu][data-placed]').waitFor();
      const first = await focused(page);
      await page.keyboard.press('ArrowDown');
      assert.notEqual(await focused(page), first);
      await page.keyboard.press('Escape');
      await page.locator('[role=menu]').waitFor({ state: 'detached' });
      assert.equal(await focused(page), 'Export this list');
      assert.deepEqual(wrong, []);
      await page.context().close();
    });

  test('the skip link leads to the content', async () => {
    const { page } = await world.page();
    await page.goto(world.url);
    await page.locator('.tile').first().waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Skip to content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'main');
    await page.context().close();
  });

  test('what is removed or replaced hands the focus to what takes its place', async () => {
    const { page } = await world.page();
    await page.goto(world.url);
    // A tile is replaced by the list.
    await page.locator('.tile').first().focus();
    await page.keyboard.press('Enter');
    await rows(page).nth(49).waitFor({ state: 'attached' });
    await until(page, 'document.activeElement !== document.body && document.activeElement.closest("main")');
    assert.equal(
      await page.evaluate('document.activeElement.closest(".omnibox") === null'),
      true,
      'not back to the search',
    );
    // A chip hands over to the next one.
    await addSong(
      page,
      (await world.server.engine.recommend({ n: 2, model: 'popularity', perArtist: 1 })).tracks[1]!.name,
    );
    const chips = page.locator('.chips .chip');
    await becomes(() => chips.count(), 2);
    const second = await chips.nth(1).locator('.song-text').textContent();
    await chips
      .first()
      .getByRole('button', { name: /^Remove/ })
      .focus();
    await page.keyboard.press('Enter');
    await becomes(() => focused(page), `Remove ${second}`);

    // A removed play hands over to the next play, and the last of the list to the one before.
    await go(page, 'mine');
    const plays = page.locator('.shelf > li');
    await becomes(() => plays.count(), 12);
    const label = (i: number): Promise<string | null> => plays.nth(i).getByRole('button').getAttribute('aria-label');
    for (const [removed, next] of [
      [3, 4],
      [10, 9],
    ] as const) {
      const expected = await label(next);
      await plays.nth(removed).getByRole('button').focus();
      await page.keyboard.press('Enter');
      await becomes(() => focused(page), expected ?? '');
    }
    await page.context().close();
  });

  test('a message with “Undo” waits for whoever has reached it', async () => {
    const { page } = await world.page();
    await world.startList(page);
    await page.clock.install();
    await rows(page).first().focus();
    await page.keyboard.press('x');
    const undo = page.locator('.toast button');
    await undo.focus();
    await page.clock.runFor(20_000);
    assert.equal(await undo.count(), 1);
    await rows(page).first().focus();
    await page.clock.runFor(20_000);
    assert.equal(await undo.count(), 0);
    await page.context().close();
  });

  test('a screen reader hears how many suggestions there are, or that there are none', async () => {
    const { page } = await world.page();
    await page.goto(world.url);
    const heard = page.locator('.omnibox [role=status]');
    await page.getByRole('combobox', { name: 'A song' }).fill('night');
    await page.locator('.suggestion').first().waitFor();
    await until(
      page,
      `document.querySelector('.omnibox [role=status]').textContent === document.querySelectorAll('.suggestions [role=option]').length + ' suggestions'`,
    );
    await page.getByRole('combobox', { name: 'A song' }).fill('');
    await becomes(() => heard.textContent(), '');
    await page.context().close();
  });
});
