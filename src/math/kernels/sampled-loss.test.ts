import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Rng } from '../rng.ts';
import { Region } from './memory.ts';
import { binaryLoss, softmaxLoss } from './sampled-loss.ts';

const ROWS = 7;
const SAMPLED = 200;

/** Scores from tiny to huge; some sampled items are a row's own target. */
function world(region: Region) {
  const rng = new Rng(1);
  const targets = region.place(Int32Array.from({ length: ROWS }, () => rng.below(50)));
  const sampled = region.place(Int32Array.from({ length: SAMPLED }, () => rng.below(50)));
  const draw = (): number => Math.fround((rng.uniform() < 0.1 ? 60 : 3) * rng.normal());
  const positives = Float32Array.from({ length: ROWS }, draw);
  const negatives = Float32Array.from({ length: ROWS * SAMPLED }, draw);
  const corrections = region.place(Float32Array.from({ length: SAMPLED }, () => rng.normal()));
  return { targets, sampled, positives, negatives, corrections };
}

const counts = (targets: Int32Array, sampled: Int32Array, r: number, k: number): boolean => targets[r] !== sampled[k];
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
const close = (got: number, expected: number, what: string): void =>
  assert.ok(Math.abs(got - expected) < 2e-5 * (1 + Math.abs(expected)), `${what}: ${got} for ${expected}`);

test('binary loss: −β ln σ(s⁺) − Σ ln(1 − σ(s⁻)) and its gradients', () => {
  const region = new Region();
  try {
    const { targets, sampled, positives, negatives } = world(region);
    const beta = 0.3;
    const offset = -2.5;
    const scores = {
      positives: region.place(positives.slice()),
      negatives: region.place(negatives.slice()),
      targets,
      sampled,
      losses: region.float64(ROWS),
    };
    const total = binaryLoss(scores, beta, offset);
    let sum = 0;
    for (let r = 0; r < ROWS; r++) {
      let loss = beta * softplus(-positives[r]! - offset);
      close(scores.positives[r]!, beta * (sigmoid(positives[r]! + offset) - 1), `positive of row ${r}`);
      for (let k = 0; k < SAMPLED; k++) {
        const s = negatives[r * SAMPLED + k]! + offset;
        const own = !counts(targets, sampled, r, k);
        if (!own) loss += softplus(s);
        close(scores.negatives[r * SAMPLED + k]!, own ? 0 : sigmoid(s), `negative ${r}, ${k}`);
      }
      close(scores.losses[r]!, loss, `loss of row ${r}`);
      sum += loss;
    }
    close(total, sum, 'total');
  } finally {
    region.free();
  }
});

test('sampled softmax: −s⁺ + ln(e^s⁺ + Σ e^(s⁻ − c)) and its gradients', () => {
  const region = new Region();
  try {
    const { targets, sampled, positives, negatives, corrections } = world(region);
    const scores = {
      positives: region.place(positives.slice()),
      negatives: region.place(negatives.slice()),
      targets,
      sampled,
      losses: region.float64(ROWS),
    };
    softmaxLoss(scores, corrections);
    for (let r = 0; r < ROWS; r++) {
      const logits = Array.from({ length: SAMPLED }, (_, k) =>
        counts(targets, sampled, r, k) ? negatives[r * SAMPLED + k]! - corrections[k]! : Number.NEGATIVE_INFINITY,
      );
      const top = Math.max(positives[r]!, ...logits);
      const sum = [positives[r]!, ...logits].reduce((s, x) => s + Math.exp(x - top), 0);
      close(scores.losses[r]!, top - positives[r]! + Math.log(sum), `loss of row ${r}`);
      close(scores.positives[r]!, Math.exp(positives[r]! - top) / sum - 1, `positive of row ${r}`);
      logits.forEach((x, k) => {
        close(scores.negatives[r * SAMPLED + k]!, Math.exp(x - top) / sum, `negative ${r}, ${k}`);
      });
    }
  } finally {
    region.free();
  }
});

test('a number of sampled items that is not a multiple of 4 is refused', () => {
  const region = new Region();
  try {
    const three = region.int32(3);
    const scores = {
      positives: region.float32(1),
      negatives: region.float32(4),
      targets: region.int32(1),
      sampled: three,
      losses: region.float64(1),
    };
    assert.throws(() => binaryLoss(scores, 1, 0), { code: 'INTERNAL' });
  } finally {
    region.free();
  }
});
