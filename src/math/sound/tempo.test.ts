import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../rng.ts';
import { correlogram, tempoOf } from './tempo.ts';

test('the correlogram equals the sum of the definition', () => {
  const rng = new Rng(4);
  const values = Float32Array.from({ length: 203 }, () => rng.uniform());
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const naive = Array.from({ length: 50 }, (_, lag) => {
    let sum = 0;
    for (let i = 0; i + lag < values.length; i++) sum += (values[i]! - mean) * (values[i + lag]! - mean);
    return sum / (values.length - lag);
  });
  correlogram(values, 50).forEach((value, lag) => {
    assert.ok(Math.abs(value - naive[lag]! / naive[0]!) < 1e-4, `${lag}`);
  });
});

test('constants and short pieces have no tempo', () => {
  assert.equal(tempoOf(new Float32Array(1000).fill(1), 43), null);
  assert.equal(tempoOf(new Float32Array(100), 43), null);
});
