// Growing one regression tree on binned rows. Gradients are fixed-point integers, so sums are exact in any order: a row's pair of
// 64-bit numbers is [gradient, count · 2^shift + hessian] with a count of 1, and one vector addition adds a row to a bin.

/** For rows [from, to): pairs[r] from the float gradients, times their scales. */
export function quantisePairs(
  slot: i32, from: i32, to: i32, gradient: usize, hessian: usize, scaleG: f64, scaleH: f64, shift: i32, pairs: usize,
): void {
  const one: i64 = <i64>1 << <i64>shift;
  for (let r = <usize>from; r < <usize>to; r++) {
    const at = pairs + (r << 4);
    store<i64>(at, <i64>nearest(<f64>load<f32>(gradient + (r << 2)) * scaleG));
    store<i64>(at, one + <i64>nearest(<f64>load<f32>(hessian + (r << 2)) * scaleH), 8);
  }
}

/** For chunks [from, to) of `chunk` of the values: their largest absolute value. */
export function largestOfChunks(slot: i32, from: i32, to: i32, values: usize, length: i32, chunk: i32, out: usize): void {
  for (let c = from; c < to; c++) {
    const end = values + ((<usize>min(length, (c + 1) * chunk)) << 2);
    let at = values + ((<usize>(c * chunk)) << 2);
    let top = f32x4.splat(0);
    for (; at + 16 <= end; at += 16) top = f32x4.max(top, f32x4.abs(v128.load(at)));
    let most = max(
      max(f32x4.extract_lane(top, 0), f32x4.extract_lane(top, 1)),
      max(f32x4.extract_lane(top, 2), f32x4.extract_lane(top, 3)),
    );
    for (; at < end; at += 4) most = max(most, abs(load<f32>(at)));
    store<f32>(out + ((<usize>c) << 2), most);
  }
}

/** For rows [from, to): the bins of the listed columns side by side, packed[r · count + k] = bins[r · columns + list[k]]. */
export function packColumns(
  slot: i32, from: i32, to: i32, bins: usize, columns: i32, list: usize, count: i32, packed: usize,
): void {
  const end = list + ((<usize>count) << 2);
  let target = packed + <usize>from * <usize>count;
  for (let r = from; r < to; r++) {
    const base = bins + <usize>r * <usize>columns;
    for (let k = list; k < end; k += 4, target++) store<u8>(target, load<u8>(base + <usize>load<u32>(k)));
  }
}

/**
 * For the packed columns [from, to): adds the pair of each row order[first … last) to its bin. `stride` is the number of bytes per column in sums.
 */
export function histogramColumns(
  slot: i32, from: i32, to: i32, packed: usize, count: i32, order: usize, first: i32, last: i32, pairs: usize, stride: usize,
  sums: usize,
): void {
  const own = sums + <usize>from * stride;
  const end = order + ((<usize>last) << 2);
  for (let at = order + ((<usize>first) << 2); at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const pair = v128.load(pairs + (row << 4));
    let bin = packed + row * <usize>count + <usize>from;
    const stop = bin + <usize>(to - from);
    let column = own;
    // Four columns at a time: their bins are at different addresses, so the additions overlap.
    for (; bin + 4 <= stop; bin += 4, column += 4 * stride) {
      const sum0 = column + ((<usize>load<u8>(bin)) << 4);
      const sum1 = column + stride + ((<usize>load<u8>(bin, 1)) << 4);
      const sum2 = column + 2 * stride + ((<usize>load<u8>(bin, 2)) << 4);
      const sum3 = column + 3 * stride + ((<usize>load<u8>(bin, 3)) << 4);
      const value0 = i64x2.add(v128.load(sum0), pair);
      const value1 = i64x2.add(v128.load(sum1), pair);
      const value2 = i64x2.add(v128.load(sum2), pair);
      const value3 = i64x2.add(v128.load(sum3), pair);
      v128.store(sum0, value0);
      v128.store(sum1, value1);
      v128.store(sum2, value2);
      v128.store(sum3, value3);
    }
    for (; bin < stop; bin++, column += stride) {
      const sum = column + ((<usize>load<u8>(bin)) << 4);
      v128.store(sum, i64x2.add(v128.load(sum), pair));
    }
  }
}

/** whole −= part, over `bytes` of pairs. */
export function subtractPairs(whole: usize, part: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(whole + at, i64x2.sub(v128.load(whole + at), v128.load(part + at)));
}

/** Stable partition of order[from … to) by packed bin ≤ limit; returns where the right part starts. swap: as many int32 as rows. */
export function partitionRows(
  order: usize, from: i32, to: i32, swap: usize, packed: usize, count: i32, column: i32, limit: i32,
): i32 {
  let left = order + ((<usize>from) << 2);
  let right = swap;
  const end = order + ((<usize>to) << 2);
  for (let at = left; at < end; at += 4) {
    const row = load<u32>(at);
    // Each row is written to both sides, but only one side's pointer advances.
    const greater = <usize>(<i32>load<u8>(packed + <usize>row * <usize>count + <usize>column) > limit) << 2;
    store<u32>(left, row);
    store<u32>(right, row);
    right += greater;
    left += 4 - greater;
  }
  memory.copy(left, swap, right - swap);
  return <i32>((left - order) >> 2);
}

/**
 * The split with the largest gain G_L²/(H_L + λ) + G_R²/(H_R + λ) − G²/(H + λ) among all bins of all packed columns. binCounts: bins of each
 * column. unitG, unitH: the value of 1 in fixed point. out: float64 gain, gradient and hessian of the leaf, packed column and bin (gain 0: none).
 */
export function bestSplit(
  sums: usize, stride: usize, count: i32, binCounts: usize, rows: i32, shift: i32, unitG: f64, unitH: f64, minRows: i32,
  minHessian: f64, l2: f64, out: usize,
): void {
  const mask: i64 = (<i64>1 << <i64>shift) - 1;
  let total: i64 = 0;
  let rest: i64 = 0;
  const firstEnd = sums + ((<usize>load<u32>(binCounts)) << 4);
  for (let at = sums; at < firstEnd; at += 16) {
    total += load<i64>(at);
    rest += load<i64>(at, 8);
  }
  const gradient = <f64>total * unitG;
  const hessian = <f64>(rest & mask) * unitH;
  const whole = hessian + l2 > 0 ? (gradient * gradient) / (hessian + l2) : gradient * gradient;
  let best: f64 = 0;
  let bestColumn = -1;
  let bestBin = -1;
  for (let c = 0; c < count; c++) {
    const column = sums + <usize>c * stride;
    const last = <i32>load<u32>(binCounts + ((<usize>c) << 2)) - 1;
    let sum: i64 = 0;
    let second: i64 = 0;
    for (let b = 0; b < last; b++) {
      const at = column + ((<usize>b) << 4);
      const own = load<i64>(at, 8);
      if (own == 0) continue;
      sum += load<i64>(at);
      second += own;
      const n = <i32>(second >> <i64>shift);
      const h = <f64>(second & mask) * unitH;
      if (n < minRows || h < minHessian) continue;
      const hRight = hessian - h;
      if (rows - n < minRows || hRight < minHessian) break;
      const g = <f64>sum * unitG;
      const gRight = gradient - g;
      const left = h + l2 > 0 ? (g * g) / (h + l2) : g * g;
      const right = hRight + l2 > 0 ? (gRight * gRight) / (hRight + l2) : gRight * gRight;
      const gain = left + right - whole;
      if (gain > best) {
        best = gain;
        bestColumn = c;
        bestBin = b;
      }
    }
  }
  store<f64>(out, best);
  store<f64>(out, gradient, 8);
  store<f64>(out, hessian, 16);
  store<f64>(out, <f64>bestColumn, 24);
  store<f64>(out, <f64>bestBin, 32);
}

/** One step of a walk on bins: the child of a node, or the node itself when it is already a leaf (negative). */
// @ts-ignore: decorator
@inline
function step(nodes: usize, node: i32, row: usize): i32 {
  const at = nodes + ((<usize>max(node, 0)) << 3);
  const greater = load<u8>(row + <usize>load<u16>(at)) > <u8>load<u16>(at, 2);
  const child = <i32>load<i16>(at + (greater ? 2 : 0), 4);
  return node < 0 ? node : child;
}

/**
 * For rows [from, to): scores[r] += leaf that the row reaches. nodes: 8 bytes each: column, bin (u16), left, right (i16; negative −(l + 1) =
 * leaf l), at least one. leaves, scores: float64. Walks four rows at a time, so that their loads overlap.
 */
export function addTree(
  slot: i32, from: i32, to: i32, bins: usize, columns: i32, nodes: usize, leaves: usize, scores: usize,
): void {
  const stride = <usize>columns;
  for (let r = from; r < to; r += 4) {
    const row = bins + <usize>r * stride;
    // Lanes beyond the end repeat the last row and write nothing.
    const last = <usize>(to - 1 - r);
    const row1 = row + min<usize>(1, last) * stride;
    const row2 = row + min<usize>(2, last) * stride;
    const row3 = row + min<usize>(3, last) * stride;
    let n0 = 0;
    let n1 = 0;
    let n2 = 0;
    let n3 = 0;
    while ((n0 & n1 & n2 & n3) >= 0) {
      n0 = step(nodes, n0, row);
      n1 = step(nodes, n1, row1);
      n2 = step(nodes, n2, row2);
      n3 = step(nodes, n3, row3);
    }
    const target = scores + ((<usize>r) << 3);
    store<f64>(target, load<f64>(target) + load<f64>(leaves + ((<usize>(-n0 - 1)) << 3)));
    if (last >= 1) store<f64>(target, load<f64>(target, 8) + load<f64>(leaves + ((<usize>(-n1 - 1)) << 3)), 8);
    if (last >= 2) store<f64>(target, load<f64>(target, 16) + load<f64>(leaves + ((<usize>(-n2 - 1)) << 3)), 16);
    if (last >= 3) store<f64>(target, load<f64>(target, 24) + load<f64>(leaves + ((<usize>(-n3 - 1)) << 3)), 24);
  }
}
