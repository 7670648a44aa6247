import { type Region, regionOf } from '../../math/kernels/memory.ts';
import { rowsAbove } from '../../math/kernels/score-table.ts';
import { largestAt } from '../../math/select.ts';
import { TopK } from '../../math/topk.ts';
import type { ModelQuery } from '../model.ts';
import { coldGroupOf } from './item-groups.ts';
import type { RetrieverScores } from './retriever-scores.ts';
import { RETRIEVERS, type Retriever, SLOT, STRIDE } from './retrievers.ts';

/** How many tracks each retriever proposes: [with seeds, from a title alone]. */
const QUOTAS: Readonly<Record<Retriever, readonly [number, number]>> = {
  tracks: [850, 850],
  links: [850, 0],
  artists: [850, 0],
  spread: [700, 1400],
  title: [700, 1400],
  titleArtists: [700, 1400],
  blend: [1200, 1200],
  genres: [350, 0],
  recent: [350, 0],
  works: [500, 0],
  titleGenres: [180, 700],
  spectral: [700, 700],
  als: [700, 700],
  alsTitle: [700, 1400],
  near: [500, 0],
  named: [180, 500],
};

/**
 * Songs that nobody holds, proposed in addition: by the seeds' artists (those with the most seeds first), by `als` (`alsTitle` without seeds) and by
 * `spread`. The numbers limit each source and the songs per artist.
 */
const COLD = {
  seeds: { quota: 400, ofArtist: 100 },
  als: { quota: 100, ofArtist: 10 },
  spread: { quota: 200, ofArtist: 25 },
} as const;
const MOST_COLD = Object.values(COLD).reduce((sum, { quota }) => sum + quota, 0);
/** Their largest share of the candidates where candidates are bounded. */
const COLD_SHARE = 0.2;

/** The most that any retriever proposes. */
export const LARGEST_QUOTA = Math.max(...RETRIEVERS.flatMap((retriever) => QUOTAS[retriever]));

/** One group in this many is sampled to guess the score at which a retriever's best begin. */
const SAMPLED = 32;

/** The constant added to ranks in reciprocal rank fusion (Cormack et al. 2009). */
const FUSED_FROM = 60;

/** Rank of a candidate that the retriever did not propose. */
export const UNRANKED = 65_535;

/** The union of the retrievers' proposals, with their ranks in each. Scratch, overwritten by the next selection. */
export class Candidates {
  count = 0;
  /** Number of candidates that retrievers proposed; these come first, followed by further cold songs. */
  ranked = 0;
  readonly tracks: Int32Array;
  /** For each retriever, the rank (from 0) by position of the candidate, or UNRANKED. */
  readonly ranks: readonly Uint16Array[];
  /** Largest score of each retriever among the tracks that may be returned; 0 when it found nothing. */
  readonly largest = new Float32Array(RETRIEVERS.length);
  private readonly retrieved: RetrieverScores;
  private readonly region: Region;
  /** Position of each track among the candidates, −1 when it is none. */
  private readonly position: Int32Array;
  private readonly sums: Float64Array;
  /** Keyed by slot and quota. */
  private readonly heaps = new Map<number, TopK>();
  /** In the kernels' memory. */
  private readonly floors: Float32Array;
  private readonly listed: Int32Array;
  private readonly masks: Int16Array;
  /** Positive scores of the sampled rows, slot by slot. */
  private readonly samples: readonly Float32Array[];

  constructor(retrieved: RetrieverScores) {
    const tracks = retrieved.dataset.tracks.count;
    const rows = retrieved.rows.groupOf.length;
    const capacity = Math.min(
      tracks,
      RETRIEVERS.reduce((sum, retriever) => sum + Math.max(...QUOTAS[retriever]), MOST_COLD),
    );
    this.retrieved = retrieved;
    this.tracks = new Int32Array(capacity);
    this.ranks = RETRIEVERS.map(() => new Uint16Array(capacity).fill(UNRANKED));
    this.sums = new Float64Array(capacity);
    this.position = new Int32Array(tracks).fill(-1);
    const region = regionOf(this);
    this.region = region;
    this.floors = region.float32(STRIDE);
    this.listed = region.int32(rows + 1);
    this.masks = region.int16(rows);
    this.samples = RETRIEVERS.map(() => new Float32Array(Math.ceil(rows / SAMPLED)));
  }

  dispose(): void {
    this.region.free();
  }

  /** @param barred tracks that must not be proposed @param most limit on the number of candidates, which keeps those with the best ranks */
  select(query: ModelQuery, barred: ReadonlySet<number>, most = Number.POSITIVE_INFINITY): void {
    const { retrieved, tracks, position, ranks, largest } = this;
    for (let i = 0; i < this.count; i++) position[tracks[i]!] = -1;
    // Positions beyond the last selection's candidates hold no ranks.
    for (const column of ranks) column.fill(UNRANKED, 0, this.count);
    this.count = 0;
    const alone = query.seeds.length === 0 ? 1 : 0;
    const quotas = RETRIEVERS.map((retriever) => (retrieved.active.has(retriever) ? QUOTAS[retriever][alone]! : 0));
    this.guessFloors(quotas);
    const may = (track: number): boolean =>
      (query.allowed === null || query.allowed[track] !== 0) && !barred.has(track);
    const heaps = this.offerShortlist(quotas, may);
    largest.fill(0);
    for (const [slot, quota] of quotas.entries())
      if (quota > 0) largest[slot] = this.putForward(slot, quota, heaps[slot]!, may);
    const cold = this.coldTracks(query, most, may);
    const room = most - new Set(cold).size;
    if (this.count > room) this.keep(room);
    this.ranked = this.count;
    for (const track of cold) this.positionOf(track);
  }

  /** Keeps the candidates with the largest Σ over retrievers of 1 / (FUSED_FROM + rank), ties by track number, in their present order. */
  private keep(most: number): void {
    const { tracks, position, ranks, count, sums } = this;
    const best = new TopK(most);
    sums.fill(0, 0, count);
    for (const column of ranks)
      for (let i = 0; i < count; i++) if (column[i] !== UNRANKED) sums[i]! += 1 / (FUSED_FROM + column[i]!);
    for (let i = 0; i < count; i++) best.push(tracks[i]!, sums[i]!);
    const kept = best.drain().items;
    for (let k = 0; k < kept.length; k++) kept[k] = position[kept[k]!]!;
    kept.sort();
    for (let i = 0; i < count; i++) position[tracks[i]!] = -1;
    for (let to = 0; to < kept.length; to++) {
      const track = tracks[kept[to]!]!;
      tracks[to] = track;
      position[track] = to;
    }
    for (const column of ranks) {
      for (let to = 0; to < kept.length; to++) column[to] = column[kept[to]!]!;
      // Cold songs fill the remaining positions, without ranks.
      column.fill(UNRANKED, kept.length, count);
    }
    this.count = kept.length;
  }

  /** For each slot with a quota, offers the best groups above its floor that have an allowed track. */
  private offerShortlist(quotas: readonly number[], may: (track: number) => boolean): readonly TopK[] {
    const { rows } = this.retrieved;
    const { table, groupOf, count } = rows;
    const heaps = quotas.map((quota, slot) => this.heapOf(slot, quota));
    const shortlist = rowsAbove(table.subarray(0, count * STRIDE), this.floors, this.listed, this.masks);
    for (let i = 0; i < shortlist.rows.length; i++) {
      const row = shortlist.rows[i]!;
      // Evaluated only when a score is good enough.
      let offered: boolean | null = null;
      for (let mask = shortlist.masks[i]! & 0xffff; mask !== 0 && offered !== false; mask &= mask - 1) {
        const slot = 31 - Math.clz32(mask & -mask);
        const score = table[row * STRIDE + slot]!;
        const heap = heaps[slot]!;
        if (score < heap.threshold) continue;
        offered ??= this.mayOffer(groupOf[row]!, may);
        if (offered) heap.push(groupOf[row]!, score);
      }
    }
    return heaps;
  }

  private mayOffer(group: number, may: (track: number) => boolean): boolean {
    const { ptr, idx } = this.retrieved.groups.members;
    for (let m = ptr[group]!; m < ptr[group + 1]!; m++) if (may(idx[m]!)) return true;
    return false;
  }

  /**
   * Proposes a retriever's best `quota` tracks of positive score, ties by track number. @param heap the retriever's shortlist @returns its largest
   * score
   */
  private putForward(slot: number, quota: number, heap: TopK, may: (track: number) => boolean): number {
    const { rows, groups } = this.retrieved;
    const { table, groupOf, count } = rows;
    const { ptr, idx } = groups.members;
    const floor = this.floors[slot]!;
    // The guessed floor was too high: scan what it cut off, too.
    if (heap.length < quota && floor > 0)
      for (let row = 0; row < count; row++) {
        const score = table[row * STRIDE + slot]!;
        if (score > 0 && score <= floor && this.mayOffer(groupOf[row]!, may)) heap.push(groupOf[row]!, score);
      }
    const best = heap.drain();
    let rank = 0;
    for (let i = 0; i < best.items.length && rank < quota; i++) {
      const group = best.items[i]!;
      for (let m = ptr[group]!; m < ptr[group + 1]! && rank < quota; m++)
        if (may(idx[m]!)) this.ranks[slot]![this.positionOf(idx[m]!)] = rank++;
    }
    return best.scores.length > 0 ? best.scores[0]! : 0;
  }

  /** Songs that nobody holds, possibly with repeats. As candidates they have ranks only where a retriever proposed them. */
  private coldTracks(query: ModelQuery, most: number, may: (track: number) => boolean): number[] {
    const { groups } = this.retrieved;
    const tracks: number[] = [];
    if (groups.cold === groups.count) return tracks;
    const { ptr, idx } = groups.members;
    const share = Math.min(1, (COLD_SHARE * most) / MOST_COLD);
    const take = ({ quota, ofArtist }: { quota: number; ofArtist: number }, from: ArrayLike<number>): void => {
      const end = tracks.length + Math.ceil(share * quota);
      for (let i = 0; i < from.length && tracks.length < end; i++) {
        const last = Math.min(ptr[from[i]! + 1]!, ptr[from[i]!]! + ofArtist);
        for (let m = ptr[from[i]!]!; m < last && tracks.length < end; m++) if (may(idx[m]!)) tracks.push(idx[m]!);
      }
    };
    take(COLD.seeds, this.coldOfSeeds(query));
    take(COLD.als, this.coldBest(SLOT[query.seeds.length === 0 ? 'alsTitle' : 'als'], COLD.als.quota));
    take(COLD.spread, this.coldBest(SLOT.spread, COLD.spread.quota));
    return tracks;
  }

  /** Cold groups of the liked seeds' artists, most seeds first. */
  private coldOfSeeds({ seeds, weights }: ModelQuery): number[] {
    const { groups, catalogue, rows } = this.retrieved;
    const counts = new Map<number, number>();
    for (let i = 0; i < seeds.length; i++) {
      const artist = catalogue.artistOf[seeds[i]!]!;
      const group = artist < 0 ? -1 : coldGroupOf(groups, artist);
      if (group >= 0 && rows.of(group) >= 0 && weights[i]! > 0) counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    return [...counts].sort(([a, m], [b, n]) => n - m || a - b).map(([group]) => group);
  }

  /** The cold groups with the largest scores. */
  private coldBest(slot: number, n: number): Int32Array {
    const { rows, groups } = this.retrieved;
    const { table, groupOf, count } = rows;
    const heap = this.heapOf(slot, n);
    for (let row = rows.fixed; row < count; row++) {
      const score = table[row * STRIDE + slot]!;
      if (score > 0 && groupOf[row]! >= groups.cold && score >= heap.threshold) heap.push(groupOf[row]!, score);
    }
    return heap.drain().items;
  }

  /** Position of a track among the candidates; −1 when it is none. */
  placeOf(track: number): number {
    return this.position[track]!;
  }

  private positionOf(track: number): number {
    const { position, tracks } = this;
    if (position[track]! < 0) {
      position[track] = this.count;
      tracks[this.count++] = track;
    }
    return position[track]!;
  }

  /** Guesses, for each slot with a quota, a score that about twice as many groups exceed, from every SAMPLED-th row; 0 when few have a score. */
  private guessFloors(quotas: readonly number[]): void {
    const { samples, floors } = this;
    const { table, count } = this.retrieved.rows;
    const slots = Int32Array.from(quotas.keys()).filter((slot) => quotas[slot]! > 0);
    const sizes = new Int32Array(quotas.length);
    for (let row = 0; row < count; row += SAMPLED)
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i]!;
        const score = table[row * STRIDE + slot]!;
        if (score > 0) samples[slot]![sizes[slot]!++] = score;
      }
    floors.fill(Number.POSITIVE_INFINITY);
    for (const slot of slots) {
      const rank = Math.ceil((2 * quotas[slot]!) / SAMPLED) + 8;
      floors[slot] = rank < sizes[slot]! ? largestAt(samples[slot]!, sizes[slot]!, rank) : 0;
    }
  }

  private heapOf(slot: number, quota: number): TopK {
    const key = quota * STRIDE + slot;
    let heap = this.heaps.get(key);
    if (!heap) {
      heap = new TopK(quota);
      this.heaps.set(key, heap);
    }
    return heap;
  }
}
