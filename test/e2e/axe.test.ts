import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { axeFindings } from './axe-findings.ts';
import { addSong, overhang, rows, skip, until, World } from './world.ts';

const WIDTHS = [360, 390, 768, 1440];
/** One width per layout for checking contrast, in both themes: colours are the same at every width, and this rule is the slowest. */
const CONTRAST = [390, 1440];

/** A state of the app: how to reach it and, where the next one needs that, how to leave it. */
interface State {
  name: string;
  enter(page: Page, width: number): Promise<void>;
  leave?(page: Page): Promise<void>;
}

const isWide = (width: number): boolean => width > 1020;
const show = (page: Page, view: string): Promise<void> =>
  page.getByRole('navigation').getByRole('button', { name: view }).click();
const leaveByEscape = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await page.locator('dialog[open], [role=menu]').waitFor({ state: 'detached' });
};
/** Shows the dials, which are beside the list or in a sheet. */
const openDials = async (page: Page, width: number): Promise<void> => {
  if (isWide(width)) return;
  await page.getByRole('button', { name: /^Dials/ }).click();
  await page.getByRole('dialog').waitFor();
};

/** Every state that a person can reach, ordered so that each starts where the previous one ended. */
const STATES: readonly State[] = [
  { name: 'first page', enter: (page) => page.locator('.tile').first().waitFor() },
  {
    name: 'search',
    enter: async (page) => {
      await page.getByRole('combobox').first().fill('night');
      await page.locator('.suggestion').first().waitFor();
    },
    leave: (page) => page.getByRole('combobox').first().fill(''),
  },
  {
    name: 'search without a result',
    enter: async (page) => {
      await page.getByRole('combobox').first().fill('qwxzvkjq zzxqwv');
      await page.getByText('No song, artist or playlist matches').waitFor();
    },
    leave: (page) => page.getByRole('combobox').first().fill(''),
  },
  {
    name: 'all rows of a list, with the evidence of several and a song that plays',
    enter: async (page) => {
      await addSong(page, await popular());
      await rows(page).nth(49).waitFor({ state: 'attached' });
      for (const n of [0, 1, 24, 49]) await page.locator('.because').nth(n).click();
      await page.locator('.evidence').nth(3).waitFor();
      await rows(page).first().focus();
      await page.keyboard.press('p');
      await page.getByRole('complementary', { name: 'Player' }).waitFor();
    },
  },
  {
    name: 'menu of a row',
    enter: async (page) => {
      await rows(page)
        .nth(2)
        .getByRole('button', { name: /^More about/ })
        .click();
      await page.locator('[role=menu][data-placed]').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'menu of export',
    enter: async (page) => {
      await page.getByRole('button', { name: 'Export this list' }).click();
      await page.locator('[role=menu][data-placed]').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'dials, one of them set',
    enter: async (page, width) => {
      await openDials(page, width);
      await page.getByRole('slider', { name: 'Era from' }).focus();
      await page.keyboard.press('ArrowRight');
      await page.getByLabel('Include songs whose year is unknown').waitFor();
      await page.getByText('Advanced', { exact: true }).click();
    },
  },
  {
    name: 'dials, the list of genres open',
    enter: async (page) => {
      await page.getByRole('combobox', { name: 'Find a genre' }).fill('pop');
      await page.locator('.genre-list [role=option]').first().waitFor();
    },
    leave: async (page) => {
      await page.keyboard.press('Enter');
      await page.getByRole('list', { name: 'Only these genres' }).waitFor();
      await page.getByRole('button', { name: 'Reset dials' }).click();
      if (await page.locator('dialog[open]').count()) await leaveByEscape(page);
      await rows(page).nth(49).waitFor({ state: 'attached' });
    },
  },
  {
    name: 'arranging',
    enter: async (page) => {
      await page.getByRole('button', { name: 'Arrange' }).click();
      await page.locator('.edit-row').nth(49).waitFor({ state: 'attached' });
    },
    leave: (page) => page.getByRole('button', { name: 'Done' }).click(),
  },
  {
    name: 'no songs match',
    enter: async (page, width) => {
      await openDials(page, width);
      await page.getByRole('slider', { name: 'Era from' }).focus();
      await page.keyboard.press('End');
      if (!isWide(width)) await leaveByEscape(page);
      await page.getByText('No songs match', { exact: true }).waitFor();
    },
    leave: async (page) => {
      await page.getByRole('button', { name: /^Relax / }).click();
      await rows(page).first().waitFor();
    },
  },
  {
    name: 'shortcuts',
    enter: async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'settings',
    enter: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('dialog').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'review of pasted lines',
    enter: async (page) => {
      await page.evaluate(
        `navigator.clipboard.writeText(${JSON.stringify(`${await popular()}\nZzyzx Qqqqq - Nothing Like This At All 9999`)})`,
      );
      await page.getByRole('combobox').first().focus();
      await page.keyboard.press('Control+v');
      await page.getByRole('dialog').waitFor();
    },
    leave: leaveByEscape,
  },
  {
    name: 'map',
    enter: async (page) => {
      await show(page, 'Map');
      await page.locator('[data-drawn][data-state=idle]').first().waitFor();
    },
  },
  {
    name: 'region of the map and the map as a list',
    enter: async (page) => {
      await page.getByText('The map as a list').click();
      await page.locator('.cluster-list button').first().click();
      await page.getByRole('region', { name: 'Songs in this region' }).getByRole('listitem').first().waitFor();
    },
  },
  {
    name: 'data',
    enter: async (page) => {
      await show(page, 'Data');
      await page.locator('.plot-figure svg').first().waitFor();
    },
  },
  {
    name: 'lab',
    enter: async (page) => {
      await show(page, 'Lab');
      await page.locator('.compare-columns ol[aria-busy=false]').first().waitFor();
    },
  },
  {
    name: 'home',
    enter: (page) => show(page, 'For you').then(() => page.locator('main h1, main h2').first().waitFor()),
  },
  {
    name: 'library',
    enter: (page) => show(page, 'My music').then(() => page.locator('main h1, main h2').first().waitFor()),
  },
  {
    name: 'connections',
    enter: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Connections' }).click();
      await page.getByRole('heading', { name: 'Connections' }).waitFor();
    },
  },
  {
    name: 'operation',
    enter: async (page) => {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Operations' }).click();
      await page.getByRole('heading', { name: 'Variety' }).waitFor();
      await page.locator('.operate .plot-figure svg').nth(6).waitFor();
    },
  },
  {
    name: 'damaged link',
    enter: async (page) => {
      await page.goto('about:blank');
      await page.goto(`${world.url}/#/discover?qBROKEN`);
      await page.getByText('Part of this link is missing').waitFor();
      await page.locator('.tile').first().waitFor();
    },
  },
];

let world: World;
/** The name of the library's best-known song. */
const popular = async (): Promise<string> =>
  (await world.server.engine.recommend({ n: 1, model: 'popularity' })).tracks[0]!.name;

describe('no findings of axe and no overflow in any state', { skip, timeout: 1_800_000 }, () => {
  before(async () => {
    world = await World.open();
  });
  after(() => world?.close());

  for (const width of WIDTHS)
    test(`${STATES.length} states at ${width} px, ${CONTRAST.includes(width) ? 'light and dark' : 'without contrast'}`, async () => {
      const { page, complaints } = await world.page({ viewport: { width, height: 850 }, colorScheme: 'light' });
      await page.goto(world.url);
      const contrast = CONTRAST.includes(width);
      const wrong: string[] = [];
      const look = async (where: string, rules: Parameters<typeof axeFindings>[1]): Promise<void> => {
        await until(page, 'document.getAnimations().every((animation) => animation.playState !== "running")');
        for (const finding of await axeFindings(page, rules)) wrong.push(`${where}: ${finding}`);
      };
      for (const { name, enter, leave } of STATES) {
        await enter(page, width);
        await look(name, { rules: { 'color-contrast': { enabled: contrast } } });
        const over = await overhang(page);
        if (over > 0) wrong.push(`${name}: ${over} px too wide`);
        if (contrast) {
          await page.emulateMedia({ colorScheme: 'dark' });
          await look(`${name}, dark`, { runOnly: ['color-contrast'] });
          await page.emulateMedia({ colorScheme: 'light' });
        }
        await leave?.(page);
      }
      assert.deepEqual(wrong, []);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
});
