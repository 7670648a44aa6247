import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table } from './table.ts';

test('cells are cut at the width of their column, or continue on further lines where it wraps', () => {
  const rows = [
    ['1', 'A long name of a song', 'Often next to “One” and “Two”'],
    ['10', '歌', 'Same artist'],
  ];
  assert.equal(
    table(['#', 'song', 'because'], rows, { widths: [3, 8, 16], right: [0], wrap: [2] }),
    [
      ' #  song      because',
      '──  ────────  ────────────────',
      ' 1  A long …  Often next to',
      '              “One” and “Two”',
      '10  歌        Same artist',
    ].join('\n'),
  );
});

test('a word that is longer than its column is cut, on a line of its own', () => {
  assert.equal(
    table(['why'], [['by a verylongword indeed']], { widths: [8], wrap: [0] }),
    ['why', '────────', 'by a', 'verylon…', 'indeed'].join('\n'),
  );
});

test('control characters and changes of direction become spaces', () => {
  assert.equal(
    table(['a'], [['x\u001b[31m\u202ey\nz']])
      .split('\n')
      .at(-1),
    'x [31m y z',
  );
});
