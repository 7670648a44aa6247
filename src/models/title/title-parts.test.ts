import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { StringColumn } from '../../dataset/strings.ts';
import type { SegueError } from '../../errors.ts';
import { termShares } from './term-shares.ts';
import { TitleIndex } from './title-index.ts';
import { buildTitleParts, encodeTitles, viewTitles } from './title-parts.ts';
import { titleTerms } from './title-terms.ts';

const TITLES = ['Summer hits', 'summer hits!', 'Rock', '', 'Summer rock', '🎸', 'chill', 'Rock', 'summers', '90s rock'];
const titles = StringColumn.from(TITLES);
const bytesOf = (id = 'a'): Uint8Array => Buffer.concat(encodeTitles(buildTitleParts(titles), id));

/** The cosine of two titles by the definition: TF-IDF over distinct titles. */
function cosine(a: string, b: string): number {
  const distinct = new Map(TITLES.map(titleTerms).map((terms) => [terms.key, termShares(terms)]));
  distinct.delete('');
  const vector = (title: string): Map<string, number> =>
    new Map(
      [...termShares(titleTerms(title))].flatMap(([term, share]) => {
        const holders = [...distinct.values()].filter((shares) => shares.has(term)).length;
        return holders > 0 ? [[term, share * Math.log(1 + distinct.size / holders)]] : [];
      }),
    );
  const [x, y] = [vector(a), vector(b)];
  const dot = (u: Map<string, number>, v: Map<string, number>): number =>
    [...u].reduce((sum, [term, value]) => sum + value * (v.get(term) ?? 0), 0);
  return dot(x, y) / (Math.sqrt(dot(x, x) * dot(y, y)) || 1);
}

test('owners are found by the cosine of their titles, and each owner of a title alike', () => {
  const index = new TitleIndex(titles);
  for (const asked of ['summer', 'rock hits', 'Summer Hits', 'nothing of that', '🎸']) {
    const { count, owners, weights } = index.neighbours(asked, 1);
    const found = new Map(Array.from(owners.subarray(0, count), (owner, i) => [owner, weights[i]!]));
    for (const [owner, title] of TITLES.entries())
      assert.ok(Math.abs((found.get(owner) ?? 0) - cosine(asked, title)) < 1e-6, `${asked}: ${title}`);
  }
  assert.equal(index.titlesWith('summer'), 3);
  assert.equal(index.titlesWith('polka'), 0);
});

test('saved parts are read as they were made, as views of the file', () => {
  const bytes = bytesOf();
  const read = viewTitles(bytes, TITLES.length, 'a')!;
  assert.deepEqual(read, buildTitleParts(titles));
  assert.equal(read.termIdx.buffer, read.counts.buffer);
  assert.equal(viewTitles(bytes, TITLES.length, 'b'), null);
});

test('each flipped bit, each cut and another number of owners is refused', () => {
  const whole = bytesOf();
  const refused = (bytes: Uint8Array, owners = TITLES.length): boolean => {
    try {
      viewTitles(bytes, owners, 'a');
      return false;
    } catch (error) {
      return ['FILE_UNREADABLE', 'FORMAT_NEWER'].includes((error as SegueError).code);
    }
  };
  for (let i = 0; i < whole.length; i++) {
    const bytes = Uint8Array.from(whole);
    bytes[i]! ^= 1 << (i % 8);
    assert.ok(refused(bytes), `byte ${i}`);
  }
  for (let end = 0; end < whole.length; end += 7) assert.ok(refused(whole.slice(0, end)), `cut at ${end}`);
  assert.ok(refused(whole, TITLES.length - 1));
});

test('the parts of given titles stay as they are: where they change, TITLES_VERSION must be raised', () => {
  assert.equal(createHash('sha256').update(bytesOf()).digest('hex').slice(0, 16), '6eab1df3140e9085');
});
