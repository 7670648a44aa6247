import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../math/rng.ts';
import { arePlain, readParts } from './plain-lines.ts';
import type { TableRow } from './separated-text.ts';
import { LONGEST_LINE } from './text.ts';
import { UnquotedText } from './unquoted-text.ts';

const utf8 = new TextEncoder();

/** The oracle: the whole text at once. */
function naively(text: string): TableRow[] {
  const lines = text.split('\n').map((line, i, all) => (i < all.length - 1 ? line.replace(/\r$/, '') : line));
  return lines.flatMap((line, i) => (line === '' ? [] : [{ cells: line.split('\t'), line: i + 1 }]));
}

test('lines between tabs are the same rows wherever they are cut, as bytes or as texts; quotes are characters', async () => {
  const rng = new Rng(3);
  let plain = 0;
  for (let round = 0; round < 500; round++) {
    let text = 'id\tname\n';
    for (let line = rng.below(9); line >= 0; line--) {
      const cells = Array.from({ length: rng.below(4) }, () => ['', 'a', '"b', 'Ü', '"', 'x\ry'][rng.below(6)]!);
      text += cells.join('\t') + ['\n', '\n', '\r\n', '\n\n'][rng.below(rng.uniform() < 0.5 ? 2 : 4)]!;
    }
    if (rng.uniform() < 0.3) text = text.slice(0, -1);
    const bytes = utf8.encode(text);
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; ) {
      const size = 1 + rng.below(30);
      pieces.push(bytes.subarray(at, at + size));
      at += size;
    }
    async function* chunks(): AsyncGenerator<Uint8Array> {
      yield* pieces;
    }
    const table = new UnquotedText('t.tsv', '\t');
    const rows: TableRow[] = [];
    for await (const part of readParts('t.tsv', chunks(), new TextDecoder(), table, '\t', () => 'unquoted')) {
      if (!arePlain(part)) rows.push(...part);
      else {
        plain += part.lines;
        const lines = new TextDecoder().decode(part.bytes).slice(0, -1).split('\n');
        assert.equal(lines.length, part.lines);
        for (const [i, line] of lines.entries())
          if (line !== '') rows.push({ cells: line.split('\t'), line: part.line + i });
      }
    }
    rows.push(...table.finish());
    assert.deepEqual(rows, naively(text), JSON.stringify(text));
  }
  assert.ok(plain > 500, `${plain}`);
});

test('a line without end is refused', () => {
  const table = new UnquotedText('t.tsv', '\t');
  const piece = 'x'.repeat(1 << 20);
  assert.throws(
    () => {
      for (let length = 0; length <= LONGEST_LINE; length += piece.length) table.take(piece);
    },
    { code: 'FILE_UNREADABLE' },
  );
});
