import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isTest, ROOT, sourceFiles } from '../support/source-files.ts';

interface Locked {
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
