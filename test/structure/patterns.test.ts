import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenizer } from 'acorn';
import { check } from 'recheck';
import { isTest, sourceFiles, withoutTypes } from '../support/source-files.ts';

/** Every regular expression of the product's code, with the places where it is written; web/ is exempt, since it runs in one person's browser. */
function patterns(): Map<string, { source: string; flags: string; paths: Set<string> }> {
  const found = new Map<string, { source: string; flags: string; paths: Set<string> }>();
  for (const { path, text } of sourceFiles('src').filter((file) => !isTest(file.path))) {
    for (const token of tokenizer(withoutTypes(text), { ecmaVersion: 'latest', sourceType: 'module' })) {
      if (token.type.label !== 'regexp') continue;
      const { pattern: source, flags } = (token as unknown as { value: { pattern: string; flags: string } }).value;
      const entry = found.get(`/${source}/${flags}`) ?? { source, flags, paths: new Set() };
      found.set(`/${source}/${flags}`, entry);
      entry.paths.add(path);
    }
  }
  return found;
}

/**
 * recheck counts steps over words that it grows: no clock is involved, so a busy machine only takes longer. The runner's own limit ends a runaway
 * analysis.
 */
const BY_GROWTH = { timeout: null, attackTimeout: null, incubationTimeout: null, randomSeed: 1 };

test('every regular expression takes time in proportion to its text', async () => {
  const all = patterns();
  assert.ok(all.size > 80, 'the expressions were found');
  const slow: string[] = [];
  for (const [written, { source, flags, paths }] of all) {
    const found = await check(source, flags, BY_GROWTH);
    const what = found.status === 'vulnerable' ? found.complexity.summary : 'not understood';
    if (found.status !== 'safe') slow.push(`${[...paths].join(', ')}: ${written} is ${what}`);
  }
  assert.deepEqual(slow, []);
});

test('the check finds the patterns that once blocked the server', async () => {
  const separator = /\s+[-–—|]\s+|\t+|\s*[–—]\s*/;
  const { status } = await check(separator.source, separator.flags, BY_GROWTH);
  assert.equal(status, 'vulnerable');
});
