import { SegueError } from '../../errors.ts';
import { parallel, threads } from '../pool.ts';
import { addressOf, Region } from './memory.ts';

const QUERIES = 64;

/**
 * LambdaMART's gradients (Burges 2010) of queries with the rows groups[q] … groups[q + 1]: for each pair with y_i > y_j and a place within the truncation,
 * λ_ij = σ(s_j − s_i) · (y_i − y_j) · |discount_i − discount_j| / ideal DCG, gradient_i −= λ_ij, gradient_j += λ_ij, hessian += λ_ij (1 − σ(s_j − s_i)) on
 * both. float32. Scores more than 60 below the query's best count as 60 below. Free it in a `finally`.
 */
export class LambdaQueries {
  private readonly region = new Region();
  private readonly queries: number;
  private readonly groups: Int32Array;
  private readonly labels: Float32Array;
  private readonly order: Int32Array;
  private readonly discounts: Float32Array;
  /** 1 / ideal DCG of each query; 0 for queries that teach nothing. */
  private readonly shares: Float32Array;
  /** The same in the kernels' memory, with 0 also for queries that are not picked. */
  private readonly inverse: Float32Array;
  private readonly sums: Float64Array;
  private readonly scales: Float32Array;
  private readonly most: number;

  /** @param discounts by rank, 0 beyond the truncation, as long as the longest query @param ideal DCG of each query's best order */
  constructor(labels: Float32Array, groups: Int32Array, discounts: Float64Array, ideal: Float64Array) {
    const { region } = this;
    this.queries = groups.length - 1;
    this.groups = region.place(groups);
    this.labels = region.place(labels);
    this.order = region.int32(labels.length);
    let longest = 0;
    for (let q = 0; q < this.queries; q++) {
      const n = groups[q + 1]! - groups[q]!;
      longest = Math.max(longest, n);
      for (let i = 0; i < n; i++) this.order[groups[q]! + i] = i;
    }
    if (discounts.length < longest)
      throw new SegueError('INTERNAL', { got: `${discounts.length} discounts`, expected: `${longest}` });
    this.most = Math.ceil(longest / 4) * 4;
    this.discounts = region.place(Float32Array.from(discounts));
    this.shares = Float32Array.from(ideal, (value) => (value > 0 ? 1 / value : 0));
    this.inverse = region.float32(this.queries);
    this.sums = region.float64(this.queries);
    this.scales = region.float32(this.queries);
  }

  /**
   * @param scale factor of a query's gradients from twice the sum of its λ; null = 1
   * @param scores, gradient, hessian in the kernels' memory, one per row
   * @param picked 1 for each query to differentiate; rows of other queries become 0
   */
  derive(
    scores: Float64Array,
    gradient: Float32Array,
    hessian: Float32Array,
    scale: ((sum: number) => number) | null,
    picked: Uint8Array,
  ): void {
    for (let q = 0; q < this.queries; q++) this.inverse[q] = picked[q] === 1 ? this.shares[q]! : 0;
    const region = new Region();
    try {
      parallel('lambdaQueries', this.queries, QUERIES, [
        addressOf(this.groups),
        addressOf(scores),
        addressOf(this.labels),
        addressOf(this.order),
        addressOf(this.discounts),
        addressOf(this.inverse),
        addressOf(gradient),
        addressOf(hessian),
        addressOf(this.sums),
        addressOf(region.float32(threads() * 5 * this.most)),
        this.most,
      ]);
    } finally {
      region.free();
    }
    if (scale === null) return;
    for (let q = 0; q < this.queries; q++) this.scales[q] = scale(this.sums[q]!);
    parallel('scaleQueries', this.queries, QUERIES, [
      addressOf(this.groups),
      addressOf(this.scales),
      addressOf(gradient),
      addressOf(hessian),
    ]);
  }

  free(): void {
    this.region.free();
  }
}
