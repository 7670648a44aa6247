import { attentionBackward, attentionForward } from '../../math/kernels/attention.ts';
import { gemm } from '../../math/kernels/gemm.ts';
import type { Region } from '../../math/kernels/memory.ts';
import {
  addTo,
  dropout,
  rectify,
  rectifyBackward,
  rmsNorm,
  rmsNormBackward,
} from '../../math/kernels/network-layers.ts';
import type { Rng } from '../../math/rng.ts';

export interface Shape {
  /** Numbers per token, a multiple of 4 · heads. */
  readonly factors: number;
  readonly layers: number;
  readonly heads: number;
}

/** Width of the inner layer, relative to the token's. */
const EXPANSION = 2;

/** Parameters of one layer, views of one array: gains of the norms, and matrices with a row per input. */
interface Layer<T> {
  attentionGain: T;
  qkv: T;
  project: T;
  innerGain: T;
  expand: T;
  contract: T;
}

/** What a layer's forward pass keeps for the backward pass; keys and values are also the cache. */
interface Trace {
  input: Float32Array;
  attentionInverse: Float32Array;
  normed: Float32Array;
  qkv: Float32Array;
  logs: Float32Array;
  attended: Float32Array;
  middle: Float32Array;
  innerInverse: Float32Array;
  innerNormed: Float32Array;
  inner: Float32Array;
}

/** Number of parameters. */
export function parameterCount({ factors: d, layers }: Shape): number {
  return layers * (2 * d + 4 * d * d + 2 * EXPANSION * d * d) + d;
}

/**
 * A causal transformer (Vaswani et al. 2017) as SASRec applies it to sequences of items (Kang & McAuley 2018): per layer x ← x + Attention(norm x),
 * then x ← x + ReLU(norm x · E) · C, normalised before each part (Xiong et al. 2020) and at the end, without biases. Distances enter as linear biases
 * on the attention, so a sequence can be continued without recomputing its start. The rows of all sequences of a batch are stored one after the
 * other.
 */
export class Transformer {
  readonly parameters: Float32Array;
  readonly gradients: Float32Array;
  private readonly shape: Shape;
  private readonly weights: Layer<Float32Array>[];
  private readonly slopesOfWeights: Layer<Float32Array>[];
  private readonly gain: Float32Array;
  private readonly dGain: Float32Array;
  private readonly traces: Trace[];
  private readonly last: Float32Array;
  private readonly lastInverse: Float32Array;
  private readonly out: Float32Array;
  private readonly slopes: Float32Array;
  private readonly branch: Float32Array;
  private readonly wide: Float32Array;
  private readonly dx: Float32Array;

  /**
   * @param region frees everything @param capacity most rows per batch
   * @param training false: allocates no gradients, and `backward` must not be called
   */
  constructor(region: Region, shape: Shape, capacity: number, training: boolean) {
    const { factors: d, layers, heads } = shape;
    this.shape = shape;
    const count = parameterCount(shape);
    this.parameters = region.float32(count);
    this.gradients = region.float32(training ? count : 0);
    this.weights = layersOf(this.parameters, shape);
    this.slopesOfWeights = training ? layersOf(this.gradients, shape) : [];
    this.gain = this.parameters.subarray(count - d);
    this.dGain = this.gradients.subarray(Math.max(0, this.gradients.length - d));
    // Press et al. 2022: 2^(−8 h / heads) for head h, here with a last head that attends to all positions without bias.
    this.slopes = region.place(
      Float32Array.from({ length: heads }, (_, h) => (h === heads - 1 ? 0 : 2 ** ((-8 * (h + 1)) / heads))),
    );
    const rows = (width: number): Float32Array => region.float32(capacity * width);
    this.traces = Array.from({ length: layers }, () => ({
      input: rows(d),
      attentionInverse: rows(1),
      normed: rows(d),
      qkv: rows(3 * d),
      logs: rows(heads),
      attended: rows(d),
      middle: rows(d),
      innerInverse: rows(1),
      innerNormed: rows(d),
      inner: rows(EXPANSION * d),
    }));
    this.last = rows(d);
    this.lastInverse = rows(1);
    this.out = rows(d);
    this.branch = rows(d);
    this.wide = training ? rows(Math.max(3, EXPANSION) * d) : this.branch;
    this.dx = training ? rows(d) : this.branch;
  }

  /** Gains 1; matrices normal with variance 1 / inputs, output matrices of each part scaled down by √(2 · layers) (Radford et al. 2019). */
  initialise(rng: Rng): void {
    const { factors: d, layers } = this.shape;
    const fill = (matrix: Float32Array, spread: number): void => {
      for (let i = 0; i < matrix.length; i++) matrix[i] = spread * rng.normal();
    };
    for (const layer of this.weights) {
      layer.attentionGain.fill(1);
      layer.innerGain.fill(1);
      fill(layer.qkv, 1 / Math.sqrt(d));
      fill(layer.project, 1 / Math.sqrt(d * 2 * layers));
      fill(layer.expand, 1 / Math.sqrt(d));
      fill(layer.contract, 1 / Math.sqrt(EXPANSION * d * 2 * layers));
    }
    this.gain.fill(1);
  }

  /** The input buffer, capacity × factors: rows are written here before `forward`. */
  get input(): Float32Array {
    return this.traces[0]?.input ?? this.last;
  }

  /**
   * Computes the outputs for rows starts[0] = 0 … starts.at(-1) of the input. @returns a view that the next call overwrites
   * @param drop probability of dropout after each part, and a seed for its masks @param known leading rows of the (only) sequence that an earlier
   * call computed
   */
  forward(starts: Int32Array, drop: { rate: number; seed: number } = NO_DROPOUT, known = 0): Float32Array {
    const { factors: d, heads } = this.shape;
    const rows = starts.at(-1)!;
    const some = (table: Float32Array, width: number): Float32Array => table.subarray(known * width, rows * width);
    const times = (a: Float32Array, b: Float32Array, k: number, n: number, c: Float32Array): void =>
      gemm({ m: rows - known, n, k, a, b, c });
    for (const [l, trace] of this.traces.entries()) {
      const w = this.weights[l]!;
      const output = this.traces[l + 1]?.input ?? this.last;
      rmsNorm(some(trace.input, d), w.attentionGain, some(trace.normed, d), some(trace.attentionInverse, 1));
      times(some(trace.normed, d), w.qkv, d, 3 * d, some(trace.qkv, 3 * d));
      const { qkv, logs } = trace;
      attentionForward({ starts, heads, width: d / heads, slopes: this.slopes, qkv, out: trace.attended, logs }, known);
      times(some(trace.attended, d), w.project, d, d, some(trace.middle, d));
      dropout(some(trace.middle, d), drop.rate, drop.seed + 2 * l);
      addTo(some(trace.middle, d), some(trace.input, d));
      rmsNorm(some(trace.middle, d), w.innerGain, some(trace.innerNormed, d), some(trace.innerInverse, 1));
      times(some(trace.innerNormed, d), w.expand, d, EXPANSION * d, some(trace.inner, EXPANSION * d));
      rectify(some(trace.inner, EXPANSION * d));
      times(some(trace.inner, EXPANSION * d), w.contract, EXPANSION * d, d, some(output, d));
      dropout(some(output, d), drop.rate, drop.seed + 2 * l + 1);
      addTo(some(output, d), some(trace.middle, d));
    }
    rmsNorm(some(this.last, d), this.gain, some(this.out, d), some(this.lastInverse, 1));
    return this.out.subarray(0, rows * d);
  }

  /**
   * Overwrites `gradients`. Must follow a forward pass of the same rows with the same dropout.
   * @param dOut ∂loss/∂output, rows × factors, in the kernels' memory @returns ∂loss/∂input, a view that the next call overwrites
   */
  backward(starts: Int32Array, dOut: Float32Array, drop: { rate: number; seed: number } = NO_DROPOUT): Float32Array {
    const { factors: d, heads } = this.shape;
    const rows = starts.at(-1)!;
    const some = (table: Float32Array, width: number): Float32Array => table.subarray(0, rows * width);
    const dx = some(this.dx, d);
    const branch = some(this.branch, d);
    /** dA = dC · Bᵀ and dB = Aᵀ · dC of C = A · B. */
    const back = (
      a: Float32Array,
      b: Float32Array,
      k: number,
      n: number,
      dc: Float32Array,
      da: Float32Array,
      db: Float32Array,
    ): void => {
      gemm({ m: k, n, k: rows, a, transposeA: true, b: dc, c: db });
      gemm({ m: rows, n: k, k: n, a: dc, b, transposeB: true, c: da });
    };
    dx.fill(0);
    rmsNormBackward({ x: some(this.last, d), gain: this.gain, inverse: this.lastInverse }, dOut, dx, this.dGain);
    for (let l = this.traces.length - 1; l >= 0; l--) {
      const trace = this.traces[l]!;
      const w = this.weights[l]!;
      const dw = this.slopesOfWeights[l]!;
      const inner = some(this.wide, EXPANSION * d);
      branch.set(dx);
      dropout(branch, drop.rate, drop.seed + 2 * l + 1);
      back(trace.inner, w.contract, EXPANSION * d, d, branch, inner, dw.contract);
      rectifyBackward(some(trace.inner, EXPANSION * d), inner);
      back(trace.innerNormed, w.expand, d, EXPANSION * d, inner, branch, dw.expand);
      rmsNormBackward(
        { x: some(trace.middle, d), gain: w.innerGain, inverse: trace.innerInverse },
        branch,
        dx,
        dw.innerGain,
      );
      branch.set(dx);
      dropout(branch, drop.rate, drop.seed + 2 * l);
      // ∂/∂attended overwrites the norm's output, which is no longer needed.
      const dAttended = some(trace.innerNormed, d);
      back(trace.attended, w.project, d, d, branch, dAttended, dw.project);
      const dQkv = some(this.wide, 3 * d);
      const { qkv, logs, attended } = trace;
      attentionBackward(
        { starts, heads, width: d / heads, slopes: this.slopes, qkv, out: attended, logs },
        dAttended,
        dQkv,
      );
      back(trace.normed, w.qkv, d, 3 * d, dQkv, branch, dw.qkv);
      rmsNormBackward(
        { x: some(trace.input, d), gain: w.attentionGain, inverse: trace.attentionInverse },
        branch,
        dx,
        dw.attentionGain,
      );
    }
    return dx;
  }
}

const NO_DROPOUT = { rate: 0, seed: 0 };

function layersOf(array: Float32Array, { factors: d, layers }: Shape): Layer<Float32Array>[] {
  let at = 0;
  const next = (length: number): Float32Array => array.subarray(at, (at += length));
  return Array.from({ length: layers }, () => ({
    attentionGain: next(d),
    qkv: next(3 * d * d),
    project: next(d * d),
    innerGain: next(d),
    expand: next(EXPANSION * d * d),
    contract: next(EXPANSION * d * d),
  }));
}
