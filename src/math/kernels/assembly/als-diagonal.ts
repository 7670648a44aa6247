// Half-steps of alternating least squares in the basis where the gramian is diagonal: row r gets the solution of
// (D + Σ_e w_e y_e y_eᵀ) x = Σ_e w_e y_e with D = diag(spectrum) + λ_r I. Without a dense term, a row's cost depends on its entries only.

import { addGram } from './cholesky';
import { sum4 } from './lanes';

/** Rows of a table scaled at a time. */
const BATCH: i32 = 64;
/** Rows with at most this many entries are solved exactly. The wrapper's sizes of scratch depend on it. */
const DIRECT: i32 = 48;

/**
 * For chunks [from, to) of `chunk` rows: the upper triangle of Σ_r sizes[r] · y_r y_rᵀ over the chunk's rows at out + chunk · d² floats.
 * sizes: int32 per row, or address 0 = each counts once. scratch: per slot BATCH · d floats.
 */
export function gramOfChunks(
  slot: i32, from: i32, to: i32, y: usize, rows: i32, d: i32, sizes: usize, chunk: i32, out: usize, scratch: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  const batch = scratch + <usize>slot * <usize>BATCH * rowBytes;
  for (let c = from; c < to; c++) {
    const target = out + <usize>c * <usize>d * rowBytes;
    memory.fill(target, 0, <usize>d * rowBytes);
    const end = min(rows, (c + 1) * chunk);
    for (let first = c * chunk; first < end; first += BATCH) {
      const count = min(BATCH, end - first);
      let source = y + <usize>first * rowBytes;
      if (sizes != 0) {
        let at = batch;
        for (let r = first; r < first + count; r++) {
          const root = f32x4.splat(<f32>Math.sqrt(<f64>load<i32>(sizes + ((<usize>r) << 2))));
          for (let stop = at + rowBytes; at < stop; at += 16, source += 16) v128.store(at, f32x4.mul(root, v128.load(source)));
        }
        source = batch;
      }
      addGram(target, d, source, count, 0, false);
    }
  }
}

@inline
function dot(a: usize, b: usize, bytes: usize): f32 {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 32) {
    s0 = f32x4.relaxed_madd(v128.load(a + at), v128.load(b + at), s0);
    s1 = f32x4.relaxed_madd(v128.load(a + at, 16), v128.load(b + at, 16), s1);
  }
  return sum4(f32x4.add(s0, s1));
}

/** target += scale · source */
@inline
function add(target: usize, scale: f32, source: usize, bytes: usize): void {
  const s = f32x4.splat(scale);
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(target + at, f32x4.relaxed_madd(s, v128.load(source + at), v128.load(target + at)));
  }
}

@inline
function weightOf(weights: usize, e: usize, constant: f32): f32 {
  return weights ? load<f32>(weights + (e << 2)) : constant;
}

/**
 * Solves a row exactly by the n × n system of its entries (Woodbury): with z_e = √w_e D^(−½) y_e, x = D^(−½) Zᵀ c and (I + Z Zᵀ) c = √w. roots:
 * D^(−½). z: n · d floats; a: n rows of n floats rounded up to a multiple of 4, the upper triangle used; c: n floats.
 */
function solveDirect(
  first: usize, n: i32, idx: usize, weights: usize, w: f32, y: usize, rowBytes: usize, roots: usize, z: usize, a: usize, c: usize,
  x: usize,
): void {
  const size = (<usize>n) << 2;
  const stride = (size + 15) & ~15;
  for (let i: usize = 0; i < <usize>n; i++) {
    const root = <f32>Math.sqrt(<f64>weightOf(weights, first + i, w));
    store<f32>(c + (i << 2), root);
    const scale = f32x4.splat(root);
    const source = y + <usize>load<u32>(idx + ((first + i) << 2)) * rowBytes;
    const own = z + i * rowBytes;
    for (let at: usize = 0; at < rowBytes; at += 16) {
      v128.store(own + at, f32x4.mul(f32x4.mul(scale, v128.load(roots + at)), v128.load(source + at)));
    }
    const column = a + (i << 2);
    let j: usize = 0;
    for (; j + 4 <= i; j += 4) {
      let other = z + j * rowBytes;
      let s0 = f32x4.splat(0);
      let s1 = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      let s3 = f32x4.splat(0);
      for (let at: usize = 0; at < rowBytes; at += 16, other += 16) {
        const value = v128.load(own + at);
        s0 = f32x4.relaxed_madd(value, v128.load(other), s0);
        s1 = f32x4.relaxed_madd(value, v128.load(other + rowBytes), s1);
        s2 = f32x4.relaxed_madd(value, v128.load(other + 2 * rowBytes), s2);
        s3 = f32x4.relaxed_madd(value, v128.load(other + 3 * rowBytes), s3);
      }
      const target = column + j * stride;
      store<f32>(target, sum4(s0));
      store<f32>(target + stride, sum4(s1));
      store<f32>(target + 2 * stride, sum4(s2));
      store<f32>(target + 3 * stride, sum4(s3));
    }
    for (; j < i; j++) store<f32>(column + j * stride, dot(own, z + j * rowBytes, rowBytes));
    store<f32>(column + i * stride, 1 + dot(own, own, rowBytes));
  }
  // Elimination without pivoting: all eigenvalues are at least 1. Elements left of the diagonal are never read.
  for (let k: usize = 0; k < size; k += 4) {
    const row = a + (k >> 2) * stride;
    const inverse = <f32>1 / load<f32>(row + k);
    for (let i = k + 4; i < size; i += 4) {
      const factor = load<f32>(row + i) * inverse;
      const scale = f32x4.splat(-factor);
      const target = a + (i >> 2) * stride;
      for (let j = i & ~15; j < size; j += 16) {
        v128.store(target + j, f32x4.relaxed_madd(scale, v128.load(row + j), v128.load(target + j)));
      }
      store<f32>(c + i, load<f32>(c + i) - factor * load<f32>(c + k));
    }
  }
  memory.fill(x, 0, rowBytes);
  for (let i = n - 1; i >= 0; i--) {
    const k = (<usize>i) << 2;
    const row = a + <usize>i * stride;
    let rest = load<f32>(c + k);
    for (let j = k + 4; j < size; j += 4) rest -= load<f32>(row + j) * load<f32>(c + j);
    rest /= load<f32>(row + k);
    store<f32>(c + k, rest);
    add(x, rest, z + <usize>i * rowBytes, rowBytes);
  }
  for (let at: usize = 0; at < rowBytes; at += 16) v128.store(x + at, f32x4.mul(v128.load(x + at), v128.load(roots + at)));
}

/** target += Σ_e w_e (goal + sign · (y_e · v)) y_e over the entries [first, last), four at a time to share the loads of v and target. */
function addEntries(
  first: usize, last: usize, idx: usize, weights: usize, w: f32, y: usize, rowBytes: usize, v: usize, goal: f32, sign: f32,
  target: usize,
): void {
  let e = first;
  for (; e + 4 <= last; e += 4) {
    const entry = idx + (e << 2);
    const row0 = y + <usize>load<u32>(entry) * rowBytes;
    const row1 = y + <usize>load<u32>(entry, 4) * rowBytes;
    const row2 = y + <usize>load<u32>(entry, 8) * rowBytes;
    const row3 = y + <usize>load<u32>(entry, 12) * rowBytes;
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const value = v128.load(v + at);
      s0 = f32x4.relaxed_madd(value, v128.load(row0 + at), s0);
      s1 = f32x4.relaxed_madd(value, v128.load(row1 + at), s1);
      s2 = f32x4.relaxed_madd(value, v128.load(row2 + at), s2);
      s3 = f32x4.relaxed_madd(value, v128.load(row3 + at), s3);
    }
    s0 = f32x4.splat(weightOf(weights, e, w) * (goal + sign * sum4(s0)));
    s1 = f32x4.splat(weightOf(weights, e + 1, w) * (goal + sign * sum4(s1)));
    s2 = f32x4.splat(weightOf(weights, e + 2, w) * (goal + sign * sum4(s2)));
    s3 = f32x4.splat(weightOf(weights, e + 3, w) * (goal + sign * sum4(s3)));
    for (let at: usize = 0; at < rowBytes; at += 16) {
      let sum = f32x4.relaxed_madd(s0, v128.load(row0 + at), v128.load(target + at));
      sum = f32x4.relaxed_madd(s1, v128.load(row1 + at), sum);
      sum = f32x4.relaxed_madd(s2, v128.load(row2 + at), sum);
      sum = f32x4.relaxed_madd(s3, v128.load(row3 + at), sum);
      v128.store(target + at, sum);
    }
  }
  for (; e < last; e++) {
    const row = y + <usize>load<u32>(idx + (e << 2)) * rowBytes;
    add(target, weightOf(weights, e, w) * (goal + sign * dot(row, v, rowBytes)), row, rowBytes);
  }
}

/** Solves a row by `steps` steps of conjugate gradients from the present x, preconditioned by the diagonal of the system. work: 4 · d floats. */
function solveGradient(
  first: usize, last: usize, idx: usize, weights: usize, w: f32, y: usize, rowBytes: usize, lambda: f32, spectrum: usize,
  work: usize, x: usize, steps: i32,
): void {
  const residual = work;
  const direction = residual + rowBytes;
  const image = direction + rowBytes;
  const inverse = image + rowBytes;
  const ridge = f32x4.splat(lambda);
  // residual = b − A x, inverse = 1 / (D + Σ_e w_e y_e²)
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const own = f32x4.add(ridge, v128.load(spectrum + at));
    v128.store(inverse + at, own);
    v128.store(residual + at, f32x4.neg(f32x4.mul(own, v128.load(x + at))));
  }
  addEntries(first, last, idx, weights, w, y, rowBytes, x, 1, -1, residual);
  for (let e = first; e < last; e++) {
    const row = y + <usize>load<u32>(idx + (e << 2)) * rowBytes;
    const weight = f32x4.splat(weightOf(weights, e, w));
    for (let at: usize = 0; at < rowBytes; at += 16) {
      const value = v128.load(row + at);
      v128.store(inverse + at, f32x4.relaxed_madd(weight, f32x4.mul(value, value), v128.load(inverse + at)));
    }
  }
  for (let at: usize = 0; at < rowBytes; at += 16) {
    v128.store(inverse + at, f32x4.div(f32x4.splat(1), v128.load(inverse + at)));
    v128.store(direction + at, f32x4.mul(v128.load(inverse + at), v128.load(residual + at)));
  }
  let product = dot(direction, residual, rowBytes);
  for (let step = 0; step < steps && product > 1e-20; step++) {
    for (let at: usize = 0; at < rowBytes; at += 16) {
      v128.store(image + at, f32x4.mul(f32x4.add(ridge, v128.load(spectrum + at)), v128.load(direction + at)));
    }
    addEntries(first, last, idx, weights, w, y, rowBytes, direction, 0, 1, image);
    const length = product / dot(direction, image, rowBytes);
    add(x, length, direction, rowBytes);
    add(residual, -length, image, rowBytes);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      v128.store(image + at, f32x4.mul(v128.load(inverse + at), v128.load(residual + at)));
    }
    const next = dot(image, residual, rowBytes);
    const ratio = f32x4.splat(next / product);
    for (let at: usize = 0; at < rowBytes; at += 16) {
      v128.store(direction + at, f32x4.relaxed_madd(ratio, v128.load(direction + at), v128.load(image + at)));
    }
    product = next;
  }
}

/**
 * Rows [from, to). weights: float32 per entry, or address 0 for the constant w. lambdas: float32 per row; spectrum: d eigenvalues of the
 * gramian, descending. Rows with more than DIRECT entries start from rotation · x, the row's present x in this basis (rotation: d × d, one
 * eigenvector per row); the others are solved exactly. x: rows × d, overwritten. scratch: per slot (DIRECT + 2) · d + DIRECT · (DIRECT + 1) floats. A
 * row without a stable solution is written to `failed`.
 */
export function alsRowsDiagonal(
  slot: i32, from: i32, to: i32, ptr: usize, idx: usize, weights: usize, w: f32, lambdas: usize, spectrum: usize, rotation: usize,
  y: usize, d: i32, x: usize, steps: i32, scratch: usize, failed: usize,
): void {
  const rowBytes = (<usize>d) << 2;
  const roots = scratch + <usize>slot * (<usize>(DIRECT + 2) * rowBytes + ((<usize>(DIRECT * (DIRECT + 1))) << 2));
  const start = roots + rowBytes;
  const work = start + rowBytes;
  const matrix = work + <usize>DIRECT * rowBytes;
  const small = matrix + ((<usize>(DIRECT * DIRECT)) << 2);
  const least = load<f32>(spectrum + rowBytes - 4);
  let known: f32 = NaN;
  for (let r = from; r < to; r++) {
    const first = load<i32>(ptr + ((<usize>r) << 2));
    const n = load<i32>(ptr + ((<usize>r) << 2), 4) - first;
    const solution = x + <usize>r * rowBytes;
    if (n == 0) {
      memory.fill(solution, 0, rowBytes);
      continue;
    }
    const lambda = load<f32>(lambdas + ((<usize>r) << 2));
    if (!(lambda + least > 0)) {
      atomic.store<i32>(failed, r);
      continue;
    }
    if (n > DIRECT) {
      memory.copy(start, solution, rowBytes);
      for (let k = 0; k < d; k++) store<f32>(solution + ((<usize>k) << 2), dot(rotation + <usize>k * rowBytes, start, rowBytes));
      const last = <usize>(first + n);
      solveGradient(<usize>first, last, idx, weights, w, y, rowBytes, lambda, spectrum, work, solution, steps);
      continue;
    }
    // Most rows have as many entries as the previous row, hence the same λ.
    if (lambda != known) {
      known = lambda;
      const ridge = f32x4.splat(lambda);
      for (let at: usize = 0; at < rowBytes; at += 16) {
        v128.store(roots + at, f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(ridge, v128.load(spectrum + at)))));
      }
    }
    solveDirect(<usize>first, n, idx, weights, w, y, rowBytes, roots, work, matrix, small, solution);
  }
}
