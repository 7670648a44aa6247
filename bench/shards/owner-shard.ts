import type { Csr } from '../../src/math/csr.ts';
import { TopK } from '../../src/math/topk.ts';
import { type OwnerSpace, ownerSpace } from '../../src/models/playlist-neighbours/owner-space.ts';

/** The owners of one shard: a range of the library's owners, starting at `first`. */
export interface ShardPart {
  readonly first: number;
  /** owners of the shard × tracks of the whole catalogue */
  readonly byOwner: Csr;
  readonly lengthExponent: number;
}

/** A shard's nearest owners. */
export interface Nearest {
  /** Number of owners that share a seed, including those that are not among the nearest. */
  readonly met: number;
  /** Owner numbers of the library, ascending. */
  readonly owners: Int32Array;
  readonly similarities: Float32Array;
  /** For each owner, the index of the first seed of the query that it holds. */
  readonly firstSeeds: Int32Array;
}

/** Lists of tracks side by side: list i is tracks[ptr[i] … ptr[i + 1]). */
export interface Lists {
  readonly ptr: Int32Array;
  readonly tracks: Int32Array;
}

/** One shard of the search for similar owners: holds its own owners' lists and an inverted index over them. */
export class OwnerShard {
  private readonly part: ShardPart;
  private readonly space: OwnerSpace;

  constructor(part: ShardPart) {
    this.part = part;
    this.space = ownerSpace(part.byOwner, part.lengthExponent);
  }

  /**
   * The owners with the largest similarities, at most `limit`, ties by number.
   * @param weights of the seeds, including their rarity in the whole library, which a shard cannot compute
   */
  nearest(seeds: Int32Array, weights: Float64Array, limit: number): Nearest {
    const { space } = this;
    const { first, byOwner } = this.part;
    space.compare(seeds, weights, null);
    const { met } = space;
    const top = new TopK(Math.min(limit, met.length));
    for (const owner of met) top.push(owner, space.similarityOf(owner));
    const rows = top.drain().items.sort();
    const placeOf = new Map<number, number>();
    for (let i = 0; i < seeds.length; i++) if (weights[i] !== 0) placeOf.set(seeds[i]!, i);
    return {
      met: met.length,
      owners: rows.map((row) => first + row),
      similarities: Float32Array.from(rows, (row) => space.similarityOf(row)),
      firstSeeds: rows.map((row) => {
        let least = seeds.length;
        for (let e = byOwner.ptr[row]!; e < byOwner.ptr[row + 1]!; e++)
          least = Math.min(least, placeOf.get(byOwner.idx[e]!) ?? least);
        return least;
      }),
    };
  }

  /** The tracks of some of its owners. @param owners numbers of the library */
  lists(owners: Int32Array): Lists {
    const { first, byOwner } = this.part;
    const ptr = new Int32Array(owners.length + 1);
    for (let i = 0; i < owners.length; i++) {
      const row = owners[i]! - first;
      ptr[i + 1] = ptr[i]! + byOwner.ptr[row + 1]! - byOwner.ptr[row]!;
    }
    const tracks = new Int32Array(ptr[owners.length]!);
    for (let i = 0; i < owners.length; i++) {
      const row = owners[i]! - first;
      tracks.set(byOwner.idx.subarray(byOwner.ptr[row]!, byOwner.ptr[row + 1]!), ptr[i]!);
    }
    return { ptr, tracks };
  }
}
