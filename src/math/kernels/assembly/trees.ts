// Regression trees on binned features: histograms for growing, walks for predicting.

/**
 * For the columns columnList[from … to): adds the gradient pair of each row order[rowFrom … rowTo) to its bin:
 * sums (float64 pairs [G, H]) and counts (int32) at offsets[c] + bins[row · columns + c]. Threads share the columns, so every
 * sum is formed in the order of the rows.
 */
export function histogramColumns(
  slot: i32, from: i32, to: i32, columnList: usize, bins: usize, columns: i32, order: usize, rowFrom: i32, rowTo: i32,
  gradient: usize, hessian: usize, offsets: usize, sums: usize, counts: usize,
): void {
  const end = order + ((<usize>rowTo) << 2);
  const listStart = columnList + ((<usize>from) << 2);
  const listEnd = columnList + ((<usize>to) << 2);
  for (let at = order + ((<usize>rowFrom) << 2); at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const pair = f64x2.replace_lane(f64x2.splat(<f64>load<f32>(gradient + (row << 2))), 1, <f64>load<f32>(hessian + (row << 2)));
    const base = bins + row * <usize>columns;
    for (let k = listStart; k < listEnd; k += 4) {
      const c = <usize>load<u32>(k);
      const bin = <usize>load<u32>(offsets + (c << 2)) + <usize>load<u8>(base + c);
      const sum = sums + (bin << 4);
      v128.store(sum, f64x2.add(v128.load(sum), pair));
      const count = counts + (bin << 2);
      store<i32>(count, load<i32>(count) + 1);
    }
  }
}

/** One step of a walk: the child of a node, or the node itself when it is a leaf already (negative). */
// @ts-ignore: decorator
@inline
function step(nodes: usize, node: i32, row: usize): i32 {
  const at = nodes + ((<usize>max(node, 0)) << 4);
  const x = load<f32>(row + ((<usize>load<u32>(at)) << 2));
  const child = load<i32>(at + (x > load<f32>(at, 4) ? 4 : 0), 8);
  return node < 0 ? node : child;
}

/**
 * For rows [from, to): out[r] = Σ over trees of the leaf that the row reaches. nodes: 16 bytes each, feature (u32), threshold (f32),
 * left, right (i32; negative −(l + 1) = leaf l); nodePtr, leafPtr: trees + 1 starts. Four rows walk at once, so that their loads overlap.
 */
export function predictTrees(
  slot: i32, from: i32, to: i32, features: usize, columns: i32, trees: i32, nodePtr: usize, leafPtr: usize, nodes: usize,
  leaves: usize, out: usize,
): void {
  const stride = (<usize>columns) << 2;
  memory.fill(out + ((<usize>from) << 2), 0, (<usize>(to - from)) << 2);
  for (let t = 0; t < trees; t++) {
    const first = load<u32>(nodePtr + ((<usize>t) << 2));
    const own = nodes + ((<usize>first) << 4);
    const empty = load<u32>(nodePtr + ((<usize>t) << 2), 4) == first;
    const values = leaves + ((<usize>load<u32>(leafPtr + ((<usize>t) << 2))) << 2);
    for (let r = from; r < to; r += 4) {
      const row = features + <usize>r * stride;
      // Walkers beyond the end repeat the last row and write nothing.
      const last = <usize>(to - 1 - r);
      const row1 = row + min<usize>(1, last) * stride;
      const row2 = row + min<usize>(2, last) * stride;
      const row3 = row + min<usize>(3, last) * stride;
      let n0 = empty ? -1 : 0;
      let n1 = n0;
      let n2 = n0;
      let n3 = n0;
      while ((n0 & n1 & n2 & n3) >= 0) {
        n0 = step(own, n0, row);
        n1 = step(own, n1, row1);
        n2 = step(own, n2, row2);
        n3 = step(own, n3, row3);
      }
      const target = out + ((<usize>r) << 2);
      store<f32>(target, load<f32>(target) + load<f32>(values + ((<usize>(-n0 - 1)) << 2)));
      if (last >= 1) store<f32>(target, load<f32>(target, 4) + load<f32>(values + ((<usize>(-n1 - 1)) << 2)), 4);
      if (last >= 2) store<f32>(target, load<f32>(target, 8) + load<f32>(values + ((<usize>(-n2 - 1)) << 2)), 8);
      if (last >= 3) store<f32>(target, load<f32>(target, 12) + load<f32>(values + ((<usize>(-n3 - 1)) << 2)), 12);
    }
  }
}
