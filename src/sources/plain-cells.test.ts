import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { artistsCell, listCell } from './cells.ts';
import { isOneName } from './plain-cells.ts';

const isOne = (cell: string): boolean => {
  const bytes = Buffer.from(`x${cell}y`);
  return isOneName(bytes, 1, bytes.length - 1);
};

test('a cell that is taken as one name is one, of artists as well as of genres', () => {
  const unit = fc.constantFrom(...'aFfEet.,;()[]\'" -n', 'feat', ' ft ', 'é', '\t', 'null');
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 12 }), (cell) => {
      if (!isOne(cell)) return;
      assert.deepEqual(artistsCell(cell), [cell]);
      assert.deepEqual(listCell(cell), [cell]);
    }),
    { numRuns: 5000 },
  );
});

test('nearly all names are taken so', () => {
  for (const cell of [
    'Nina Simone',
    'AC/DC',
    'Earth (the band)',
    'Simon & Garfunkel',
    'Left',
    'n',
    'Florence the Firth',
  ])
    assert.ok(isOne(cell), cell);
  for (const cell of ['A feat. B', 'A (ft. B)', 'A, B', "['A']", 'None', ' A', '']) assert.ok(!isOne(cell), cell);
});
