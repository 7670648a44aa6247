import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wholePowers } from './powers.ts';

test('powers are those of the operator, asked once and again, of any number', () => {
  for (const exponent of [-0.5, 0.4, -0.8, 1]) {
    const power = wholePowers(exponent);
    for (let round = 0; round < 2; round++)
      for (const base of [0, 1, 3, 17, 4095, 4096, 1e6, 2.5, -2]) assert.equal(power(base), base ** exponent);
  }
});
