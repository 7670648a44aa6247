import { type Region, regionOf } from '../../math/kernels/memory.ts';
import type { Neighbours } from '../playlist-neighbours/owner-space.ts';
import { type Retriever, SLOT, STRIDE } from './retrievers.ts';

/**
 * The owners that vote on a query and the content of their votes: a row of votes, a share of the blend, and the similarity of the title. All later
 * steps look only at these, so the cost of a query does not depend on the number of owners. Scratch, overwritten by the next query.
 */
export class Voters {
  count = 0;
  /** Owner of each voter; only the first `count` entries of this and the next three arrays are in use. */
  readonly owners: Int32Array;
  /** voters × STRIDE, ≥ 0 except in `spectral`, in the kernels' memory */
  readonly votes: Float32Array;
  /** What the voter adds to the blend before it is raised to a power: Σ share · weight / largest weight, ≥ 0. */
  readonly blended: Float32Array;
  /** Similarity of the voter's title to the query's, 0–1; 0 when it does not vote by title. */
  readonly titleSimilarity: Float32Array;
  private readonly region: Region;
  /** Voter number of each owner, −1 when it does not vote. */
  private readonly places: Int32Array;

  /** @param owners number of owners @param capacity further voters are ignored */
  constructor(owners: number, capacity: number) {
    const most = Math.min(owners, capacity);
    this.region = regionOf(this);
    this.owners = new Int32Array(most);
    this.votes = this.region.float32(most * STRIDE);
    this.blended = new Float32Array(most);
    this.titleSimilarity = new Float32Array(most);
    this.places = new Int32Array(owners).fill(-1);
  }

  dispose(): void {
    this.region.free();
  }

  /** Clears the last query's voters. @throws SegueError INTERNAL after `dispose` */
  reset(): void {
    this.region.assertLive();
    const { owners, places, count } = this;
    for (let v = 0; v < count; v++) places[owners[v]!] = -1;
    this.votes.fill(0, 0, count * STRIDE);
    this.blended.fill(0, 0, count);
    this.titleSimilarity.fill(0, 0, count);
    this.count = 0;
  }

  /** An owner's voter number, −1 when it does not vote. */
  of(owner: number): number {
    return this.places[owner]!;
  }

  /** Makes the owner a voter and returns its number; −1 when there is no room. */
  enrol(owner: number): number {
    const { places, owners } = this;
    let voter = places[owner]!;
    if (voter >= 0) return voter;
    if (this.count === owners.length) return -1;
    voter = this.count++;
    places[owner] = voter;
    owners[voter] = owner;
    return voter;
  }

  /** Records the neighbours' votes for a retriever. */
  cast(retriever: Retriever, { count, owners, weights }: Neighbours): void {
    const { votes } = this;
    const slot = SLOT[retriever];
    for (let i = 0; i < count; i++) {
      const voter = this.enrol(owners[i]!);
      if (voter >= 0) votes[voter * STRIDE + slot] = weights[i]!;
    }
  }

  /** Adds the neighbours' weights, relative to the largest and times `share`, to the blend. */
  blend({ count, owners, weights }: Neighbours, share: number): void {
    const { blended, places } = this;
    let largest = 0;
    for (let i = 0; i < count; i++) largest = Math.max(largest, weights[i]!);
    if (largest === 0) return;
    for (let i = 0; i < count; i++) {
      const voter = places[owners[i]!]!;
      if (voter >= 0) blended[voter]! += (share * weights[i]!) / largest;
    }
  }
}
