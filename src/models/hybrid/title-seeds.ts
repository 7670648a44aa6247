import type { Dataset } from '../../dataset/dataset.ts';
import { TopK } from '../../math/topk.ts';
import type { Neighbours } from '../playlist-neighbours/owner-space.ts';

/** Exponent by which close titles count more than distant ones. */
const POWER = 3;
/** Exponent by which each track of a long list counts less. */
const LENGTH = 0.25;

/**
 * Finds tracks that stand in for seeds when a query has only a title: those that owners of similar titles hold most, by Σ similarity³ · |list|^−.25
 * (pseudo-relevance feedback, Croft & Harper 1979). Holds scratch: serves one query at a time.
 */
export class TitleSeeds {
  private readonly dataset: Dataset;
  private readonly top: TopK;
  /** Votes by track; all 0 between queries. */
  private readonly votes: Float32Array;

  /** @param most largest number of tracks; 0 = none */
  constructor(dataset: Dataset, most: number) {
    this.dataset = dataset;
    this.top = new TopK(most);
    this.votes = new Float32Array(most > 0 ? dataset.tracks.count : 0);
  }

  /** @param alike owners, with the similarity of their titles as weights @returns the tracks and their votes, most votes first */
  of({ count, owners, weights }: Neighbours): { items: Int32Array; scores: Float32Array } {
    const { dataset, top, votes } = this;
    if (votes.length === 0) return top.drain();
    for (let i = 0; i < count; i++) {
      const tracks = dataset.tracksOf(owners[i]!);
      const vote = weights[i]! ** POWER * tracks.length ** -LENGTH;
      for (const track of tracks) votes[track]! += vote;
    }
    for (let i = 0; i < count; i++)
      for (const track of dataset.tracksOf(owners[i]!)) {
        if (votes[track]! > 0) top.push(track, votes[track]!);
        votes[track] = 0;
      }
    return top.drain();
  }
}
