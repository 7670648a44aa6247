import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sniffDelimiter, TableReader } from './delimited.ts';

function rowsOf(pieces: string[], delimiter = ','): string[][] {
  const rows: string[][] = [];
  const reader = new TableReader(delimiter, (row) => rows.push(row));
  for (const piece of pieces) reader.push(piece);
  reader.finish();
  return rows;
}

test('a table reads the same however it is cut into pieces', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', ' ') });
  fc.assert(
    fc.property(
      fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 6 }),
      fc.nat(20),
      (table, cut) => {
        const text = table.map((row) => row.map((f) => `"${f.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        assert.deepEqual(rowsOf([text]), table);
        assert.deepEqual(rowsOf([text.slice(0, cut), text.slice(cut)]), table);
      },
    ),
  );
});

test('delimiters are counted outside quotes', () => {
  assert.equal(sniffDelimiter('"a,b,c";d;e'), ';');
  assert.equal(sniffDelimiter('a\tb'), '\t');
});
