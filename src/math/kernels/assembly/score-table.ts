// A table of 16 floats per row, one cache line: columns that are computed once the votes are counted. One pass computes them all, as the table is
// larger than the caches.

/** Zeroes bytes [from, to) from an address on. Much faster on shared memory than a fill from JavaScript. */
export function zeroBytes(slot: i32, from: i32, to: i32, at: usize): void {
  memory.fill(at + <usize>from, 0, <usize>(to - from));
}

/**
 * For rows [from, to), g = groupOf[r] and p = places[g], or r where there are no places:
 * row[walkAt] = row[walkAt] · walkScale[g] + first[p] + second[p], each step rounded, nothing added where p < 0;
 * row[denseAt] = dense[r]; row[otherAt] = other[r]; row[linksAt] *= discount[g];
 * row[spreadAt] = artistScore[a] · (popularity[g] or unheld) / (entries[a] + doubt), in float64, where a = artistOf[g] ≥ 0 scores above 0.
 * Places in a row are in bytes. An address 0 of walkScale, dense, other, discount or artistScore leaves that part out.
 */
export function finishRows16(
  slot: i32, from: i32, to: i32, table: usize, groupOf: usize,
  walkAt: usize, walkScale: usize, places: usize, first: usize, second: usize,
  denseAt: usize, dense: usize, otherAt: usize, other: usize, linksAt: usize, discount: usize,
  spreadAt: usize, artistScore: usize, artistOf: usize, popularity: usize, entries: usize, unheld: f64, doubt: f64,
): void {
  for (let r: usize = <usize>from; r < <usize>to; r++) {
    const row = table + (r << 6);
    const group = (<usize>load<u32>(groupOf + (r << 2))) << 2;
    if (walkScale) {
      const place = places ? load<i32>(places + group) : <i32>r;
      const at = row + walkAt;
      let sum: f32 = load<f32>(at) * load<f32>(walkScale + group);
      if (place >= 0) {
        sum = sum + load<f32>(first + ((<usize>place) << 2));
        sum = sum + load<f32>(second + ((<usize>place) << 2));
      }
      store<f32>(at, sum);
    }
    if (dense) store<f32>(row + denseAt, load<f32>(dense + (r << 2)));
    if (other) store<f32>(row + otherAt, load<f32>(other + (r << 2)));
    if (discount) store<f32>(row + linksAt, load<f32>(row + linksAt) * load<f32>(discount + group));
    if (artistScore) {
      const artist = load<i32>(artistOf + group);
      if (artist < 0) continue;
      const a = (<usize>artist) << 2;
      const score = load<f32>(artistScore + a);
      if (!(score > 0)) continue;
      const holders = load<f32>(popularity + group);
      const share: f64 = <f64>score * (holders == 0 ? unheld : <f64>holders) / (<f64>load<f32>(entries + a) + doubt);
      store<f32>(row + spreadAt, <f32>share);
    }
  }
}

/**
 * Writes the numbers of the rows that exceed the floor in any column, ascending, preceded by their count: out[0] = n, out[1 … n]; masks[i], 16 bits,
 * tells in which columns the i-th of them does. Single-threaded.
 */
export function rowsAbove16(slot: i32, from: i32, to: i32, table: usize, floors: usize, out: usize, masks: usize): void {
  const f0 = v128.load(floors);
  const f1 = v128.load(floors, 16);
  const f2 = v128.load(floors, 32);
  const f3 = v128.load(floors, 48);
  let next = out + 4;
  let mask = masks;
  for (let r = from; r < to; r++) {
    const row = table + ((<usize>r) << 6);
    const a0 = f32x4.gt(v128.load(row), f0);
    const a1 = f32x4.gt(v128.load(row, 16), f1);
    const a2 = f32x4.gt(v128.load(row, 32), f2);
    const a3 = f32x4.gt(v128.load(row, 48), f3);
    if (!v128.any_true(v128.or(v128.or(a0, a1), v128.or(a2, a3)))) continue;
    store<i32>(next, r);
    store<u16>(
      mask,
      <u16>(i32x4.bitmask(a0) | (i32x4.bitmask(a1) << 4) | (i32x4.bitmask(a2) << 8) | (i32x4.bitmask(a3) << 12)),
    );
    next += 4;
    mask += 2;
  }
  store<i32>(out, <i32>((next - out - 4) >> 2));
}
