import type { Dataset } from '../../dataset/dataset.ts';
import type { ModelQuery } from '../model.ts';

/** The liked seeds of a query by the owners that hold them: made once a query, read for each track that is explained. */
export class SeedHolders {
  readonly seeds: Int32Array;
  private readonly dataset: Dataset;
  /** Row pointers by owner into `held`, which has positions in `seeds`. */
  private readonly ptr: Int32Array;
  private readonly held: Int32Array;

  constructor(dataset: Dataset, { seeds, weights }: ModelQuery) {
    this.dataset = dataset;
    this.seeds = Int32Array.from(new Set(seeds.filter((_, i) => weights[i]! > 0)));
    const { ptr, idx } = dataset.byTrack;
    this.ptr = new Int32Array(dataset.owners.count + 1);
    for (const seed of this.seeds) for (let e = ptr[seed]!; e < ptr[seed + 1]!; e++) this.ptr[idx[e]! + 1]!++;
    for (let o = 0; o < dataset.owners.count; o++) this.ptr[o + 1]! += this.ptr[o]!;
    this.held = new Int32Array(this.ptr[dataset.owners.count]!);
    const next = this.ptr.slice();
    this.seeds.forEach((seed, s) => {
      for (let e = ptr[seed]!; e < ptr[seed + 1]!; e++) this.held[next[idx[e]!]!++] = s;
    });
  }

  /** Whether an owner holds the seed at a position in `seeds`. */
  holds(owner: number, position: number): boolean {
    const { ptr, held } = this;
    for (let h = ptr[owner]!; h < ptr[owner + 1]!; h++) if (held[h] === position) return true;
    return false;
  }

  /** How many owners hold both a track and a seed, by position in `seeds`. */
  sharedWith(track: number): Int32Array {
    const { ptr, idx } = this.dataset.byTrack;
    const counts = new Int32Array(this.seeds.length);
    for (let e = ptr[track]!; e < ptr[track + 1]!; e++) {
      const owner = idx[e]!;
      for (let h = this.ptr[owner]!; h < this.ptr[owner + 1]!; h++) counts[this.held[h]!]!++;
    }
    return counts;
  }
}

const made = new WeakMap<ModelQuery, SeedHolders>();

/** The same for each track of one answer. */
export function seedHolders(dataset: Dataset, query: ModelQuery): SeedHolders {
  let holders = made.get(query);
  if (!holders) made.set(query, (holders = new SeedHolders(dataset, query)));
  return holders;
}
