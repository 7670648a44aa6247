import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Bounds, type Camera, fit, pan, toScreen, zoomAt } from './camera.ts';
import { isStale, placeOf, viewOf } from './picture.ts';
import { overTables, stampOf, stampPoints } from './processor-painter.ts';

const size = { width: 800, height: 600 };
const bounds: Bounds = { minX: -1, maxX: 1, minY: -1, maxY: 1 };
const home = fit(bounds, size);
const stale = (from: Camera, to: Camera): boolean =>
  isStale(viewOf(from, size, 1, home), viewOf(to, size, 1, home), size, bounds);

test('a shifted and magnified picture shows every point where a new one would', () => {
  fc.assert(
    fc.property(
      fc.nat(800),
      fc.nat(600),
      fc.integer({ min: -300, max: 300 }),
      fc.double({ min: 0.5, max: 4, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      (px, py, moved, factor, x, y) => {
        const drawn = viewOf(home, size, 1, home);
        const camera = pan(zoomAt(home, size, px, py, factor, home), moved, -moved / 2);
        const [wantX, wantY] = toScreen(camera, size, x, y);
        const [inX, inY] = toScreen(drawn.camera, drawn.size, x, y);
        const place = placeOf(drawn, camera, size);
        assert.ok(Math.abs(place.x + inX * place.scale - wantX) < 1e-6);
        assert.ok(Math.abs(place.y + inY * place.scale - wantY) < 1e-6);
      },
    ),
  );
});

test('a picture serves until its edge comes near, unless there is nothing beyond it', () => {
  const near = { ...home, scale: home.scale * 8 };
  assert.equal(isStale(null, viewOf(home, size, 1, home), size, bounds), true);
  assert.equal(stale(near, pan(near, 90, 0)), false, 'within half of the margin of 200 pixels');
  assert.equal(stale(near, pan(near, 110, 0)), true);
  assert.equal(stale(near, pan(near, 0, -80)), true, 'the margin above is 150 pixels');
  assert.equal(stale(home, pan(home, 390, 0)), false, 'the whole map is in the picture');
  assert.equal(stale(home, near), true);
  assert.equal(
    isStale(viewOf(home, size, 1, home), viewOf(home, size, 2, home), size, bounds),
    true,
    'moved to a finer screen',
  );
});

test('a picture never exceeds its memory', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8000 }), fc.integer({ min: 1, max: 5000 }), (width, height) => {
      const view = viewOf(home, { width, height }, 3, home);
      assert.ok(view.ratio <= 2 && view.size.width * view.size.height * view.ratio ** 2 <= 16_000_001);
    }),
  );
});

test('a stamp is a square or the pixels whose centre lies in the circle', () => {
  for (let pixels = 1; pixels <= 19; pixels++) {
    const square = stampOf(pixels, false);
    assert.deepEqual([...square.from, ...square.to], [...Array(pixels).fill(0), ...Array(pixels).fill(pixels)]);
    const round = stampOf(pixels, true);
    for (let row = 0; row < pixels; row++)
      for (let column = 0; column < pixels; column++) {
        const inside = Math.hypot(column + 0.5 - pixels / 2, row + 0.5 - pixels / 2) <= pixels / 2;
        assert.equal(column >= round.from[row]! && column < round.to[row]!, inside, `${pixels}: ${row}, ${column}`);
      }
  }
});

test('points lie over each other as the equation of compositing says, within rounding', () => {
  const palette = new Uint8Array(1024);
  palette.set([200, 100, 0, 255, 0, 40, 250, 255, 255, 255, 255, 255]);
  const view = {
    camera: { x: 0, y: 0, scale: 10 },
    size: { width: 40, height: 30 },
    window: { width: 40, height: 30 },
    ratio: 1,
    zoom: 1,
  };
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -25, max: 25 }), fc.integer({ min: -20, max: 20 }), fc.nat(2)), {
        maxLength: 60,
      }),
      fc.constantFrom(0.35, 0.8, 1),
      (points, alpha) => {
        const pixels = new Uint32Array(40 * 30);
        const places = {
          x: Float32Array.from(points, ([x]) => x / 10),
          y: Float32Array.from(points, ([, y]) => y / 10),
        };
        const numbers = Uint8Array.from(points, ([, , number]) => number);
        stampPoints(pixels, 40, 30, view, places, palette, numbers, stampOf(2, false), alpha);
        const wanted = new Float64Array(40 * 30 * 4);
        for (const [x, y, number] of points) {
          const [left, top] = [Math.round(20 + x - 1), Math.round(15 - y - 1)];
          if (left < 0 || top < 0 || left + 2 > 40 || top + 2 > 30) continue;
          for (const at of [top * 40 + left, top * 40 + left + 1, (top + 1) * 40 + left, (top + 1) * 40 + left + 1]) {
            // Premultiplied: C = c a + C (1 − a).
            for (let channel = 0; channel < 3; channel++)
              wanted[at * 4 + channel] =
                palette[number * 4 + channel]! * alpha + wanted[at * 4 + channel]! * (1 - alpha);
            wanted[at * 4 + 3] = 255 * alpha + wanted[at * 4 + 3]! * (1 - alpha);
          }
        }
        const got = new Uint8Array(pixels.buffer);
        for (let at = 0; at < got.length; at += 4) {
          const a = wanted[at + 3]!;
          assert.ok(Math.abs(got[at + 3]! - a) <= 3);
          for (let channel = 0; channel < 3 && a > 0; channel++)
            assert.ok(Math.abs(got[at + channel]! - (wanted[at + channel]! * 255) / a) <= 8);
        }
      },
    ),
  );
});

test('points without a place and beyond the picture draw nothing', () => {
  const pixels = new Uint32Array(100);
  const view = {
    camera: { x: 0, y: 0, scale: 1 },
    size: { width: 10, height: 10 },
    window: { width: 10, height: 10 },
    ratio: 1,
    zoom: 1,
  };
  const places = { x: new Float32Array([Number.NaN, 1e9, -1e9, 0]), y: new Float32Array([0, 0, 0, Number.NaN]) };
  const palette = new Uint8Array(1024).fill(255);
  stampPoints(pixels, 10, 10, view, places, palette, new Uint8Array(4), stampOf(3, true), 1);
  assert.ok(pixels.every((pixel) => pixel === 0));
  assert.deepEqual([overTables(1).alphas[0], overTables(1).weights[0]], [255, 256]);
});
