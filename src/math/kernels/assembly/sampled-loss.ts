// Losses over one positive and shared negatives. Logits of negatives are overwritten by their gradients, so no second table is needed.

import { exponential, logarithm, sum4 } from './lanes';

/**
 * Rows [from, to) under generalised binary cross-entropy (Petrov & Macdonald 2023, gSASRec, eq. 14): −ln σ(s⁺)^β − Σ ln(1 − σ(s⁻)).
 * positives: float32 per row, replaced by its gradient β (σ(s⁺) − 1). negatives: rows of `count` floats (a multiple of 4), replaced by σ(s⁻).
 * offset is added to every score first. targets, sampled: int32, items of the rows and of the columns; a negative equal to the row's own target is
 * ignored. losses: float64 per row.
 */
export function binaryLoss(
  slot: i32, from: i32, to: i32, positives: usize, negatives: usize, count: i32, targets: usize, sampled: usize, beta: f32,
  offset: f32, losses: usize,
): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const shift = f32x4.splat(offset);
  const floor = f32x4.splat(-80);
  for (let r = from; r < to; r++) {
    const own = positives + ((<usize>r) << 2);
    const s = load<f32>(own) + offset;
    const tail = f32x4.extract_lane(exponential(f32x4.splat(max<f32>(-80, -abs(s)))), 0);
    const miss: f32 = s >= 0 ? tail / (1 + tail) : 1 / (1 + tail);
    store<f32>(own, -beta * miss);
    let loss: f64 = <f64>beta * (<f64>max(-s, 0) + logarithm(1 + <f64>tail));
    const target = i32x4.splat(load<i32>(targets + ((<usize>r) << 2)));
    const row = negatives + (((<usize>r) * <usize>count) << 2);
    let excess = zero;
    let product = one;
    for (let j = 0; j < count; j += 4) {
      const at = row + ((<usize>j) << 2);
      const x = f32x4.add(v128.load(at), shift);
      const self = i32x4.eq(v128.load(sampled + ((<usize>j) << 2)), target);
      const e = exponential(f32x4.max(f32x4.neg(f32x4.abs(x)), floor));
      const whole = f32x4.add(one, e);
      // σ(x) = 1 / (1 + e^−|x|) for x ≥ 0, e^−|x| / (1 + e^−|x|) below.
      const sigma = f32x4.div(v128.bitselect(one, e, f32x4.ge(x, zero)), whole);
      v128.store(at, v128.andnot(sigma, self));
      excess = f32x4.add(excess, v128.andnot(f32x4.max(x, zero), self));
      // ln Π (1 + e) = Σ ln(1 + e); a product of 32 factors of at most 2 cannot overflow float32.
      product = f32x4.mul(product, v128.bitselect(one, whole, self));
      if ((j & 124) == 124) {
        loss += logOfLanes(product);
        product = one;
      }
    }
    loss += logOfLanes(product) + <f64>sum4(excess);
    store<f64>(losses + ((<usize>r) << 3), loss);
  }
}

@inline
function logOfLanes(v: v128): f64 {
  return (
    logarithm(<f64>f32x4.extract_lane(v, 0) * <f64>f32x4.extract_lane(v, 1)) +
    logarithm(<f64>f32x4.extract_lane(v, 2) * <f64>f32x4.extract_lane(v, 3))
  );
}

/**
 * Rows [from, to) under sampled softmax (Jean et al. 2015): −s⁺ + ln(e^s⁺ + Σ e^(s⁻ − c)), c the column's ln of how often the sample is expected to hold its
 * item, float32 per column in `corrections`. The other arguments as above.
 */
export function softmaxLoss(
  slot: i32, from: i32, to: i32, positives: usize, negatives: usize, count: i32, targets: usize, sampled: usize,
  corrections: usize, losses: usize,
): void {
  const floor = f32x4.splat(-80);
  for (let r = from; r < to; r++) {
    const own = positives + ((<usize>r) << 2);
    const s = load<f32>(own);
    const target = i32x4.splat(load<i32>(targets + ((<usize>r) << 2)));
    const row = negatives + (((<usize>r) * <usize>count) << 2);
    let most = f32x4.splat(s);
    for (let j: usize = 0; j < <usize>count << 2; j += 16) {
      const x = f32x4.sub(v128.load(row + j), v128.load(corrections + j));
      v128.store(row + j, x);
      most = f32x4.max(most, x);
    }
    const top = max(
      max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)),
      max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)),
    );
    const peak = f32x4.splat(top);
    let sum = f32x4.splat(0);
    for (let j: usize = 0; j < <usize>count << 2; j += 16) {
      const self = i32x4.eq(v128.load(sampled + j), target);
      const e = v128.andnot(exponential(f32x4.max(f32x4.sub(v128.load(row + j), peak), floor)), self);
      v128.store(row + j, e);
      sum = f32x4.add(sum, e);
    }
    const hit = f32x4.extract_lane(exponential(f32x4.splat(max<f32>(-80, s - top))), 0);
    const total = hit + sum4(sum);
    store<f32>(own, hit / total - 1);
    store<f64>(losses + ((<usize>r) << 3), <f64>top - <f64>s + logarithm(<f64>total));
    const share = f32x4.splat(1 / total);
    for (let j: usize = 0; j < <usize>count << 2; j += 16) v128.store(row + j, f32x4.mul(share, v128.load(row + j)));
  }
}
