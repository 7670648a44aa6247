// Elementwise steps of a network, over blocks [from, to) of 1,024 floats.

const BLOCK: usize = 1024;

/** max(0, x) in place. */
export function rectify(slot: i32, from: i32, to: i32, x: usize, length: i32): void {
  const zero = f32x4.splat(0);
  const end = x + (min(<usize>to * BLOCK, <usize>length) << 2);
  for (let at = x + ((<usize>from * BLOCK) << 2); at < end; at += 16) v128.store(at, f32x4.max(v128.load(at), zero));
}

/** Clears the gradient wherever the rectified output is 0. */
export function rectifyBackward(slot: i32, from: i32, to: i32, y: usize, dx: usize, length: i32): void {
  const zero = f32x4.splat(0);
  const end = min(<usize>to * BLOCK, <usize>length) << 2;
  for (let at = (<usize>from * BLOCK) << 2; at < end; at += 16)
    v128.store(dx + at, v128.and(v128.load(dx + at), f32x4.gt(v128.load(y + at), zero)));
}

/** x += y. */
export function addTo(slot: i32, from: i32, to: i32, x: usize, y: usize, length: i32): void {
  const end = min(<usize>to * BLOCK, <usize>length) << 2;
  for (let at = (<usize>from * BLOCK) << 2; at < end; at += 16)
    v128.store(x + at, f32x4.add(v128.load(x + at), v128.load(y + at)));
}

/**
 * Dropout in place (Srivastava et al. 2014): x_i is 0 where hash(seed, i) < threshold, else x_i · scale. The same seed gives the same mask, so
 * gradients use the same call and no mask is stored. The hash is the finaliser of MurmurHash3.
 */
export function dropout(
  slot: i32, from: i32, to: i32, x: usize, length: i32, seed: u32, threshold: u32, scale: f32,
): void {
  const end = <i32>min(<usize>to * BLOCK, <usize>length);
  for (let i = from * <i32>BLOCK; i < end; i++) {
    let h: u32 = seed ^ (<u32>i * 0x9e3779b9);
    h ^= h >> 16;
    h *= 0x85ebca6b;
    h ^= h >> 13;
    h *= 0xc2b2ae35;
    h ^= h >> 16;
    const at = x + ((<usize>i) << 2);
    store<f32>(at, h < threshold ? 0 : load<f32>(at) * scale);
  }
}
