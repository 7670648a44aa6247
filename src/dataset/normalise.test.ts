import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { normaliseName, normalisePlain } from './normalise.ts';

test('case, diacritics, quotes, dashes and spaces do not tell names apart', () => {
  for (const [a, b] of [
    ['Björk', 'BJORK'],
    ['Don’t  Stop', "don't stop"],
    ['“Heroes”', '"heroes"'],
    ['AC‐DC – Live', 'ac-dc - live'],
    [' Sigur\tRós ', 'sigur ros'],
    ['It`s', "it's"],
    ['ﬁre', 'fire'],
  ] as const)
    assert.equal(normaliseName(a), normaliseName(b));
  assert.notEqual(normaliseName('Song 2'), normaliseName('Song 3'));
});

test('the short way for plain ASCII gives what the long way gives', () => {
  const ascii = fc.string({
    unit: fc.integer({ min: 32, max: 126 }).map((c) => String.fromCharCode(c)),
    maxLength: 40,
  });
  fc.assert(
    fc.property(ascii, (text) => {
      // A combining accent forces the long way and is then taken off.
      assert.equal(normaliseName(text), normaliseName(`${text}\u0301`));
    }),
  );
});

test('a normalised name stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
      const once = normaliseName(text);
      if (/^[\x20-\x7e]*$/.test(once)) assert.equal(normaliseName(once), once);
    }),
  );
});

test('the way through bytes gives what the way through texts gives, or says that it cannot', () => {
  const unit = fc.constantFrom('a', 'Z', 'A', ' ', '`', "'", '@', '[', '~', '!', 'é', '\t', '\u007f');
  const out = new Uint8Array(64);
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 20 }), (units) => {
      const text = units.join('');
      const bytes = new TextEncoder().encode(`x${text}x`);
      const length = normalisePlain(bytes, 1, bytes.length - 1, out);
      if (length >= 0) assert.equal(new TextDecoder().decode(out.subarray(0, length)), normaliseName(text));
      else assert.ok(!/^[!-~]+( [!-~]+)*$/.test(text), text);
    }),
  );
  assert.equal(normalisePlain(new Uint8Array(65).fill(0x61), 0, 65, out), -1, 'longer than there is room');
});
