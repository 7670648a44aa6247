import { largestAt } from '../../math/select.ts';
import { TopK } from '../../math/topk.ts';
import type { ModelQuery } from '../model.ts';
import { type Evidence, PARTS, type Part } from './evidence.ts';

/** How many tracks each retriever puts forward: with seeds, and from a title alone. */
const QUOTAS: Readonly<Record<Part, readonly [number, number]>> = {
  tracks: [500, 0],
  links: [500, 0],
  artists: [500, 0],
  spread: [400, 800],
  title: [400, 800],
  titleArtists: [400, 800],
  blend: [700, 700],
  genres: [200, 0],
  recent: [200, 0],
  spectral: [400, 0],
  als: [400, 0],
};

/** One of so many tracks is looked at to guess where a part's best begin. */
const SAMPLED = 16;

/** Stands for "not among those that the retriever put forward". */
export const UNRANKED = 65_535;

/** The union of what the retrievers put forward, with each one's ranks. Scratch that the next selection overwrites. */
export class Candidates {
  count = 0;
  readonly tracks: Int32Array;
  /** Per part: rank from 0 by position of the candidate, or UNRANKED. */
  readonly ranks: readonly Uint16Array[];
  /** Largest score of each part among what may be answered; 0 when it found nothing. */
  readonly largest = new Float32Array(PARTS.length);
  private readonly position: Int32Array;
  private readonly heaps = new Map<number, TopK>();
  private readonly shortlist: Int32Array;
  private readonly sample: Float32Array;

  constructor(tracks: number) {
    const capacity = Math.min(
      tracks,
      PARTS.reduce((sum, part) => sum + Math.max(...QUOTAS[part]), 0),
    );
    this.tracks = new Int32Array(capacity);
    this.ranks = PARTS.map(() => new Uint16Array(capacity));
    this.position = new Int32Array(tracks).fill(-1);
    this.shortlist = new Int32Array(tracks);
    this.sample = new Float32Array(Math.ceil(tracks / SAMPLED));
  }

  /** @param barred tracks that must not be put forward */
  select(evidence: Evidence, query: ModelQuery, barred: ReadonlySet<number>): void {
    const { tracks, position, ranks, largest } = this;
    for (let i = 0; i < this.count; i++) position[tracks[i]!] = -1;
    for (const column of ranks) column.fill(UNRANKED);
    this.count = 0;
    const alone = query.seeds.length === 0 ? 1 : 0;
    for (let p = 0; p < PARTS.length; p++) {
      largest[p] = 0;
      if (!evidence.active.has(PARTS[p]!)) continue;
      const best = this.best(evidence.scores[PARTS[p]!], QUOTAS[PARTS[p]!][alone]!, query.allowed, barred);
      largest[p] = best.scores.length > 0 ? best.scores[0]! : 0;
      for (let rank = 0; rank < best.items.length; rank++) {
        const track = best.items[rank]!;
        let at = position[track]!;
        if (at < 0) {
          at = this.count++;
          position[track] = at;
          tracks[at] = track;
        }
        ranks[p]![at] = rank;
      }
    }
  }

  /** The exact best `quota` tracks of positive score, ties by track number. */
  private best(
    scores: Float32Array,
    quota: number,
    allowed: Uint8Array | null,
    barred: ReadonlySet<number>,
  ): { items: Int32Array; scores: Float32Array } {
    const heap = this.heapOf(quota);
    if (quota === 0) return heap.drain();
    const may = (t: number): boolean => (allowed === null || allowed[t] !== 0) && !barred.has(t);
    const floor = this.likelyFloor(scores, quota);
    const { shortlist } = this;
    let listed = 0;
    for (let t = 0; t < scores.length; t++) if (scores[t]! > floor) shortlist[listed++] = t;
    for (let i = 0; i < listed; i++) if (may(shortlist[i]!)) heap.push(shortlist[i]!, scores[shortlist[i]!]!);
    // The guess left too few: what it cut off follows.
    if (heap.length < quota && floor > 0)
      for (let t = 0; t < scores.length; t++)
        if (scores[t]! > 0 && scores[t]! <= floor && may(t)) heap.push(t, scores[t]!);
    return heap.drain();
  }

  /** A score that about twice `quota` tracks exceed, from every SAMPLED-th track; 0 when few have a score. */
  private likelyFloor(scores: Float32Array, quota: number): number {
    const { sample } = this;
    let n = 0;
    for (let t = 0; t < scores.length; t += SAMPLED) if (scores[t]! > 0) sample[n++] = scores[t]!;
    const rank = Math.ceil((2 * quota) / SAMPLED) + 8;
    return rank < n ? largestAt(sample, n, rank) : 0;
  }

  private heapOf(quota: number): TopK {
    let heap = this.heaps.get(quota);
    if (!heap) {
      heap = new TopK(quota);
      this.heaps.set(quota, heap);
    }
    return heap;
  }
}
