// Regression trees on ranked features: binning, and predictions of a whole ensemble.

/** Rows evaluated together, one byte each: four vectors, so that each node is read once for all of them. */
const LANES: usize = 64;

/** #{threshold < x} among 2 · half ascending floats of which the last is +∞, half a power of two; 0 for NaN. */
// @ts-ignore: decorator
@inline
function rankOf(x: f32, thresholds: usize, half: usize): usize {
  let rank: usize = 0;
  for (let step = half; step > 0; step >>= 1) rank += x > load<f32>(thresholds + ((rank + step - 1) << 2)) ? step : 0;
  return rank;
}

/**
 * Bins of the values of rows [from, to), as bytes: 0 for NaN, else 1 + rank among the column's thresholds (2 · half floats each).
 */
export function binMatrix(
  slot: i32, from: i32, to: i32, features: usize, columns: i32, thresholds: usize, half: usize, out: usize,
): void {
  const width: usize = (2 * half) << 2;
  let at = features + ((<usize>from * <usize>columns) << 2);
  let target = out + <usize>from * <usize>columns;
  for (let r = from; r < to; r++) {
    let own = thresholds;
    for (let c = 0; c < columns; c++, at += 4, target++, own += width) {
      const x = load<f32>(at);
      store<u8>(target, x == x ? <u8>(rankOf(x, own, half) + 1) : 0);
    }
  }
}

/**
 * Ranks of a row among the thresholds of each column, #{threshold < x} (0 for NaN), as bytes [column][lane] at out. thresholds: 2 · half
 * floats a column, half a power of two; ascending, filled up with +∞, the last one always. Row r of the block is at features + min(r, last) · stride.
 */
function rankRows(features: usize, columns: i32, last: usize, thresholds: usize, half: usize, out: usize): void {
  const stride = (<usize>columns) << 2;
  const width: usize = (2 * half) << 2;
  let own = thresholds;
  let target = out;
  for (let c: usize = 0; c < <usize>columns; c++, own += width) {
    let at = features + (c << 2);
    let before = load<u32>(at);
    let rank = rankOf(reinterpret<f32>(before), own, half);
    for (let lane: usize = 0; lane < LANES; lane++, target++) {
      const bits = load<u32>(at);
      // Many columns repeat their value in row after row.
      if (bits != before) {
        before = bits;
        rank = rankOf(reinterpret<f32>(bits), own, half);
      }
      store<u8>(target, <u8>rank);
      if (lane < last) at += stride;
    }
  }
}

/**
 * For rows [from, to): out[r] = Σ over trees of the leaf that the row reaches. Sixty-four rows pass through all nodes of a tree together: a byte mask
 * marks the rows that reach a node, and the node passes the mask on to its children, so no branch depends on the data.
 * nodes: 8 bytes each: column, rank of the threshold, left and right slot (u16); slot i of a tree with n nodes is node i, slot n + l is leaf l.
 * nodePtr, leafPtr: trees + 1 starts. thresholds: 2 · half floats per column. scratch: per slot columns · 64 + (most slots + 1) · 64 bytes.
 */
export function predictTrees(
  slot: i32, from: i32, to: i32, features: usize, columns: i32, trees: i32, nodePtr: usize, leafPtr: usize, nodes: usize,
  leaves: usize, thresholds: usize, half: usize, out: usize, scratch: usize, scratchBytes: usize,
): void {
  const stride = (<usize>columns) << 2;
  const ranks = scratch + <usize>slot * scratchBytes;
  const chosen = ranks + <usize>columns * LANES;
  const reach = chosen + LANES;
  for (let r = from; r < to; r += <i32>LANES) {
    const count = min(LANES, <usize>(to - r));
    // Lanes beyond the end repeat the last row and write nothing.
    rankRows(features + <usize>r * stride, columns, count - 1, thresholds, half, ranks);
    const target = out + ((<usize>r) << 2);
    memory.fill(target, 0, count << 2);
    let node = nodes;
    let values = leaves;
    for (let t = 0; t < trees; t++) {
      const at = (<usize>t) << 2;
      const end = nodes + ((<usize>load<u32>(nodePtr + at, 4)) << 3);
      const leafCount = load<u32>(leafPtr + at, 4) - load<u32>(leafPtr + at);
      const all = i8x16.splat(-1);
      v128.store(reach, all);
      v128.store(reach, all, 16);
      v128.store(reach, all, 32);
      v128.store(reach, all, 48);
      let mask = reach;
      for (; node < end; node += 8, mask += LANES) {
        const own = ranks + ((<usize>load<u16>(node)) << 6);
        const threshold = v128.load_splat<u8>(node, 2);
        const left = reach + ((<usize>load<u16>(node, 4)) << 6);
        const right = reach + ((<usize>load<u16>(node, 6)) << 6);
        const m0 = v128.load(mask);
        const m1 = v128.load(mask, 16);
        const m2 = v128.load(mask, 32);
        const m3 = v128.load(mask, 48);
        const g0 = i8x16.gt_u(v128.load(own), threshold);
        const g1 = i8x16.gt_u(v128.load(own, 16), threshold);
        const g2 = i8x16.gt_u(v128.load(own, 32), threshold);
        const g3 = i8x16.gt_u(v128.load(own, 48), threshold);
        v128.store(left, v128.andnot(m0, g0));
        v128.store(left, v128.andnot(m1, g1), 16);
        v128.store(left, v128.andnot(m2, g2), 32);
        v128.store(left, v128.andnot(m3, g3), 48);
        v128.store(right, v128.and(m0, g0));
        v128.store(right, v128.and(m1, g1), 16);
        v128.store(right, v128.and(m2, g2), 32);
        v128.store(right, v128.and(m3, g3), 48);
      }
      let c0 = i8x16.splat(0);
      let c1 = c0;
      let c2 = c0;
      let c3 = c0;
      let number = c0;
      const one = i8x16.splat(1);
      for (let l: u32 = 1; l < leafCount; l++) {
        const at = mask + ((<usize>l) << 6);
        number = i8x16.add(number, one);
        c0 = v128.or(c0, v128.and(v128.load(at), number));
        c1 = v128.or(c1, v128.and(v128.load(at, 16), number));
        c2 = v128.or(c2, v128.and(v128.load(at, 32), number));
        c3 = v128.or(c3, v128.and(v128.load(at, 48), number));
      }
      v128.store(chosen, c0);
      v128.store(chosen, c1, 16);
      v128.store(chosen, c2, 32);
      v128.store(chosen, c3, 48);
      for (let lane: usize = 0; lane < count; lane++) {
        const sum = target + (lane << 2);
        store<f32>(sum, load<f32>(sum) + load<f32>(values + ((<usize>load<u8>(chosen + lane)) << 2)));
      }
      values += (<usize>leafCount) << 2;
    }
  }
}
