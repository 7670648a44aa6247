import type { Csr } from '../../math/csr.ts';
import { RowAdam } from '../../math/kernels/adam.ts';
import { gemm } from '../../math/kernels/gemm.ts';
import { Region } from '../../math/kernels/memory.ts';
import { dropout } from '../../math/kernels/network-layers.ts';
import { binaryLoss, softmaxLoss } from '../../math/kernels/sampled-loss.ts';
import { sparseTimesDense } from '../../math/kernels/spmm.ts';
import type { Batch } from './batches.ts';
import type { SequenceConfig } from './config.ts';
import { type Sample, sampleSize } from './negatives.ts';
import { stack, transposeTouched } from './token-matrix.ts';
import type { Tokens } from './tokens.ts';
import { type Shape, Transformer } from './transformer.ts';

/** Separates these random numbers from those of the layers' dropout masks. */
const INPUT = 0x5bd1e995;

/** Parameters, Adam moments and scratch of a training run. */
export class Learner {
  readonly transformer: Transformer;
  /** tokens.count × factors */
  readonly table: Float32Array;
  private readonly config: SequenceConfig;
  private readonly d: number;
  private readonly optimiser: RowAdam;
  private readonly tableOptimiser: RowAdam;
  private readonly sampled: number;
  /** Vectors of a batch (inputs, targets, negatives) and their gradients. */
  private readonly vectors: Float32Array;
  private readonly dVectors: Float32Array;
  private readonly logits: Float32Array;
  private readonly positives: Float32Array;
  private readonly losses: Float64Array;
  private readonly dOut: Float32Array;
  /** Slot of each table row in the current step; −1 = untouched. */
  private readonly slotOf: Int32Array;
  /** Number of tracks that somebody holds. */
  private readonly known: number;
  private scratch = new Region();
  /** Rows of the table that the last batch touched, and their gradients. */
  touched: Int32Array = new Int32Array(0);
  tableGradients: Float32Array = new Float32Array(0);

  constructor(
    region: Region,
    tokens: Tokens,
    start: Float32Array,
    shape: Shape,
    config: SequenceConfig,
    capacity: number,
  ) {
    const d = shape.factors;
    this.config = config;
    this.d = d;
    this.transformer = new Transformer(region, shape, capacity, true);
    this.table = region.float32(start.length);
    this.table.set(start);
    this.optimiser = new RowAdam(region, this.transformer.parameters, 4);
    this.tableOptimiser = new RowAdam(region, this.table, d);
    this.sampled = sampleSize(config);
    const most = 2 * capacity + this.sampled;
    this.vectors = region.float32(most * d);
    this.dVectors = region.float32(most * d);
    this.logits = region.float32(capacity * this.sampled);
    this.positives = region.float32(capacity);
    this.losses = region.float64(capacity);
    this.dOut = region.float32(capacity * d);
    this.slotOf = new Int32Array(tokens.count).fill(-1);
    this.known = tokens.rows.trackRow.reduce((sum, row) => (row < 0 ? sum : sum + 1), 0);
  }

  /**
   * Computes the summed loss of a batch, its gradients in `transformer.gradients`, and those of the table rows that the batch touches.
   * @param seed of the dropout masks
   */
  derive(batch: Batch, negatives: Sample, seed: number): number {
    this.scratch.free();
    this.scratch = new Region();
    const { scratch } = this;
    const { d, config, transformer, vectors, dVectors, sampled, logits, positives, losses, dOut } = this;
    const n = batch.targets.length;
    const matrix = stack([batch.inputs, batch.outputs, negatives.matrix]);
    const placed = {
      ptr: scratch.place(matrix.ptr),
      idx: scratch.place(matrix.idx),
      values: scratch.place(matrix.values!),
      columns: matrix.columns,
    };
    sparseTimesDense(placed, this.table, d, vectors);
    const inputs = vectors.subarray(0, n * d);
    const targets = vectors.subarray(n * d, 2 * n * d);
    const others = vectors.subarray(2 * n * d, (2 * n + sampled) * d);
    const starts = scratch.place(batch.starts);
    const drop = { rate: config.dropout, seed };
    transformer.input.set(inputs);
    dropout(transformer.input.subarray(0, n * d), config.dropout, seed ^ INPUT);
    const out = transformer.forward(starts, drop);
    gemm({ m: n, n: sampled, k: d, a: out, b: others, transposeB: true, c: logits });
    for (let r = 0; r < n; r++) {
      let dot = 0;
      for (let j = r * d; j < (r + 1) * d; j++) dot += out[j]! * targets[j]!;
      positives[r] = dot;
    }
    const scores = {
      positives: positives.subarray(0, n),
      negatives: logits,
      targets: scratch.place(batch.targets),
      sampled: scratch.place(negatives.tracks),
      losses,
    };
    const loss =
      config.loss === 'binary'
        ? binaryLoss(scores, this.beta(), -Math.log(this.sampled))
        : softmaxLoss(scores, scratch.place(negatives.corrections));
    // ∂/∂output = G⁻ V⁻ + g⁺ v⁺, ∂/∂V⁻ = G⁻ᵀ output, ∂/∂v⁺ = g⁺ output
    gemm({ m: n, n: d, k: sampled, a: logits, b: others, c: dOut });
    gemm({ m: sampled, n: d, k: n, a: logits, transposeA: true, b: out, c: dVectors.subarray(2 * n * d) });
    for (let r = 0; r < n; r++) {
      const g = positives[r]!;
      for (let j = r * d; j < (r + 1) * d; j++) {
        dOut[j]! += g * targets[j]!;
        dVectors[n * d + j] = g * out[j]!;
      }
    }
    const dInput = transformer.backward(starts, dOut.subarray(0, n * d), drop);
    dropout(dInput, config.dropout, seed ^ INPUT);
    dVectors.set(dInput);
    this.deriveTable(matrix, scratch);
    return loss;
  }

  /** Applies the gradients from `derive`. */
  move(rate: number): void {
    this.optimiser.step(this.transformer.gradients, null, rate);
    if (this.config.itemRate > 0)
      this.tableOptimiser.step(this.tableGradients, this.touched, rate * this.config.itemRate);
  }

  /** Releases scratch; the region frees the rest. */
  free(): void {
    this.scratch.free();
  }

  /** β = α (t (1 − 1/α) + 1/α), α = the sampled share of the catalogue (Petrov & Macdonald 2023, eq. 15). */
  private beta(): number {
    const share = Math.min(1, this.sampled / Math.max(1, this.known - 1));
    const t = this.config.calibration;
    return share * (t * (1 - 1 / share) + 1 / share);
  }

  /** Computes the gradients of the table rows, Mᵀ · dVectors, for the rows that the batch touches, into `touched` and `tableGradients`. */
  private deriveTable(matrix: Csr, scratch: Region): void {
    const { slotOf, d } = this;
    const touched: number[] = [];
    const slots = new Int32Array(matrix.idx.length);
    for (let e = 0; e < slots.length; e++) {
      const row = matrix.idx[e]!;
      if (slotOf[row]! < 0) {
        slotOf[row] = touched.length;
        touched.push(row);
      }
      slots[e] = slotOf[row]!;
    }
    for (const row of touched) slotOf[row] = -1;
    const back = transposeTouched(matrix, slots, touched.length);
    const gradients = scratch.float32(touched.length * d);
    sparseTimesDense(
      {
        ptr: scratch.place(back.ptr),
        idx: scratch.place(back.idx),
        values: scratch.place(back.values),
        columns: matrix.rows,
      },
      this.dVectors,
      d,
      gradients,
    );
    this.tableGradients = gradients;
    this.touched = scratch.place(Int32Array.from(touched));
  }
}
