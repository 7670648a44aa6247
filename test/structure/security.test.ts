import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

/** The requirements of level 1 of ASVS 5.0.0. */
const REQUIREMENTS =
  `1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1 2.1.1 2.2.1 2.2.2 2.3.1 3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.5.3 4.1.1 4.4.1
  5.2.1 5.2.2 5.3.1 5.3.2 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2 7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2
  8.1.1 8.2.1 8.2.2 8.3.1 9.1.1 9.1.2 9.1.3 9.2.1 10.4.1 10.4.2 10.4.3 10.4.4 10.4.5 11.3.1 11.3.2 11.4.1 12.1.1 12.2.1 12.2.2 13.4.1 14.2.1
  14.3.1 15.1.1 15.2.1 15.3.1`.split(/\s+/);

const ROOT = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/security.md', ROOT), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| (?:\d|H\d)/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\|\s*|\s*\|$/g, '').trim()));

test('docs/security.md walks through every requirement of ASVS 5.0.0, level 1, once', () => {
  assert.equal(REQUIREMENTS.length, 70);
  assert.deepEqual(
    rows.map(([number]) => number).filter((number) => !number!.startsWith('H')),
    REQUIREMENTS,
  );
});

test('docs/security.md names a test for each of the eleven attacks on earlier versions', () => {
  const attacks = rows.filter(([number]) => number!.startsWith('H'));
  assert.deepEqual(
    attacks.map(([number]) => number),
    Array.from({ length: 11 }, (_, i) => `H${i + 1}`),
  );
  for (const [number, , , , shown] of attacks) assert.ok(shown, number);
});

test('every test that docs/security.md names exists, and every met requirement names one', () => {
  let named = 0;
  for (const [number, , state, , shown = ''] of rows) {
    for (const reference of shown.split(/; (?=`)/).filter((part) => part !== '')) {
      const [, file, title] = /^`([^`]+)`: (.+)$/.exec(reference) ?? [];
      assert.ok(file && title && title.length > 15, `${number}: ${reference}`);
      assert.ok(existsSync(new URL(file, ROOT)), `${number}: ${file}`);
      const text = readFileSync(new URL(file, ROOT), 'utf8');
      assert.ok(text.includes(title), `${number}: ${file} has no test "${title}"`);
      named++;
    }
    if (state === 'met' && number !== '15.1.1') assert.notEqual(shown, '', `${number} names no test`);
  }
  assert.ok(named > 50, `${named} tests are named`);
});
