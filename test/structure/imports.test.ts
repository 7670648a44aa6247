import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import { isTest, sourceFiles } from '../support/source-files.ts';

/** Imports run one way: a folder may import from those above it in this list, never from its own line or below. */
const ORDER: readonly (readonly string[])[] = [
  ['errors'],
  ['config', 'math', 'schema', 'turn'],
  ['configuration', 'disk-log'],
  ['dataset'],
  ['sources'],
  ['library'],
  ['features'],
  ['models'],
  ['recommend'],
  ['evaluate', 'explore'],
  ['listeners'],
  ['connect'],
  ['operate'],
  ['serve', 'stream'],
  ['cli'],
];
const RANK: Readonly<Record<string, number>> = Object.fromEntries(
  ORDER.flatMap((line, rank) => line.map((folder) => [folder, rank])),
);

const IMPORT = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;
/** Imports that remain after types are stripped. */
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

test('imports run one way, without exceptions', (context) => {
  const all = edges().filter(({ from, to }) => from !== to);
  assert.ok(all.length > 20, 'the imports were read');
  const map = new Map<string, Set<string>>();
  for (const { from, to } of all) map.set(from, (map.get(from) ?? new Set()).add(to));
  for (const folder of ORDER.flat().reverse())
    if (map.has(folder))
      context.diagnostic(`${folder} → ${[...map.get(folder)!].sort((a, b) => RANK[b]! - RANK[a]!).join(', ')}`);
  const upwards = all.filter(({ from, to }) => !(RANK[to]! < RANK[from]!));
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
