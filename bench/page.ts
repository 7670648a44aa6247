import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Bench, type Line, lineOf, quantile } from './harness.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS =
  '--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const ROUNDS = 9;

/** Time from opening the address to a letter appearing in the search box. */
async function interactive(browser: Browser, base: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const start = performance.now();
  await page.goto(base);
  await page.getByRole('combobox').first().fill('a');
  const time = performance.now() - start;
  await context.close();
  return time;
}

/** Time from typing a letter to the last change of the suggestions, measured in the page. */
function typing(page: Page, letter: string): Promise<number> {
  return page.evaluate<number>(`new Promise((done) => {
    const box = document.querySelector('[role=combobox]');
    const start = performance.now();
    let last = 0;
    const watch = new MutationObserver(() => { last = performance.now(); });
    watch.observe(document.querySelector('[role=listbox]'), { childList: true, subtree: true, characterData: true });
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, box.value + ${JSON.stringify(letter)});
    box.dispatchEvent(new Event('input', { bubbles: true }));
    setTimeout(() => { watch.disconnect(); done(last ? last - start : NaN); }, 400);
  })`);
}

/** Time from moving the diversity dial to the frame after the new list, measured in the page. */
function turning(page: Page, value: number): Promise<number> {
  return page.evaluate<number>(`new Promise((done) => {
    const results = document.querySelector('.results');
    const start = performance.now();
    let busy = false;
    const watch = new MutationObserver(() => {
      if (results.getAttribute('aria-busy') === 'true') busy = true;
      else if (busy) { watch.disconnect(); requestAnimationFrame(() => done(performance.now() - start)); }
    });
    watch.observe(results, { attributes: true });
    const dial = [...document.querySelectorAll('input[type=range]')].find((d) => d.labels?.[0]?.textContent === 'Diversity');
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(dial, '${value}');
    dial.dispatchEvent(new Event('input', { bubbles: true }));
    dial.dispatchEvent(new Event('change', { bubbles: true }));
    setTimeout(() => done(NaN), 5000);
  })`);
}

const goal = (what: string, times: readonly number[], limit: number): Line =>
  lineOf(what, times, { goal: { text: `≤ ${limit} ms`, met: quantile(times, 0.5) <= limit } });

export const page: Bench = {
  id: 'page',
  title:
    'The page in Chromium: --value URL of a running `segue serve`, and of a song in it (default: the demo world’s first tile)',
  async run({ values, say }) {
    const base = values[0];
    const isAddress = base !== undefined && /^https?:/.test(base);
    if (!isAddress || !existsSync(CHROMIUM)) {
      say(
        isAddress
          ? 'Chromium is not installed here'
          : 'give --value http://127.0.0.1:<port> of a running `segue serve`',
      );
      return [];
    }
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS.split(' ') });
    try {
      const starts: number[] = [];
      for (let i = 0; i < ROUNDS; i++) starts.push(await interactive(browser, base));
      const view = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await view.goto(base);
      const tile = view.locator('.tile').first();
      await tile.waitFor();
      const letters: number[] = [];
      for (const letter of 'midnight river') letters.push(await typing(view, letter));
      await view.getByRole('combobox').first().fill('');
      await tile.click();
      await view.locator('.row').first().waitFor();
      await view.waitForTimeout(1500);
      const turns: number[] = [];
      for (let i = 1; i <= ROUNDS; i++) {
        turns.push(await turning(view, i / 10));
        await view.waitForTimeout(300);
      }
      const facts = (await view.locator('.results-facts').textContent()) ?? '';
      return [
        goal('time to interactive', starts, 1500),
        goal(
          'a letter to its suggestions',
          letters.filter((t) => !Number.isNaN(t)),
          50,
        ),
        {
          ...goal(
            'a dial to the new list',
            turns.filter((t) => !Number.isNaN(t)),
            150,
          ),
          quality: facts,
        },
      ];
    } finally {
      await browser.close();
    }
  },
};
