import type { Dataset } from '../../dataset/dataset.ts';
import type { ModelQuery } from '../model.ts';

/** Places before and after a seed that count as near. */
const REACH = 8;
/** Seeds that many hold say less: a seed's weight is divided by (owners − 1)^this + 1. */
const EXPONENT = 0.4;

/** Tracks that stand near the seeds in owners' lists: albums and runs of one mood are put in one after the other. */
export class AdjacencyRetriever {
  private readonly dataset: Dataset;
  /** Place of each entry of the inverted index among all entries by owner. */
  private readonly places: Int32Array;

  constructor(dataset: Dataset) {
    const { byOwner, byTrack } = dataset;
    this.dataset = dataset;
    this.places = new Int32Array(byTrack.idx.length);
    const cursor = byTrack.ptr.slice();
    // Owners ascend in each row of the inverted index.
    for (let e = 0; e < byOwner.idx.length; e++) this.places[cursor[byOwner.idx[e]!]!++] = e;
  }

  /** table[rowOf[track] · stride + column] += weight / (1 + places apart), for every track within reach of a seed in some list. */
  add({ seeds, weights }: ModelQuery, rowOf: Int32Array, table: Float32Array, stride: number, column: number): void {
    const { places } = this;
    const { byTrack, byOwner } = this.dataset;
    for (let i = 0; i < seeds.length; i++) {
      const from = byTrack.ptr[seeds[i]!]!;
      const to = byTrack.ptr[seeds[i]! + 1]!;
      const weight = weights[i]! / (Math.max(0, to - from - 1) ** EXPONENT + 1);
      for (let e = from; e < to; e++) {
        const owner = byTrack.idx[e]!;
        const at = places[e]!;
        const first = Math.max(byOwner.ptr[owner]!, at - REACH);
        const last = Math.min(byOwner.ptr[owner + 1]! - 1, at + REACH);
        for (let p = first; p <= last; p++)
          if (p !== at) table[rowOf[byOwner.idx[p]!]! * stride + column]! += weight / (1 + Math.abs(p - at));
      }
    }
  }
}
