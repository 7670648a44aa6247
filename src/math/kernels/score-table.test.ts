import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../rng.ts';
import { Region } from './memory.ts';
import { LINE } from './scatter.ts';
import { finishRows, rowsAbove, zero } from './score-table.ts';

const ROWS = 300;
const GROUPS = 90;
const PLACES = 50;
const ARTISTS = 12;
const { fround } = Math;

function world(seed: number) {
  const region = new Region();
  const rng = new Rng(seed);
  const floats = (length: number): Float32Array => region.place(Float32Array.from({ length }, () => rng.normal()));
  const ints = (length: number, most: number, least = 0): Int32Array =>
    region.place(Int32Array.from({ length }, () => least + rng.below(most - least)));
  const table = floats((ROWS + 5) * LINE);
  const groupOf = ints(ROWS, GROUPS);
  const walk = {
    column: 11,
    scale: floats(GROUPS),
    places: ints(GROUPS, PLACES, -1),
    first: floats(ROWS),
    second: floats(ROWS),
  };
  const dense = [
    { column: 12, values: floats(ROWS) },
    { column: 15, values: floats(ROWS + 3) },
  ];
  const discount = { column: 1, by: floats(GROUPS) };
  const popularity = region.place(Float32Array.from({ length: GROUPS }, () => rng.below(4)));
  const entries = region.place(Float32Array.from({ length: ARTISTS }, () => rng.below(1000)));
  const artists = { artistOf: ints(GROUPS, ARTISTS, -1), popularity, entries, unheld: 0.3, doubt: 3 };
  return { region, table, groupOf, walk, dense, discount, spread: { column: 7, score: floats(ARTISTS), ...artists } };
}

/** The same columns, computed number by number. */
function naive(
  { table, groupOf, walk, dense, discount, spread }: ReturnType<typeof world>,
  byRow: boolean,
): Float32Array {
  const out = table.slice();
  groupOf.forEach((group, row) => {
    const at = row * LINE;
    const place = byRow ? row : walk.places[group]!;
    const walked = fround(out[at + walk.column]! * walk.scale[group]!);
    out[at + walk.column] = place < 0 ? walked : fround(walked + walk.first[place]!) + walk.second[place]!;
    for (const { column, values } of dense) out[at + column] = values[row]!;
    out[at + discount.column] = out[at + discount.column]! * discount.by[group]!;
    const artist = spread.artistOf[group]!;
    const score = artist < 0 ? 0 : spread.score[artist]!;
    if (score > 0)
      out[at + spread.column] = (score * (spread.popularity[group]! || 0.3)) / (spread.entries[artist]! + 3);
  });
  return out;
}

for (const byRow of [false, true])
  test(`columns are computed as one number after the other, to the last bit, places by ${byRow ? 'row' : 'group'}`, () => {
    for (const seed of [1, 2, 3]) {
      const { region, ...parts } = world(seed);
      const expected = naive({ region, ...parts }, byRow);
      const { table, groupOf, ...columns } = parts;
      finishRows(table, groupOf, { ...columns, walk: { ...columns.walk, ...(byRow && { places: null }) } });
      assert.deepEqual(table.slice(), expected);
      region.free();
    }
  });

test('what is left out stays as it is', () => {
  const { region, table, groupOf, dense } = world(4);
  const before = table.slice();
  finishRows(table, groupOf, { dense: [] });
  assert.deepEqual(table.slice(), before);
  finishRows(table, groupOf, { dense: [dense[1]!] });
  const changed = Array.from(table.keys()).filter((i) => table[i] !== before[i]);
  assert.ok(changed.length > 0 && changed.every((i) => i % LINE === 15 && i < ROWS * LINE));
  region.free();
});

test('rows above a floor in any column, and in which', () => {
  const region = new Region();
  const rng = new Rng(7);
  const table = region.place(Float32Array.from({ length: ROWS * LINE }, () => rng.normal()));
  const floors = region.place(Float32Array.from({ length: LINE }, (_, c) => (c % 5 === 1 ? Infinity : 2.2)));
  // A score that equals its floor is not above it.
  table[9 * LINE + 4] = floors[4]!;
  const found = rowsAbove(table, floors, region.int32(ROWS + 1), region.int16(ROWS));
  const masks = Array.from({ length: ROWS }, (_, r) =>
    floors.reduce((mask, floor, c) => mask | (table[r * LINE + c]! > floor ? 1 << c : 0), 0),
  );
  const expected = masks.flatMap((mask, row) => (mask === 0 ? [] : [row]));
  assert.ok(expected.length > 10 && expected.length < ROWS / 2 && masks.some((mask) => mask >= 1 << 15));
  assert.deepEqual([...found.rows], expected);
  assert.deepEqual(
    Array.from(found.masks, (mask) => mask & 0xffff),
    expected.map((row) => masks[row]),
  );
  assert.throws(() => rowsAbove(table, floors, region.int32(ROWS), region.int16(ROWS)), { code: 'INTERNAL' });
  assert.throws(() => rowsAbove(table, floors, region.int32(ROWS + 1), region.int16(ROWS - 1)), { code: 'INTERNAL' });
  region.free();
});

test('zeros go as far as the view and no further', () => {
  const region = new Region();
  const whole = region.float32(100).fill(7);
  zero(whole.subarray(3, 60));
  assert.ok(whole.every((value, i) => value === (i >= 3 && i < 60 ? 0 : 7)));
  region.free();
});

test('tables and columns that are too short are refused, and arrays elsewhere', () => {
  const { region, table, groupOf, dense } = world(5);
  const refused = { code: 'INTERNAL' };
  assert.throws(() => finishRows(table.subarray(0, ROWS * LINE - 1), groupOf, { dense: [] }), refused);
  const short = { column: 3, values: dense[0]!.values.subarray(1) };
  assert.throws(() => finishRows(table, groupOf, { dense: [short] }), refused);
  assert.throws(() => finishRows(table, groupOf, { dense: [dense[0]!, dense[1]!, dense[0]!] }), refused);
  assert.throws(() => finishRows(table, groupOf, { dense: [{ column: 3, values: new Float32Array(ROWS) }] }), refused);
  region.free();
});
