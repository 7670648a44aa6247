import { type Csr, transpose } from '../../math/csr.ts';
import { wholePowers } from '../../math/powers.ts';
import { RowsOnDemand } from '../../math/rows-on-demand.ts';
import { largestAt } from '../../math/select.ts';

/** Relative similarities below this are rounding errors of likes and dislikes that cancel. */
const ROUNDING = 1e-6;

/** Owners that resemble a query, in no particular order; a view on scratch that the next call overwrites. */
export interface Neighbours {
  readonly count: number;
  readonly owners: Int32Array;
  /** > 0 */
  readonly weights: Float32Array;
}

/** How similarities become votes. */
export interface Voting {
  /** Most neighbours that vote. */
  readonly limit: number;
  /** Votes are ((s − min) / max)^power; min is the least similarity among those that vote, 0 when everyone votes. */
  readonly power: number;
}

/** Rows × items, of which only the rows' lengths and weights are used. */
type Rows = Omit<Csr, 'columns' | 'idx'>;

/** 1 / (Σ v²)^(exponent / 2) of each row. */
export function lengthScales({ rows, ptr, values }: Rows, exponent: number): Float32Array {
  const scales = new Float32Array(rows);
  const power = wholePowers(-exponent / 2);
  for (let row = 0; row < rows; row++) {
    let square = ptr[row + 1]! - ptr[row]!;
    if (values) {
      square = 0;
      for (let e = ptr[row]!; e < ptr[row + 1]!; e++) square += values[e]! * values[e]!;
    }
    scales[row] = square > 0 ? power(square) : 0;
  }
  return scales;
}

/** Builds the space of these rows. @param byItem their transpose; computed when omitted */
export function ownerSpace(byOwner: Csr, lengthExponent: number): OwnerSpace;
export function ownerSpace(byOwner: Rows, lengthExponent: number, byItem: Csr): OwnerSpace;
export function ownerSpace(byOwner: Rows, lengthExponent: number, byItem = transpose(byOwner as Csr)): OwnerSpace {
  return new OwnerSpace(byItem, lengthScales(byOwner, lengthExponent));
}

/**
 * Owners as vectors over items (tracks, songs or artists). Finds the owners that resemble a query by an inverted index, in time O(entries of the
 * query's items), and lets them vote for tracks. A row's length enters as 1 / (Σ v²)^(lengthExponent / 2): an exponent of 1 gives the cosine. Keeps
 * scratch of its own, so an instance serves one query at a time.
 */
export class OwnerSpace {
  readonly scale: Float32Array;
  private readonly items: RowsOnDemand;
  private readonly similarity: Float32Array;
  private readonly touched: Int32Array;
  private readonly weights: Float32Array;
  private readonly order: Float32Array;
  private count = 0;

  /** @param byItem items × owners @param scale of each owner, see `lengthScales` */
  constructor(byItem: Csr | RowsOnDemand, scale: Float32Array) {
    const rows = scale.length;
    this.items = byItem instanceof RowsOnDemand ? byItem : new RowsOnDemand(byItem);
    this.scale = scale;
    this.similarity = new Float32Array(rows);
    this.touched = new Int32Array(rows);
    this.weights = new Float32Array(rows);
    this.order = new Float32Array(rows);
  }

  /** items × owners */
  get byItem(): Csr {
    return this.items.whole;
  }

  /**
   * Similarities of all owners to the query: Σ_items weight · idf(item) · value, scaled by the row's length;
   * idf = 1 / ((owners of the item − 1)^exponent + 1),
   * or 1 when the exponent is null.
   * @param budget most entries to read, as whole items, starting with those of the fewest owners (the most informative); the first item is always
   * read
   */
  compare(
    items: ArrayLike<number>,
    weights: ArrayLike<number>,
    exponent: number | null,
    budget = Number.POSITIVE_INFINITY,
  ): void {
    const { similarity, touched, scale } = this;
    const { ptr } = this.items;
    for (let i = 0; i < this.count; i++) similarity[touched[i]!] = 0;
    let count = 0;
    const order = this.affordable(items, budget);
    for (let place = 0; place < order.length; place++) {
      const i = order[place]!;
      const item = items[i]!;
      const from = ptr[item]!;
      const to = ptr[item + 1]!;
      if (from === to || weights[i] === 0) continue;
      const weight = exponent === null ? weights[i]! : weights[i]! / ((to - from - 1) ** exponent + 1);
      const { idx, values } = this.items.entries(from, to);
      // One loop per kind of rows: a shared loop makes the engine allocate an object for every sum.
      if (values)
        for (let e = from; e < to; e++) {
          const owner = idx[e]!;
          const before = similarity[owner]!;
          if (before === 0) touched[count++] = owner;
          similarity[owner] = before + weight * values[e]!;
          // An owner whose sum cancels to 0 must not enter the list twice.
          if (similarity[owner] === 0) similarity[owner] = 1e-30;
        }
      else
        for (let e = from; e < to; e++) {
          const owner = idx[e]!;
          const before = similarity[owner]!;
          if (before === 0) touched[count++] = owner;
          similarity[owner] = before + weight;
          if (similarity[owner] === 0) similarity[owner] = 1e-30;
        }
    }
    this.count = count;
    for (let i = 0; i < count; i++) similarity[touched[i]!]! *= scale[touched[i]!]!;
  }

  /** Indexes of the items whose entries fit into the budget. */
  private affordable(items: ArrayLike<number>, budget: number): Int32Array {
    const { ptr } = this.items;
    const n = items.length;
    const places = Int32Array.from({ length: n }, (_, i) => i);
    // Packs length and index into one number: sorting numbers is several times faster than sorting with a comparator.
    const keys = new Float64Array(n);
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const length = ptr[items[i]! + 1]! - ptr[items[i]!]!;
      keys[i] = length * n + i;
      sum += length;
    }
    if (sum <= budget) return places;
    keys.sort();
    sum = 0;
    let end = 0;
    for (; end < n; end++) {
      const length = Math.floor(keys[end]! / n);
      if (end > 0 && sum + length > budget) break;
      sum += length;
      places[end] = keys[end]! - length * n;
    }
    return places.subarray(0, end);
  }

  /** Owners that share an item with the query of the last `compare`, in the order met until `neighbours` reorders them; a view on scratch. */
  get met(): Int32Array {
    return this.touched.subarray(0, this.count);
  }

  /** The similarity that `compare` gave one owner. */
  similarityOf(owner: number): number {
    return this.similarity[owner]!;
  }

  /** Owners whose similarity is at least this share of the largest. */
  closest(share: number): number[] {
    const { similarity, touched } = this;
    let largest = 0;
    for (let i = 0; i < this.count; i++) largest = Math.max(largest, similarity[touched[i]!]!);
    if (largest === 0) return [];
    const close: number[] = [];
    for (let i = 0; i < this.count; i++) if (similarity[touched[i]!]! >= share * largest) close.push(touched[i]!);
    return close;
  }

  /** Removes the owner from the last query's matches. */
  silence(owner: number): void {
    this.similarity[owner] = 0;
  }

  /** The neighbours of the last `compare` and their votes. */
  neighbours(voting: Voting): Neighbours {
    const { similarity, touched, order, weights } = this;
    const limit = Math.max(1, Math.round(voting.limit));
    let largest = 0;
    let floor = 0;
    for (let i = 0; i < this.count; i++) {
      order[i] = similarity[touched[i]!]!;
      if (order[i]! > largest) largest = order[i]!;
    }
    if (largest <= 0) return { count: 0, owners: touched, weights };
    if (this.count > limit) floor = Math.max(0, largestAt(order, this.count, limit - 1));
    let votes = 0;
    for (let i = 0; i < this.count; i++) {
      const owner = touched[i]!;
      const s = similarity[owner]! - floor;
      if (s <= largest * ROUNDING) continue;
      touched[i] = touched[votes]!;
      touched[votes] = owner;
      weights[votes++] = voting.power === 2 ? (s / largest) ** 2 : (s / largest) ** voting.power;
    }
    return { count: votes, owners: touched, weights };
  }
}

/** out[item] += weight of each neighbour that holds the item. */
export function vote(neighbours: Neighbours, byOwner: Csr, out: Float32Array): void {
  const { ptr, idx } = byOwner;
  for (let i = 0; i < neighbours.count; i++) {
    const owner = neighbours.owners[i]!;
    const weight = neighbours.weights[i]!;
    for (let e = ptr[owner]!, end = ptr[owner + 1]!; e < end; e++) out[idx[e]!]! += weight;
  }
}

/** As `vote`, for an `out` that is all zeros; lists each track that received votes once in `voted`. @returns number of tracks in `voted` */
export function voteForSome(neighbours: Neighbours, byOwner: Csr, out: Float32Array, voted: Int32Array): number {
  const { ptr, idx } = byOwner;
  let count = 0;
  for (let i = 0; i < neighbours.count; i++) {
    const owner = neighbours.owners[i]!;
    const weight = neighbours.weights[i]!;
    // A small similarity raised to a large power underflows.
    if (weight === 0) continue;
    for (let e = ptr[owner]!, end = ptr[owner + 1]!; e < end; e++) {
      const item = idx[e]!;
      const before = out[item]!;
      out[item] = before + weight;
      if (before === 0) voted[count++] = item;
    }
  }
  return count;
}
