import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cosineRows, melBank } from './mel-bank.ts';

test('triangles have area 1, ascend, and end below half the rate', () => {
  const { starts, ptr, weights } = melBank(20, 100, 8000, 4096, 22_050);
  for (let b = 0; b < 20; b++) {
    let area = 0;
    for (let j = ptr[b]!; j < ptr[b + 1]!; j++) area += weights[j]! * (22_050 / 4096);
    assert.ok(Math.abs(area - 1) < 0.03, `band ${b}: ${area}`);
    if (b > 0) assert.ok(starts[b]! > starts[b - 1]!);
    assert.ok(starts[b]! + ptr[b + 1]! - ptr[b]! <= 2049);
  }
});

test('cosine rows are orthonormal', () => {
  const rows = cosineRows(13, 40);
  for (let a = 0; a < 13; a++)
    for (let b = 0; b < 13; b++) {
      let dot = 0;
      for (let i = 0; i < 40; i++) dot += rows[a * 40 + i]! * rows[b * 40 + i]!;
      assert.ok(Math.abs(dot - Number(a === b)) < 1e-12);
    }
});
