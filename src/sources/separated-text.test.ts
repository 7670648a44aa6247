import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { Rng } from '../math/rng.ts';
import { LONGEST_ROW, NotSeparated, SeparatedText, type TableRow } from './separated-text.ts';

/** The library that read tables before: the rows of a text and their lines, or its error. */
function oracle(text: string, separator: string): TableRow[] | string {
  try {
    const rows = parse(text, {
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    return (error as { code: string }).code;
  }
}

function read(pieces: readonly string[], separator: string): TableRow[] | string {
  const table = new SeparatedText(separator);
  try {
    return [...pieces.flatMap((piece) => table.take(piece)), ...table.finish()];
  } catch (error) {
    if (error instanceof NotSeparated) return error.why === 'not closed' ? 'CSV_QUOTE_NOT_CLOSED' : error.why;
    throw error;
  }
}

test('any text gives the rows and lines of csv-parse, wherever it is cut', () => {
  const rng = new Rng(11);
  const alphabets = ['a",\n', 'ab",\r\n', 'a",\r', 'ab, "\n\n', 'é😀",\n', 'a:"\n'];
  let rows = 0;
  for (let round = 0; round < 8000; round++) {
    const alphabet = [...alphabets[rng.below(alphabets.length)]!];
    const separator = alphabet.includes(':') ? '::' : ',';
    const characters = Array.from({ length: rng.below(24) }, () => alphabet[rng.below(alphabet.length)]!);
    // Rows that keep to the standard are rare among random ones.
    const text = round % 2 ? characters.join('') : `a,b\n"a ""quoted"" cell",${characters.join('')}\nlast,row`;
    const pieces: string[] = [];
    for (let at = 0; at < text.length; ) {
      const size = 1 + rng.below(8);
      pieces.push(text.slice(at, at + size));
      at += size;
    }
    const expected = oracle(text, separator);
    assert.deepEqual(read(pieces, separator), expected, JSON.stringify(pieces));
    rows += typeof expected === 'string' ? 0 : expected.length;
  }
  assert.ok(rows > 8000);
});

test('names that begin with a quote and go on behind it stay one cell', () => {
  const rows = read(['title,artist\n"Heroes" - 2017 Remaster,David Bowie\nEat It,"Weird Al" Yankovic\n'], ',');
  assert.deepEqual(
    (rows as TableRow[]).map(({ cells }) => cells),
    [
      ['title', 'artist'],
      ['"Heroes" - 2017 Remaster', 'David Bowie'],
      ['Eat It', '"Weird Al" Yankovic'],
    ],
  );
});

test('a row of more than 4 MB is refused, ended or not; one of 4 MB is read', () => {
  const long = 'x'.repeat(LONGEST_ROW);
  const rows = (text: string) => read(text.match(/[\s\S]{1,1000000}/g)!, ',');
  assert.equal((rows(`a,b\n${long}\n`) as TableRow[])[1]!.cells[0]!.length, LONGEST_ROW);
  assert.equal((rows(`a,b\n"${long}"\n`) as TableRow[])[1]!.cells[0]!.length, LONGEST_ROW);
  for (const text of [`a,b\n${long}x\n`, `a,b\n"${long}x"\n`, `a,b\n${long}${long}x`, `"${long}`])
    assert.equal(rows(text), 'too long');
});

test('an open row is not gone through again with each piece', () => {
  const table = new SeparatedText(',');
  table.take('a,b\n"');
  let looked = 0;
  const indexOf = String.prototype.indexOf;
  String.prototype.indexOf = function (this: string, ...of: Parameters<typeof indexOf>) {
    looked += this.length;
    return indexOf.apply(this, of);
  };
  try {
    for (let i = 0; i < 1000; i++) table.take('x'.repeat(1000));
  } finally {
    String.prototype.indexOf = indexOf;
  }
  assert.ok(looked < 20 * 1_000_000, `${looked}`);
});
