import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ERRORS, SegueError, throwIfCancelled } from '../../src/errors.ts';
import { ROOT, sourceFiles } from '../support/source-files.ts';

test('docs/errors.md lists exactly the codes of the catalogue, with status, exit code and meaning', () => {
  const page = readFileSync(`${ROOT}docs/errors.md`, 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d+) \| (\d+) \| (.+?) \|/gm)].map(
    ([, code, status, exit, meaning]) =>
      [code!, { status: Number(status), exit: Number(exit), meaning: meaning! }] as const,
  );
  assert.deepEqual(Object.fromEntries(rows), structuredClone(ERRORS));
  assert.equal(rows.length, Object.keys(ERRORS).length, 'no code twice');
});

test('every code is used somewhere', () => {
  const code = sourceFiles('src')
    .filter(({ path }) => path !== 'src/errors.ts')
    .map(({ text }) => text)
    .join('\n');
  const used = (name: string): boolean => new RegExp(`'${name}'`).test(code) || name === 'CANCELLED';
  assert.deepEqual(
    Object.keys(ERRORS).filter((name) => !used(name)),
    [],
  );
});

test('a message says what was got, what was expected and the remedy, as sentences', () => {
  const error = new SegueError('OUT_OF_RANGE', { got: 'n is 900', expected: '1 to 500', remedy: 'Ask for fewer' });
  assert.equal(error.message, 'n is 900. Expected 1 to 500. Ask for fewer.');
  assert.equal(error.status, 400);
  assert.equal(error.exitCode, 2);
  assert.deepEqual(error.suggestions, []);
  assert.equal(new SegueError('USAGE', { got: 'Why?' }).message, 'Why?');
});

test('throwIfCancelled throws only after an abort', () => {
  const controller = new AbortController();
  throwIfCancelled(undefined, 'training');
  throwIfCancelled(controller.signal, 'training');
  controller.abort();
  assert.throws(() => throwIfCancelled(controller.signal, 'training'), {
    code: 'CANCELLED',
    message: /training was stopped/,
  });
});
