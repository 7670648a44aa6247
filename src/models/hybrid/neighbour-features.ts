import { AT, NEIGHBOUR_COLUMNS } from './columns.ts';
import type { QueryFeatures } from './query-features.ts';
import type { RetrieverScores } from './retriever-scores.ts';

/** Owners added to a mean's denominator, so that a track of one playlist proves little. */
const DOUBT = 2;

const FIRST = AT[NEIGHBOUR_COLUMNS[0]];
const END = FIRST + NEIGHBOUR_COLUMNS.length;

/** What a group's owners have in common with the query: with its seeds, one by one, and with its title. */
export class NeighbourFeatures {
  private readonly retrieved: RetrieverScores;
  private readonly asked: QueryFeatures;
  /** Owners of the group that also hold each liked seed. */
  private common = new Uint16Array(128);
  /** The group that was described last, and where: its tracks follow one another and have the same owners. */
  private last = -1;
  private lastAt = 0;

  constructor(retrieved: RetrieverScores, asked: QueryFeatures) {
    this.retrieved = retrieved;
    this.asked = asked;
  }

  /** Forgets the last query. */
  reset(): void {
    this.last = -1;
  }

  /** Writes NEIGHBOUR_COLUMNS of the row that starts at out[at]; those that the query has nothing to say about are NaN. */
  describe(group: number, out: Float32Array, at: number): void {
    const { retrieved, asked } = this;
    if (group === this.last) {
      out.copyWithin(at + FIRST, this.lastAt + FIRST, this.lastAt + END);
      return;
    }
    this.last = group;
    this.lastAt = at;
    const { overlap, titleSimilarity, blended } = retrieved;
    const { seedPtr, seedsOf, holdsLast, titleKey } = asked;
    const { ptr, idx } = retrieved.groups.holders;
    const n = asked.liked.length;
    if (this.common.length < n) this.common = new Uint16Array(n);
    const { common } = this;
    common.fill(0, 0, n);
    let most = 0;
    let sum = 0;
    let any = 0;
    let similarities = 0;
    let similarity = 0;
    let titles = 0;
    let title = 0;
    let blends = 0;
    let blend = 0;
    let last = 0;
    const from = ptr[group]!;
    const to = ptr[group + 1]!;
    for (let e = from; e < to; e++) {
      const owner = idx[e]!;
      const shared = overlap[owner]!;
      if (shared > 0) {
        any++;
        sum += shared;
        if (shared > most) most = shared;
        const s = retrieved.similarityOf(owner);
        similarities += s;
        if (s > similarity) similarity = s;
        last += holdsLast[owner]!;
        for (let i = seedPtr[owner]!, end = i + shared; i < end; i++) common[seedsOf[i]!]!++;
      }
      titles += titleSimilarity[owner]!;
      if (titleSimilarity[owner]! > title) title = titleSimilarity[owner]!;
      blends += blended[owner]!;
      if (blended[owner]! > blend) blend = blended[owner]!;
    }
    const holders = to - from;
    const best = asked.bestSimilarity || 1;
    const seeded = n > 0 ? 1 : Number.NaN;
    const titled = titleKey === '' ? Number.NaN : 1;
    out[at + AT['largest overlap']] = (seeded * most) / n;
    out[at + AT['mean overlap']] = (seeded * sum) / holders / n;
    out[at + AT['share of owners with overlap']] = (seeded * any) / holders;
    out[at + AT['mean similarity of owners']] = (seeded * similarities) / (holders + DOUBT) / best;
    out[at + AT['largest similarity of owners']] = (seeded * similarity) / best;
    out[at + AT['mean title similarity of owners']] = (titled * titles) / (holders + DOUBT);
    out[at + AT['largest title similarity of owners']] = titled * title;
    out[at + AT['mean blend of owners']] = blends / (holders + DOUBT);
    out[at + AT['largest blend of owners']] = blend;
    out[at + AT['share of owners with last seed']] = (seeded * last) / holders;
    this.describeLinks(holders, out, at);
  }

  /** On the pairs of the track and each seed: how many co-occur, and the cosines of those that do. */
  private describeLinks(holders: number, out: Float32Array, at: number): void {
    const { common } = this;
    const { liked } = this.asked;
    const { dataset } = this.retrieved;
    let linked = 0;
    let strongest = 0;
    let sum = 0;
    for (let i = 0; i < liked.length; i++) {
      if (common[i] === 0) continue;
      linked++;
      const cosine = common[i]! / (Math.sqrt(holders * dataset.ownersOf(liked[i]!)) + 1);
      sum += cosine;
      if (cosine > strongest) strongest = cosine;
    }
    const n = liked.length;
    out[at + AT['share of seeds linked']] = n > 0 ? linked / n : Number.NaN;
    out[at + AT['strongest link']] = n > 0 ? strongest : Number.NaN;
    out[at + AT['mean link']] = n > 0 ? sum / n : Number.NaN;
  }
}
