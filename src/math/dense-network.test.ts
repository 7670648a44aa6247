import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Adam, DenseNetwork } from './dense-network.ts';
import { Rng } from './rng.ts';

const ROWS = 7;

/** ½ Σ (output − target)² and, in outputDelta, its gradient. */
function loss(network: DenseNetwork, input: Float32Array, target: Float32Array): number {
  network.input.set(input);
  const out = network.forward(ROWS);
  let sum = 0;
  for (let i = 0; i < target.length; i++) {
    const difference = out[i]! - target[i]!;
    network.outputDelta[i] = difference;
    sum += 0.5 * difference * difference;
  }
  return sum;
}

test('gradients agree with finite differences in every parameter', () => {
  const rng = new Rng(3);
  const network = new DenseNetwork([5, 6, 3, 6, 5], [2], ROWS);
  try {
    network.initialise(rng);
    for (let i = 0; i < network.parameters.length; i++) network.parameters[i]! += 0.1 * rng.normal();
    const input = new Float32Array(ROWS * 5).map(() => rng.normal());
    const target = new Float32Array(ROWS * 5).map(() => rng.normal());
    loss(network, input, target);
    network.backward(ROWS);
    const gradients = network.gradients.slice();
    const largest = Math.max(...gradients.map(Math.abs));
    const step = 1e-2;
    for (let p = 0; p < gradients.length; p++) {
      const before = network.parameters[p]!;
      const at = (shift: number): number => {
        network.parameters[p] = before + shift;
        return loss(network, input, target);
      };
      // five-point stencil: error O(h⁴), so a step that float32 resolves is small enough
      const numeric = (at(-2 * step) - 8 * at(-step) + 8 * at(step) - at(2 * step)) / (12 * step);
      network.parameters[p] = before;
      assert.ok(Math.abs(numeric - gradients[p]!) < 2e-3 * largest, `parameter ${p}: ${numeric} and ${gradients[p]}`);
    }
  } finally {
    network.free();
  }
});

test('Adam takes the published first step and finds a minimum', () => {
  const parameters = Float32Array.of(5, -3);
  const adam = new Adam(2);
  adam.step(parameters, Float32Array.of(2, -40), 0.1);
  // The first step is the rate in the direction of the sign, whatever the size of the gradient.
  assert.ok(Math.abs(parameters[0]! - 4.9) < 1e-5 && Math.abs(parameters[1]! + 2.9) < 1e-5);
  for (let i = 0; i < 400; i++) adam.step(parameters, Float32Array.of(2 * parameters[0]!, 2 * parameters[1]!), 0.1);
  assert.ok(Math.abs(parameters[0]!) < 1e-2 && Math.abs(parameters[1]!) < 1e-2);
});

test('a network learns a linear map', () => {
  const rng = new Rng(8);
  const network = new DenseNetwork([3, 2], [], ROWS);
  try {
    network.initialise(rng);
    const adam = new Adam(network.parameters.length);
    const input = new Float32Array(ROWS * 3).map(() => rng.normal());
    const target = new Float32Array(ROWS * 2);
    for (let r = 0; r < ROWS; r++) {
      target[r * 2] = 1 + 2 * input[r * 3]! - input[r * 3 + 2]!;
      target[r * 2 + 1] = input[r * 3 + 1]! * 0.5;
    }
    const first = loss(network, input, target);
    for (let i = 0; i < 600; i++) {
      loss(network, input, target);
      network.backward(ROWS);
      adam.step(network.parameters, network.gradients, 0.02);
    }
    assert.ok(loss(network, input, target) < 1e-3 * first);
  } finally {
    network.free();
  }
});
