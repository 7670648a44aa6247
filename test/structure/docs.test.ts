import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../support/source-files.ts';

const read = (path: string): string => readFileSync(ROOT + path, 'utf8');
const pages = readdirSync(`${ROOT}docs`, { recursive: true, encoding: 'utf8' })
  .map((name) => `docs/${name.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.md'))
  .sort();

/** Targets of a page's links to files of the repository, as paths from its root. */
function links(page: string): string[] {
  return [...read(page).matchAll(/\]\(([^)\s#]+)[^)\s]*\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => posix.join(posix.dirname(page), target).replace(/\/$/, ''));
}

test('docs/README.md lists every page of docs once', () => {
  const listed = links('docs/README.md');
  assert.equal(
    new Set(listed).size,
    listed.length,
    `listed twice: ${listed.filter((p, i) => listed.indexOf(p) !== i)}`,
  );
  assert.deepEqual(
    pages.filter((page) => page !== 'docs/README.md' && !listed.includes(page)),
    [],
  );
});

test('links between pages lead to files', () => {
  const broken = [
    'README.md',
    'ARCHITECTURE.md',
    'SECURITY.md',
    'spark/README.md',
    'bench/README.md',
    'deploy/README.md',
    ...pages,
  ].flatMap((page) =>
    links(page)
      .filter((target) => !existsSync(ROOT + target))
      .map((target) => `${page}: ${target}`),
  );
  assert.deepEqual(broken, []);
});

const folders = readdirSync(`${ROOT}src`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const named = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))].sort();

test('ARCHITECTURE.md has a row and a box for every folder of src, and for no other', () => {
  const text = read('ARCHITECTURE.md');
  assert.deepEqual(named(text, /^\| `src\/([\w-]+)` \|/gm), folders, 'rows of the table');
  assert.deepEqual(named(text, /\["<b>([\w-]+)<\/b>/g), folders, 'boxes of the picture');
});

/** Paths that a page names in backticks; `<id>` and `*` are placeholders. */
test('files that README.md and ARCHITECTURE.md name exist', () => {
  const missing = ['README.md', 'ARCHITECTURE.md'].flatMap((page) =>
    [...read(page).matchAll(/`((?:src|test|web|spark|docs|scripts|bench|plugins|bin)\/[\w./-]*)`/g)]
      .map(([, path]) => path!)
      .filter((path) => !existsSync(ROOT + path))
      .map((path) => `${page}: ${path}`),
  );
  assert.deepEqual(missing, []);
});
