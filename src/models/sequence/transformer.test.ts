import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Region } from '../../math/kernels/memory.ts';
import { Rng } from '../../math/rng.ts';
import { parameterCount, type Shape, Transformer } from './transformer.ts';

type Rows = number[][];

/** The same network in float64, row by row. */
function naive(p: Float64Array, { factors: d, layers, heads }: Shape, x: Rows, starts: readonly number[]): Rows {
  let at = 0;
  const vector = (n: number): number[] => [...p.subarray(at, (at += n))];
  const matrix = (n: number, m: number): Rows => Array.from({ length: n }, () => vector(m));
  const norm = (row: number[], gain: number[]): number[] => {
    const r = Math.sqrt(row.reduce((s, v) => s + v * v, 0) / d + 1e-6);
    return row.map((v, j) => (gain[j]! * v) / r);
  };
  const times = (row: number[], m: Rows): number[] =>
    m[0]!.map((_, j) => row.reduce((s, v, i) => s + v * m[i]![j]!, 0));
  const plus = (a: number[], b: number[]): number[] => a.map((v, j) => v + b[j]!);
  let rows = x;
  const width = d / heads;
  for (let l = 0; l < layers; l++) {
    const [gain, qkv, project] = [vector(d), matrix(d, 3 * d), matrix(d, d)];
    const [innerGain, expand, contract] = [vector(d), matrix(d, 2 * d), matrix(2 * d, d)];
    const packed = rows.map((row) => times(norm(row, gain), qkv));
    rows = rows.map((row, i) => {
      const first = Math.max(...starts.filter((s) => s <= i));
      const attended = Array.from({ length: heads }, (_, h) => {
        const slope = h === heads - 1 ? 0 : 2 ** ((-8 * (h + 1)) / heads);
        const part = (r: number, which: number): number[] =>
          packed[r]!.slice((which * heads + h) * width, (which * heads + h + 1) * width);
        const weights = Array.from({ length: i - first + 1 }, (_, k) =>
          Math.exp(
            part(i, 0).reduce((s, v, j) => s + v * part(first + k, 1)[j]!, 0) / Math.sqrt(width) -
              slope * (i - first - k),
          ),
        );
        const sum = weights.reduce((a, b) => a + b, 0);
        return Array.from({ length: width }, (_, j) =>
          weights.reduce((s, w, k) => s + (w / sum) * part(first + k, 2)[j]!, 0),
        );
      }).flat();
      const middle = plus(row, times(attended, project));
      const inner = times(norm(middle, innerGain), expand).map((v) => Math.max(0, v));
      return plus(middle, times(inner, contract));
    });
  }
  const gain = vector(d);
  return rows.map((row) => norm(row, gain));
}

const SHAPE: Shape = { factors: 16, layers: 2, heads: 2 };
const STARTS = [0, 5, 6, 13];

function world(region: Region, training: boolean): { network: Transformer; x: Rows; starts: Int32Array } {
  const rng = new Rng(2);
  const network = new Transformer(region, SHAPE, 20, training);
  network.initialise(rng);
  // Gains other than 1, and matrices large enough for attention that is not even.
  network.parameters.forEach((value, i) => {
    network.parameters[i] = value * (1 + 0.2 * rng.normal());
  });
  const x = Array.from({ length: STARTS.at(-1)! }, () => Array.from({ length: 16 }, () => Math.fround(rng.normal())));
  network.input.set(x.flat());
  return { network, x, starts: region.place(Int32Array.from(STARTS)) };
}

test('the outputs are those of the network written out', () => {
  const region = new Region();
  try {
    const { network, x, starts } = world(region, false);
    assert.equal(network.parameters.length, parameterCount(SHAPE));
    const expected = naive(Float64Array.from(network.parameters), SHAPE, x, STARTS).flat();
    network.forward(starts).forEach((value, i) => {
      assert.ok(Math.abs(value - expected[i]!) < 1e-4, `${value} for ${expected[i]}`);
    });
  } finally {
    region.free();
  }
});

test('gradients of parameters and inputs are the differences of the network written out', () => {
  const region = new Region();
  try {
    const { network, x, starts } = world(region, true);
    const rng = new Rng(3);
    const out = network.forward(starts);
    const g = region.place(Float32Array.from(out, () => rng.normal()));
    const dInput = Float32Array.from(network.backward(starts, g));
    const loss = (p: Float64Array, rows: Rows): number =>
      naive(p, SHAPE, rows, STARTS)
        .flat()
        .reduce((sum, value, i) => sum + value * g[i]!, 0);
    const parameters = Float64Array.from(network.parameters);
    const close = (got: number, numeric: number, what: string): void =>
      assert.ok(Math.abs(got - numeric) < 1e-3 * (1 + Math.abs(numeric)), `${what}: ${got} for ${numeric}`);
    const h = 1e-5;
    for (let trial = 0; trial < 200; trial++) {
      // The first and last parameters too: gains of the first layer and of the end.
      const i = trial < 8 ? trial : trial < 16 ? parameters.length - 1 - trial : rng.below(parameters.length);
      const moved = (by: number): number => {
        const copy = parameters.slice();
        copy[i]! += by;
        return loss(copy, x);
      };
      close(network.gradients[i]!, (moved(h) - moved(-h)) / (2 * h), `parameter ${i}`);
    }
    for (let trial = 0; trial < 60; trial++) {
      const [r, j] = [rng.below(x.length), rng.below(16)];
      const moved = (by: number): number =>
        loss(
          parameters,
          x.map((row, i) => (i === r ? row.map((v, k) => (k === j ? v + by : v)) : row)),
        );
      close(dInput[r * 16 + j]!, (moved(h) - moved(-h)) / (2 * h), `input ${r}, ${j}`);
    }
  } finally {
    region.free();
  }
});

test('dropout: the gradient passes through the same masks', () => {
  const region = new Region();
  try {
    const { network, starts } = world(region, true);
    const drop = { rate: 0.3, seed: 11 };
    const rng = new Rng(4);
    const g = region.place(Float32Array.from({ length: STARTS.at(-1)! * 16 }, () => rng.normal()));
    const loss = (): number => network.forward(starts, drop).reduce((sum, value, i) => sum + value * g[i]!, 0);
    loss();
    network.backward(starts, g, drop);
    const gradients = Float32Array.from(network.gradients);
    for (let trial = 0; trial < 100; trial++) {
      const i = rng.below(gradients.length);
      const before = network.parameters[i]!;
      network.parameters[i] = before + 2 ** -8;
      const up = loss();
      network.parameters[i] = before - 2 ** -8;
      const numeric = (up - loss()) * 2 ** 7;
      network.parameters[i] = before;
      // float32 and a step that may cross a corner of the rectifier.
      assert.ok(Math.abs(gradients[i]! - numeric) < 0.05 * (1 + Math.abs(numeric)), `${gradients[i]} for ${numeric}`);
    }
  } finally {
    region.free();
  }
});

test('a sequence that goes on comes out as if all of it were computed', () => {
  const region = new Region();
  try {
    const { network, x } = world(region, false);
    const all = region.place(Int32Array.of(0, 13));
    const whole = Float32Array.from(network.forward(all));
    const again = new Transformer(region, SHAPE, 20, false);
    again.parameters.set(network.parameters);
    again.input.set(x.flat());
    again.forward(region.place(Int32Array.of(0, 9)));
    again.input.set(x.flat().slice(9 * 16), 9 * 16);
    assert.deepEqual(again.forward(all, undefined, 9).slice(9 * 16), whole.slice(9 * 16));
  } finally {
    region.free();
  }
});
