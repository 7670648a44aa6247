import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { evaluate } from '../../src/evaluate/evaluate.ts';
import { resolveOptions } from '../../src/evaluate/options.ts';
import { protocolById } from '../../src/evaluate/registry.ts';
import { exploreData } from '../../src/explore/explore-data.ts';
import { Library } from '../../src/library/library.ts';
import { popularity } from '../../src/models/popularity.ts';
import { reportPage } from '../../src/serve/report-page.ts';
import { smallWorld } from '../support/small-world.ts';
import { axeFindings } from './axe-findings.ts';
import { HOSTILE, skip, World } from './world.ts';

describe('reports in a browser, from a file', { skip }, () => {
  let world: World;
  before(async () => {
    world = await World.open({ models: ['popularity'] });
  });
  after(() => world?.close());

  /** axe adds a script to the page, which the report's own policy blocks. */
  async function findings(html: string, colorScheme: 'light' | 'dark') {
    const file = join(world.dir, 'axe.html');
    await writeFile(file, html);
    const { page } = await world.page({ colorScheme, bypassCSP: true });
    await page.goto(pathToFileURL(file).href);
    await page.locator('.plot-figure svg').first().waitFor();
    const found = await axeFindings(page);
    await page.context().close();
    return found;
  }

  /** Opens the report as a person would, as a file on disk. Nothing may be requested, blocked or thrown. */
  async function opened(html: string) {
    const file = join(world.dir, 'report.html');
    await writeFile(file, html);
    const { page, complaints, foreign } = await world.page();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.plot-figure svg').first().waitFor();
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
    const text = await page.locator('body').innerText();
    assert.deepEqual(complaints, []);
    assert.deepEqual(foreign, []);
    assert.deepEqual(requests, [pathToFileURL(file).href]);
    assert.doesNotMatch(text, /NaN|undefined|Infinity|\[object/);
    assert.equal(await page.evaluate('window.hacked'), undefined);
    return { page, headings, text };
  }

  test('the evaluation report shows every section, the failed model, and follows a model through the page', async () => {
    const protocol = protocolById('kfold');
    const hostile = HOSTILE[0]!;
    const report = await evaluate({
      dataset: smallWorld({ owners: 60 }),
      protocol,
      options: resolveOptions(protocol.options, { folds: 2 }, 'protocol'),
      seed: 1,
      candidates: [
        { name: 'popularity', model: popularity, config: {} },
        { name: hostile, model: popularity, config: {} },
        { name: 'broken', model: { ...popularity, unusable: () => 'Nothing to learn from' }, config: {} },
      ],
      threads: 0,
    });
    const { html } = await reportPage('evaluation', protocol.title, report);
    const { page, headings, text } = await opened(html);
    for (const heading of [
      'Leaderboard',
      'Certainty',
      'Trade-offs',
      'By list length',
      'Pairwise comparison',
      'Examples',
      'Method',
    ])
      assert.ok(headings.includes(heading), `${heading} is not among ${headings.join(', ')}`);
    assert.ok(text.includes('Nothing to learn from') && text.includes(hostile));
    await page.locator('.board tr.model-0 th').hover();
    await page.locator('svg .model-0.followed').first().waitFor({ state: 'attached' });
    assert.equal(await page.locator('svg .model-1.followed').count(), 0);
    await page.context().close();
    for (const theme of ['light', 'dark'] as const) assert.deepEqual(await findings(html, theme), []);
  });

  test('the exploration report shows charts, clusters and tables, and both themes', async () => {
    const dataset = await (await Library.open(world.dir)).dataset();
    const { html } = await reportPage('explore', `Library ${HOSTILE[1]}`, await exploreData(dataset));
    const { page, headings } = await opened(html);
    assert.deepEqual(headings, ['Charts', 'By release year', 'Clusters', 'Sources and rejected rows']);
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), `Library ${HOSTILE[1]}`);
    assert.ok((await page.locator('.plot-figure svg').count()) > 15);
    const theme = page.getByRole('button', { name: /theme/ });
    const ground = (): Promise<unknown> => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const light = await ground();
    await theme.click();
    assert.notEqual(await ground(), light);
    await page.context().close();
    for (const theme of ['light', 'dark'] as const) assert.deepEqual(await findings(html, theme), []);
  });
});
