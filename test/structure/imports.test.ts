import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import { isTest, sourceFiles } from '../support/source-files.ts';

/**
 * Imports run one way: a folder may import from those with a lower rank, never upwards. Folders of one rank do not import each other,
 * except that dataset (which imports files through the registry of sources) and sources (which yield its rows) are one step together.
 */
const RANK: Record<string, number> = {
  errors: 0,
  math: 1,
  config: 1,
  dataset: 2,
  sources: 2,
  features: 4,
  models: 5,
  recommend: 6,
  evaluate: 7,
  spotify: 7,
  profiles: 7,
  stream: 8,
  serve: 8,
  cli: 9,
};

const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;
/** Imports that remain when types are stripped. */
const VALUE_IMPORT = /^(?:import|export)\s+(?!type\b)[^;']*?from\s+'(\.[^']+)'/gm;

interface Edge {
  file: string;
  from: string;
  to: string;
}

function edges(): Edge[] {
  const found: Edge[] = [];
  for (const { path, text } of sourceFiles('src')) {
    if (isTest(path)) continue;
    for (const [, target] of text.matchAll(IMPORT)) {
      const resolved = posix.join(posix.dirname(path), target!);
      const folder = (file: string): string => file.split('/')[1]!.replace(/\.ts$/, '');
      found.push({ file: path, from: folder(path), to: resolved.startsWith('src/') ? folder(resolved) : resolved });
    }
  }
  return found;
}

test('every folder of src has its place in the order', () => {
  const unplaced = new Set(sourceFiles('src').map(({ path }) => path.split('/')[1]!.replace(/\.ts$/, '')));
  for (const known of Object.keys(RANK)) unplaced.delete(known);
  assert.deepEqual([...unplaced], []);
});

test('imports run one way: cli → serve → evaluate → recommend → models → features → dataset, sources → math', () => {
  const all = edges();
  assert.ok(all.length > 20, 'the imports were read');
  const together = new Set(['dataset', 'sources']);
  const upwards = all.filter(
    ({ from, to }) => from !== to && !(RANK[to]! < RANK[from]!) && !(together.has(from) && together.has(to)),
  );
  assert.deepEqual(
    upwards.map(({ file, to }) => `${file} imports ${to}`),
    [],
  );
});

test('no file imports itself by way of others', () => {
  const imports = new Map(
    sourceFiles('src').map(({ path, text }) => [
      path,
      [...text.matchAll(VALUE_IMPORT)].map(([, target]) => posix.join(posix.dirname(path), target!)),
    ]),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    assert.ok(!trail.includes(path), `cycle: ${[...trail, path].join(' → ')}`);
    if (done.has(path)) return;
    for (const target of imports.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of imports.keys()) visit(path, []);
});

test('math imports nothing but errors.ts', () => {
  const others = edges().filter(({ from, to }) => from === 'math' && to !== 'math' && to !== 'errors');
  assert.deepEqual(others, []);
});

test('models, features and recommend know no HTTP and no files', () => {
  const forbidden = /from 'node:(fs|fs\/promises|http|https|net|child_process)'|from 'fastify'/;
  const offenders = ['src/models', 'src/features', 'src/recommend']
    .flatMap(sourceFiles)
    .filter(({ path, text }) => !isTest(path) && forbidden.test(text));
  assert.deepEqual(
    offenders.map(({ path }) => path),
    [],
  );
});
