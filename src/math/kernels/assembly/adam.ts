// Adam (Kingma & Ba 2015, algorithm 1): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², x ← x − rate · m / (√(v / c₂) + ε), where the rate from the caller
// includes the correction of m.

/**
 * Rows [from, to) of gradients, each `width` floats (a multiple of 4). rows: int32, for each row of gradients its row of parameters and moments, all
 * distinct; address 0 = the same number.
 */
export function adamRows(
  slot: i32, from: i32, to: i32, rows: usize, width: i32, parameters: usize, gradients: usize, first: usize, second: usize,
  rate: f32, beta1: f32, beta2: f32, correction: f32, epsilon: f32,
): void {
  const bytes = (<usize>width) << 2;
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const n1 = f32x4.splat(1 - beta1);
  const n2 = f32x4.splat(1 - beta2);
  const step = f32x4.splat(rate);
  const inverse = f32x4.splat(1 / correction);
  const least = f32x4.splat(epsilon);
  for (let r = from; r < to; r++) {
    const row = rows ? <usize>load<u32>(rows + ((<usize>r) << 2)) : <usize>r;
    const x = parameters + row * bytes;
    const m = first + row * bytes;
    const v = second + row * bytes;
    const g = gradients + <usize>r * bytes;
    for (let at: usize = 0; at < bytes; at += 16) {
      const slope = v128.load(g + at);
      const mean = f32x4.add(f32x4.mul(b1, v128.load(m + at)), f32x4.mul(n1, slope));
      const square = f32x4.add(f32x4.mul(b2, v128.load(v + at)), f32x4.mul(n2, f32x4.mul(slope, slope)));
      v128.store(m + at, mean);
      v128.store(v + at, square);
      const root = f32x4.add(f32x4.sqrt(f32x4.mul(square, inverse)), least);
      v128.store(x + at, f32x4.sub(v128.load(x + at), f32x4.div(f32x4.mul(step, mean), root)));
    }
  }
}
