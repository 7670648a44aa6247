import { AT } from './columns.ts';
import type { QueryFeatures } from './query-features.ts';
import type { RetrieverScores } from './retriever-scores.ts';

/** Added to a mean's denominator, so that a track of a single playlist counts for little. */
const DOUBT = 2;

/** Columns of `sums`: totals over the voters that hold a row, and maxima among them. */
const ANY = 0;
const SHARED = 1;
const MOST = 2;
const SIMILARITIES = 3;
const SIMILARITY = 4;
const LAST = 5;
const TITLES = 6;
const TITLE = 7;
const BLENDS = 8;
const BLEND = 9;
const WIDTH = 10;

/**
 * What a candidate's owners have in common with the query: with each of its seeds, and with its title. Gathered in one pass over the voters' lists.
 */
export class NeighbourFeatures {
  private readonly retrieved: RetrieverScores;
  private readonly asked: QueryFeatures;
  /** Index of each row among the described ones, −1 when it is not described. */
  private readonly places: Int32Array;
  /** Described rows by index; only the first `count` are in use. */
  private met = new Int32Array(1024);
  private count = 0;
  private sums = new Float32Array(0);
  /** Number of voters that hold both the described row and each liked seed: described rows × seeds. */
  private common = new Uint16Array(0);

  constructor(retrieved: RetrieverScores, asked: QueryFeatures) {
    this.retrieved = retrieved;
    this.asked = asked;
    this.places = new Int32Array(retrieved.rows.groupOf.length).fill(-1);
  }

  /** Reads the voters' lists for these tracks, all of which have a row. */
  read(tracks: Int32Array): void {
    const { retrieved, places } = this;
    const { groups, rows } = retrieved;
    for (let i = 0; i < this.count; i++) places[this.met[i]!] = -1;
    this.count = 0;
    if (this.met.length < tracks.length) this.met = new Int32Array(2 * tracks.length);
    for (let i = 0; i < tracks.length; i++) {
      const row = rows.of(groups.of[tracks[i]!]!);
      if (places[row]! >= 0) continue;
      places[row] = this.count;
      this.met[this.count++] = row;
    }
    const size = this.count * WIDTH;
    if (this.sums.length < size) this.sums = new Float32Array(2 * size);
    else this.sums.fill(0, 0, size);
    const pairs = this.count * this.asked.liked.length;
    if (this.common.length < pairs) this.common = new Uint16Array(2 * pairs);
    else this.common.fill(0, 0, pairs);
    for (let v = 0; v < retrieved.voters.count; v++) this.readVoter(v);
  }

  private readVoter(v: number): void {
    const { retrieved, asked, places, sums, common } = this;
    const { voters, rows, hits } = retrieved;
    const { likedAt } = asked;
    const n = asked.liked.length;
    const shared = asked.overlap[v]!;
    const title = voters.titleSimilarity[v]!;
    const blend = voters.blended[v]!;
    if (shared === 0 && title === 0 && blend === 0) return;
    const similarity = shared > 0 ? retrieved.similarityOf(voters.owners[v]!) : 0;
    const last = asked.holdsLast[v]!;
    const { entries } = rows;
    const firstHit = hits.ptr[v]!;
    const endHit = hits.ptr[v + 1]!;
    for (let e = rows.ptr[v]!, end = rows.ptr[v + 1]!; e < end; e++) {
      const place = places[entries[e]!]!;
      if (place < 0) continue;
      const at = place * WIDTH;
      if (shared > 0) {
        sums[at + ANY]!++;
        sums[at + SHARED]! += shared;
        if (shared > sums[at + MOST]!) sums[at + MOST] = shared;
        sums[at + SIMILARITIES]! += similarity;
        if (similarity > sums[at + SIMILARITY]!) sums[at + SIMILARITY] = similarity;
        sums[at + LAST]! += last;
        for (let h = firstHit; h < endHit; h++) {
          const seed = likedAt[hits.seeds[h]!]!;
          if (seed >= 0) common[place * n + seed]!++;
        }
      }
      if (title > 0) {
        sums[at + TITLES]! += title;
        if (title > sums[at + TITLE]!) sums[at + TITLE] = title;
      }
      if (blend > 0) {
        sums[at + BLENDS]! += blend;
        if (blend > sums[at + BLEND]!) sums[at + BLEND] = blend;
      }
    }
  }

  /** Writes the NEIGHBOUR_COLUMNS at out[at]; NaN where the query offers no evidence. */
  describe(group: number, out: Float32Array, at: number): void {
    const { retrieved, asked, sums } = this;
    const place = this.places[retrieved.rows.of(group)]!;
    const from = place * WIDTH;
    const n = asked.liked.length;
    const holders = retrieved.groups.popularity[group]!;
    const best = asked.bestSimilarity || 1;
    const seeded = n > 0 ? 1 : Number.NaN;
    const titled = asked.titleKey === '' ? Number.NaN : 1;
    out[at + AT['largest overlap']] = (seeded * sums[from + MOST]!) / n;
    out[at + AT['mean overlap']] = (seeded * sums[from + SHARED]!) / holders / n;
    out[at + AT['share of owners with overlap']] = (seeded * sums[from + ANY]!) / holders;
    out[at + AT['mean similarity of owners']] = (seeded * sums[from + SIMILARITIES]!) / (holders + DOUBT) / best;
    out[at + AT['largest similarity of owners']] = (seeded * sums[from + SIMILARITY]!) / best;
    out[at + AT['mean title similarity of owners']] = (titled * sums[from + TITLES]!) / (holders + DOUBT);
    out[at + AT['largest title similarity of owners']] = titled * sums[from + TITLE]!;
    out[at + AT['mean blend of owners']] = sums[from + BLENDS]! / (holders + DOUBT);
    out[at + AT['largest blend of owners']] = sums[from + BLEND]!;
    out[at + AT['share of owners with last seed']] = (seeded * sums[from + LAST]!) / holders;
    this.describeLinks(place, holders, out, at);
  }

  /** Features of the pairs of the track with each seed: how many co-occur, and the cosines of those that do. */
  private describeLinks(place: number, holders: number, out: Float32Array, at: number): void {
    const { common } = this;
    const { liked, rootOwners } = this.asked;
    const n = liked.length;
    const root = Math.sqrt(holders);
    let linked = 0;
    let strongest = 0;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const both = common[place * n + i]!;
      if (both === 0) continue;
      linked++;
      const cosine = both / (root * rootOwners[i]! + 1);
      sum += cosine;
      if (cosine > strongest) strongest = cosine;
    }
    out[at + AT['share of seeds linked']] = n > 0 ? linked / n : Number.NaN;
    out[at + AT['strongest link']] = n > 0 ? strongest : Number.NaN;
    out[at + AT['mean link']] = n > 0 ? sum / n : Number.NaN;
  }
}
