import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { StringColumn, StringColumnBuilder } from './strings.ts';

const encoder = new TextEncoder();

test('texts come back as they went in: any script, emoji, empty, long', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 300 }), { maxLength: 600 }), (texts) => {
      const column = StringColumn.from(texts);
      assert.equal(column.length, texts.length);
      texts.forEach((text, i) => {
        assert.equal(column.get(i), text);
        assert.equal(column.isEmpty(i), text === '');
        assert.deepEqual(column.bytes(i), encoder.encode(text));
      });
    }),
    { numRuns: 50 },
  );
});

test('bytes and texts mix, and growth loses nothing', () => {
  const builder = new StringColumnBuilder();
  for (let i = 0; i < 5000; i++) {
    if (i % 2 === 0) builder.push(`song ${i} ♪`);
    else builder.pushBytes(encoder.encode(`bytes ${i}`));
  }
  assert.equal(builder.length, 5000);
  const column = builder.finish();
  for (const i of [0, 1, 255, 256, 2047, 4998, 4999])
    assert.equal(column.get(i), i % 2 === 0 ? `song ${i} ♪` : `bytes ${i}`);
});

test('a lone surrogate becomes the replacement character, not a broken heap', () => {
  const column = StringColumn.from(['a\ud800b', 'next']);
  assert.equal(column.get(0), 'a�b');
  assert.equal(column.get(1), 'next');
});

test('a text is blank when nothing but white space is in it, of any script', () => {
  const texts = ['', ' ', '\t\n', '\u3000', '\u00a0 \u2003', 'a', ' a', '\u3000a', 'é', '夜', '🎵'];
  const column = StringColumn.from(texts);
  assert.deepEqual(
    texts.map((_, i) => column.isBlank(i)),
    texts.map((text) => text.trim() === ''),
  );
});
