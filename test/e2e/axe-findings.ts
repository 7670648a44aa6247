import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { overhang } from './world.ts';

type RunOptions = Parameters<AxeBuilder['options']>[0];

/**
 * axe's findings on a page, one line per element. Our pages have no frames, and only violations are needed: without a second page for the results,
 * and without the passing elements, a run takes a third of the time.
 */
export async function axeFindings(page: Page, rules: RunOptions = {}): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], preload: false, ...rules })
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary?.split('\n')[1]?.trim() ?? ''}`,
    ),
  );
}

/** Asserts that axe finds nothing and that nothing is wider than the window. */
export async function assertClean(page: Page, where: string): Promise<void> {
  assert.deepEqual(await axeFindings(page), [], where);
  assert.ok((await overhang(page)) <= 0, `${where} is wider than its window`);
}
