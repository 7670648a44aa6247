import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { boundsOf, fit, pan, toScreen, toWorld, zoomAt } from './camera.ts';
import { colourNumbers, domainOf, groupColours, oklch, palette, UNKNOWN, unknownColour } from './colours.ts';
import { buildGrid, inside, nearest, select } from './grid.ts';
import { readPoints } from './points.ts';

const size = { width: 800, height: 600 };
const coordinate = fc.float({ min: -100, max: 100, noNaN: true });
const place = fc.tuple(coordinate, coordinate);

test('screen and world are inverse; zoom keeps the place under the pointer', () => {
  const home = fit({ minX: -1, maxX: 1, minY: -1, maxY: 1 }, size);
  fc.assert(
    fc.property(fc.nat(800), fc.nat(600), fc.double({ min: 0.2, max: 5, noNaN: true }), (px, py, factor) => {
      const moved = pan(home, 13, -7);
      const [x, y] = toWorld(moved, size, px, py);
      const zoomed = zoomAt(moved, size, px, py, factor, home);
      const [bx, by] = toScreen(zoomed, size, x, y);
      assert.ok(Math.abs(bx - px) < 1e-6 && Math.abs(by - py) < 1e-6);
    }),
  );
  assert.ok(zoomAt(home, size, 0, 0, 1e9, home).scale <= home.scale * 400);
});

test('bounds leave missing places out', () => {
  assert.deepEqual(boundsOf(new Float32Array([1, Number.NaN, -3]), new Float32Array([2, 9, 4])), {
    minX: -3,
    maxX: 1,
    minY: 2,
    maxY: 4,
  });
  assert.equal(boundsOf(new Float32Array([Number.NaN]), new Float32Array([1])), null);
});

test('nearest and lasso agree with looking at every point', () => {
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 1, maxLength: 200 }),
      place,
      fc.array(place, { minLength: 3, maxLength: 8 }),
      (points, [x, y], corners) => {
        const xs = Float32Array.from(points, (p) => p[0]);
        const ys = Float32Array.from(points, (p) => p[1]);
        const grid = buildGrid(xs, ys, boundsOf(xs, ys)!);
        const line = corners.flat();
        const expected = points.flatMap((_, i) => (inside(line, xs[i]!, ys[i]!) ? [i] : []));
        assert.deepEqual(select(grid, xs, ys, line), expected);
        const distances = points.map((_, i) => (xs[i]! - x) ** 2 + (ys[i]! - y) ** 2);
        const least = Math.min(...distances);
        const found = nearest(grid, xs, ys, x, y, 50);
        assert.equal(found < 0 ? least > 2_500 : distances[found] === least, true);
      },
    ),
  );
});

test('inside follows the even–odd rule', () => {
  const square = [0, 0, 4, 0, 4, 4, 0, 4];
  assert.deepEqual([inside(square, 2, 2), inside(square, 5, 2), inside(square, -1, 2)], [true, false, false]);
});

test('columns are read where the header says, and a short buffer is refused', () => {
  const buffer = new ArrayBuffer(48);
  new Float32Array(buffer, 0, 2).set([1, 2]);
  new Float32Array(buffer, 8, 2).set([3, 4]);
  new Int16Array(buffer, 16, 2).set([1990, -1]);
  const column = (name: string, type: 'Float32' | 'Int16' | 'Uint8', offset: number) => ({
    name,
    type,
    offset,
    meaning: '',
  });
  const columns = [column('x', 'Float32', 0), column('y', 'Float32', 8), column('year', 'Int16', 16)];
  const points = readPoints({ count: 2, columns }, buffer);
  assert.deepEqual([...points.y], [3, 4]);
  assert.deepEqual([...colourNumbers('year', points, [1980, 2000])!], [127, UNKNOWN]);
  assert.equal(colourNumbers('genre', points, [0, 1]), null);
  assert.throws(() => readPoints({ count: 99, columns }, buffer), /incomplete/);
  assert.throws(() => readPoints({ count: 2, columns: [] }, buffer), /no positions/);
});

test('years spread over their middle', () => {
  const years = Int16Array.from({ length: 1_000 }, (_, i) => (i < 5 ? 1900 : 1960 + (i % 60)));
  const points = {
    count: 1_000,
    x: new Float32Array(1_000),
    y: new Float32Array(1_000),
    columns: new Map([['year', years]]),
  };
  assert.deepEqual(domainOf('year', points), [1960, 2019]);
});

test('colours are known ones, and every palette is whole', () => {
  assert.deepEqual(oklch(1, 0, 0), [255, 255, 255]);
  assert.deepEqual(oklch(0.62796, 0.25768, 29.234), [255, 0, 0]);
  for (const by of ['cluster', 'year'] as const)
    assert.equal(new Set(palette(by, true, [{ count: 3 }]).filter((_, i) => i % 4 === 3)).size, 1);
});

test('the largest groups have colours of their own, the rest looks unknown', () => {
  const groups = Array.from({ length: 60 }, (_, i) => ({ count: i }));
  const colours = groupColours(groups, false);
  assert.equal(new Set(colours.slice(40).map(String)).size, 20);
  assert.deepEqual(colours[0], unknownColour(false));
});
