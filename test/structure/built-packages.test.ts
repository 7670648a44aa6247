import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ROOT, sourceFiles } from '../support/source-files.ts';

const { imports } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
  imports: Record<string, { readonly types: string; readonly default: string }>;
};

test('packages that are built into a few modules are imported by their # names, also for their types', () => {
  const names = Object.keys(imports).map((name) => name.slice(1));
  assert.ok(names.includes('typebox'), 'the names were read');
  const direct = ['src', 'bench', 'scripts', 'test']
    .flatMap((folder) => sourceFiles(folder))
    .filter(({ text }) => names.some((name) => text.includes(`from '${name}'`)))
    .map(({ path }) => path);
  assert.deepEqual(direct, []);
});

test('each bundle exports the same as its package', async () => {
  for (const [name, { types, default: built }] of Object.entries(imports)) {
    assert.equal(types, name.slice(1));
    const [made, whole] = (await Promise.all([import(`${ROOT}${built}`), import(types)])) as object[];
    assert.deepEqual(Object.keys(made!).sort(), Object.keys(whole!).sort(), name);
  }
});
