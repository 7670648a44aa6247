import { type Region, regionOf } from '../../math/kernels/memory.ts';
import { rowsAbove } from '../../math/kernels/spmm.ts';
import { largestAt } from '../../math/select.ts';
import { TopK } from '../../math/topk.ts';
import type { ModelQuery } from '../model.ts';
import type { RetrieverScores } from './retriever-scores.ts';
import { RETRIEVERS, type Retriever, SLOT, STRIDE } from './retrievers.ts';

/** How many tracks each retriever puts forward: with seeds, and from a title alone. */
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
  spectral: [700, 0],
  als: [700, 0],
  alsTitle: [700, 1400],
  near: [500, 0],
  named: [180, 500],
};

/**
 * Songs that nobody holds, put forward besides: by the seeds' artists, those of most seeds first, by `als` (`alsTitle` without seeds) and by `spread`.
 * Each so many, and at most some of one artist.
 */
const COLD = {
  seeds: { quota: 400, ofArtist: 100 },
  als: { quota: 100, ofArtist: 10 },
  spread: { quota: 200, ofArtist: 25 },
} as const;
const MOST_COLD = Object.values(COLD).reduce((sum, { quota }) => sum + quota, 0);
/** Their largest share of the candidates where these are bounded. */
const COLD_SHARE = 0.2;

/** No retriever puts forward more. */
export const LARGEST_QUOTA = Math.max(...RETRIEVERS.flatMap((retriever) => QUOTAS[retriever]));

/** One of so many groups is looked at to guess where a retriever's best begin. */
const SAMPLED = 16;

/** Added to ranks when they are fused (Cormack et al. 2009). */
const FUSED_FROM = 60;

/** Stands for "not among those that the retriever put forward". */
export const UNRANKED = 65_535;

/** The union of what the retrievers put forward, with each one's ranks. Scratch that the next selection overwrites. */
export class Candidates {
  count = 0;
  /** How many of them, the first, retrievers put forward; further cold songs follow. */
  ranked = 0;
  readonly tracks: Int32Array;
  /** Per retriever: rank from 0 by position of the candidate, or UNRANKED. */
  readonly ranks: readonly Uint16Array[];
  /** Largest score of each retriever among what may be answered; 0 when it found nothing. */
  readonly largest = new Float32Array(RETRIEVERS.length);
  private readonly retrieved: RetrieverScores;
  private readonly region: Region;
  /** Of each track, −1 when it is no candidate. */
  private readonly position: Int32Array;
  private readonly heaps = new Map<number, TopK>();
  /** In the kernels' memory. */
  private readonly floors: Float32Array;
  private readonly listed: Int32Array;
  private readonly sample: Float32Array;

  constructor(retrieved: RetrieverScores) {
    const tracks = retrieved.dataset.tracks.count;
    const rows = retrieved.rows.groupOf.length;
    const capacity = Math.min(
      tracks,
      RETRIEVERS.reduce((sum, retriever) => sum + Math.max(...QUOTAS[retriever]), MOST_COLD),
    );
    this.retrieved = retrieved;
    this.tracks = new Int32Array(capacity);
    this.ranks = RETRIEVERS.map(() => new Uint16Array(capacity));
    this.position = new Int32Array(tracks).fill(-1);
    const region = regionOf(this);
    this.region = region;
    this.floors = region.float32(STRIDE);
    this.listed = region.int32(rows + 1);
    this.sample = new Float32Array(Math.ceil(rows / SAMPLED));
  }

  dispose(): void {
    this.region.free();
  }

  /** @param barred tracks that must not be put forward @param most candidates to keep, those of the best ranks */
  select(query: ModelQuery, barred: ReadonlySet<number>, most = Number.POSITIVE_INFINITY): void {
    const { retrieved, tracks, position, ranks, largest, floors } = this;
    for (let i = 0; i < this.count; i++) position[tracks[i]!] = -1;
    for (const column of ranks) column.fill(UNRANKED);
    this.count = 0;
    const alone = query.seeds.length === 0 ? 1 : 0;
    floors.fill(Number.POSITIVE_INFINITY);
    for (const retriever of RETRIEVERS) {
      const quota = QUOTAS[retriever][alone]!;
      if (quota > 0 && retrieved.active.has(retriever))
        floors[SLOT[retriever]] = this.likelyFloor(SLOT[retriever], quota);
    }
    const shortlist = rowsAbove(
      retrieved.rows.table.subarray(0, retrieved.rows.count * STRIDE),
      STRIDE,
      floors,
      this.listed,
    );
    const may = (track: number): boolean =>
      (query.allowed === null || query.allowed[track] !== 0) && !barred.has(track);
    for (let p = 0; p < RETRIEVERS.length; p++)
      largest[p] =
        floors[p] === Number.POSITIVE_INFINITY ? 0 : this.putForward(p, QUOTAS[RETRIEVERS[p]!][alone]!, shortlist, may);
    const cold = this.coldTracks(query, most, may);
    const room = most - new Set(cold).size;
    if (this.count > room) this.keep(room);
    this.ranked = this.count;
    for (const track of cold) this.positionOf(track);
  }

  /** Keeps the candidates of the largest Σ over retrievers of 1 / (FUSED_FROM + rank), ties by track number, in their order. */
  private keep(most: number): void {
    const { tracks, position, ranks, count } = this;
    const best = new TopK(most);
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (const column of ranks) if (column[i] !== UNRANKED) sum += 1 / (FUSED_FROM + column[i]!);
      best.push(tracks[i]!, sum);
    }
    const kept = best
      .drain()
      .items.map((track) => position[track]!)
      .sort();
    for (let i = 0; i < count; i++) position[tracks[i]!] = -1;
    for (const [to, from] of kept.entries()) {
      tracks[to] = tracks[from]!;
      position[tracks[to]!] = to;
      for (const column of ranks) column[to] = column[from]!;
    }
    // Songs that nobody holds come into the places that are left, without ranks.
    for (const column of ranks) column.fill(UNRANKED, kept.length, count);
    this.count = kept.length;
  }

  /** Takes a retriever's best `quota` tracks of positive score, ties by track number. @returns its largest score */
  private putForward(slot: number, quota: number, shortlist: Int32Array, may: (track: number) => boolean): number {
    const { rows, groups } = this.retrieved;
    const { table, groupOf, count } = rows;
    const { ptr, idx } = groups.members;
    const floor = this.floors[slot]!;
    const heap = this.heapOf(quota);
    const offer = (row: number, score: number): void => {
      const group = groupOf[row]!;
      for (let m = ptr[group]!; m < ptr[group + 1]!; m++)
        if (may(idx[m]!)) {
          heap.push(group, score);
          return;
        }
    };
    for (let i = 0; i < shortlist.length; i++) {
      const score = table[shortlist[i]! * STRIDE + slot]!;
      if (score > floor && score >= heap.threshold) offer(shortlist[i]!, score);
    }
    // The guess left too few: what it cut off follows.
    if (heap.length < quota && floor > 0)
      for (let row = 0; row < count; row++) {
        const score = table[row * STRIDE + slot]!;
        if (score > 0 && score <= floor) offer(row, score);
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

  /** Songs that nobody holds, some twice. As candidates they have no ranks but those of retrievers that put them forward. */
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

  /** Cold groups of the liked seeds' artists, those of most seeds first. */
  private coldOfSeeds({ seeds, weights }: ModelQuery): number[] {
    const { groups, catalogue, rows } = this.retrieved;
    const counts = new Map<number, number>();
    for (let i = 0; i < seeds.length; i++) {
      const artist = catalogue.artistOf[seeds[i]!]!;
      const group = artist < 0 ? -1 : groups.coldOf(artist);
      if (group >= 0 && rows.of(group) >= 0 && weights[i]! > 0) counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    return [...counts].sort(([a, m], [b, n]) => n - m || a - b).map(([group]) => group);
  }

  /** The cold groups of the largest scores. */
  private coldBest(slot: number, n: number): Int32Array {
    const { rows, groups } = this.retrieved;
    const { table, groupOf, count } = rows;
    const heap = this.heapOf(n);
    for (let row = rows.fixed; row < count; row++) {
      const score = table[row * STRIDE + slot]!;
      if (score > 0 && groupOf[row]! >= groups.cold && score >= heap.threshold) heap.push(groupOf[row]!, score);
    }
    return heap.drain().items;
  }

  private positionOf(track: number): number {
    const { position, tracks } = this;
    if (position[track]! < 0) {
      position[track] = this.count;
      tracks[this.count++] = track;
    }
    return position[track]!;
  }

  /** A score that about twice `quota` groups exceed, from every SAMPLED-th one; 0 when few have a score. */
  private likelyFloor(slot: number, quota: number): number {
    const { sample } = this;
    const { table, count } = this.retrieved.rows;
    let n = 0;
    for (let at = slot; at < count * STRIDE; at += SAMPLED * STRIDE) if (table[at]! > 0) sample[n++] = table[at]!;
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
