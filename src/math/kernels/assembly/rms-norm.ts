// Root mean square normalisation (Zhang & Sennrich 2019): y = g ∘ x / r with r = √(mean(x²) + ε).

import { dotProduct } from './lanes';

const EPSILON: f32 = 1e-6;

/** Rows [from, to) of `width` floats (a multiple of 4). inverse: float32 per row, 1 / r. */
export function rmsNormForward(
  slot: i32, from: i32, to: i32, x: usize, gain: usize, width: i32, y: usize, inverse: usize,
): void {
  const bytes = (<usize>width) << 2;
  for (let r = from; r < to; r++) {
    const source = x + <usize>r * bytes;
    const target = y + <usize>r * bytes;
    const scale = <f32>(1 / Math.sqrt(<f64>(dotProduct(source, source, width) / <f32>width + EPSILON)));
    store<f32>(inverse + ((<usize>r) << 2), scale);
    const s = f32x4.splat(scale);
    for (let at: usize = 0; at < bytes; at += 16)
      v128.store(target + at, f32x4.mul(f32x4.mul(s, v128.load(source + at)), v128.load(gain + at)));
  }
}

/**
 * dx += (g ∘ dy − x · ⟨g ∘ dy, x⟩ / (width r²)) / r. The gain's gradient Σ dy ∘ x / r is summed per block of `grain` rows into dGain, blocks × width,
 * so the result does not depend on the number of threads.
 */
export function rmsNormBackward(
  slot: i32, from: i32, to: i32, x: usize, gain: usize, width: i32, inverse: usize, dy: usize, dx: usize, dGain: usize, grain: i32,
): void {
  const bytes = (<usize>width) << 2;
  const sums = dGain + <usize>(from / grain) * bytes;
  memory.fill(sums, 0, bytes);
  for (let r = from; r < to; r++) {
    const source = x + <usize>r * bytes;
    const slope = dy + <usize>r * bytes;
    const target = dx + <usize>r * bytes;
    const scale = load<f32>(inverse + ((<usize>r) << 2));
    let dot: f32 = 0;
    for (let at: usize = 0; at < bytes; at += 4) dot += load<f32>(gain + at) * load<f32>(slope + at) * load<f32>(source + at);
    const s = f32x4.splat(scale);
    const back = f32x4.splat((dot * scale * scale) / <f32>width);
    for (let at: usize = 0; at < bytes; at += 16) {
      const own = v128.load(source + at);
      const d = v128.load(slope + at);
      const inner = f32x4.sub(f32x4.mul(v128.load(gain + at), d), f32x4.mul(back, own));
      v128.store(target + at, f32x4.relaxed_madd(s, inner, v128.load(target + at)));
      v128.store(sums + at, f32x4.relaxed_madd(f32x4.mul(s, own), d, v128.load(sums + at)));
    }
  }
}
