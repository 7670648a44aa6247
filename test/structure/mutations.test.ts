import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { MUTATIONS } from '../../scripts/mutations/list.ts';
import { ROOT } from '../support/source-files.ts';

test('every mutation of `npm run mutations` fits the code exactly once and names a test', () => {
  for (const { name, file, from, test: detector } of MUTATIONS) {
    assert.equal(readFileSync(ROOT + file, 'utf8').split(from).length, 2, `${name}: ${file}`);
    assert.ok(existsSync(ROOT + detector), `${name}: ${detector}`);
  }
});
