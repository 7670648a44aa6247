import { type Region, regionOf } from '../../math/kernels/memory.ts';
import type { TableColumns } from '../../math/kernels/score-table.ts';
import { TopK } from '../../math/topk.ts';
import { type ModelQuery, modelQuery } from '../model.ts';
import type { BaseModel, BaseModels } from './base-models.ts';
import { ColdScores } from './cold-scores.ts';
import type { RetrieverScores } from './retriever-scores.ts';
import { type Retriever, SLOT, STRIDE } from './retrievers.ts';

/** Tracks by which a title speaks to `als`, and how many seeds they count for when the title is known. */
const TITLE_TRACKS = 100;
const TITLE_SEEDS = 8;

type Retrieved = Pick<RetrieverScores, 'dataset' | 'catalogue' | 'groups' | 'rows' | 'voters' | 'hits'>;

/**
 * What the base models give each row of the table: `spectral` and `als` for the seeds, `alsTitle` for these and what owners of similar titles hold
 * most. For a title alone, `spectral` and `als` score the points where their maps of titles place it. A group's first track stands for all, since they are alike to the base models as well. Scratch that the next query overwrites.
 */
export class BaseModelScores {
  private readonly baseModels: BaseModels;
  private readonly retrieved: Retrieved;
  private readonly region: Region;
  private readonly titleTracks = new TopK(TITLE_TRACKS);
  /** Each base model's row of each group, −1 when it has none. In the kernels' memory, as the next two. */
  private readonly lowRankOf: Readonly<Record<BaseModel, Int32Array>>;
  /** Of each row of the table: a base model's row, and what these score. */
  private readonly items: Int32Array;
  /** 1 for rows that are listed in `items`; all 0 between two listings. */
  private readonly isMet: Uint8Array;
  /** What `spectral` gives each of its rows, where fewer than the table's are scored so, else each row of the table. */
  private readonly ideal: Float32Array;
  private readonly sharp: Float32Array;
  private readonly als: Float32Array;
  private readonly alsTitle: Float32Array;
  /** By group, what the walk's sums are scaled by. */
  private readonly walkScale: Float32Array;
  /** Whether all rows of a base model are scored, one after the other: for the whole table that is faster than row by row of it. */
  private readonly whole: Readonly<Record<BaseModel, boolean>>;
  /** null where songs that nobody holds are no candidates. */
  readonly cold: ColdScores | null;

  constructor(baseModels: BaseModels, retrieved: Retrieved) {
    const { first, cold } = retrieved.groups;
    const { all, fixed, groupOf } = retrieved.rows;
    const rows = groupOf.length;
    const { spectral, als } = baseModels;
    this.baseModels = baseModels;
    this.retrieved = retrieved;
    this.region = regionOf(this);
    this.lowRankOf = { spectral: this.region.int32(first.length), als: this.region.int32(first.length) };
    const { trackScale } = spectral.walk;
    this.walkScale = this.region.float32(first.length);
    // Loops: with a function for each of a million groups this takes several times as long.
    for (let group = 0; group < first.length; group++) {
      const track = first[group]!;
      this.lowRankOf.spectral[group] = group < cold ? spectral.lowRankRow(track) : -1;
      this.lowRankOf.als[group] = als.columnOf(track);
      this.walkScale[group] = trackScale[track]!;
    }
    const isOrdered = this.lowRankOf.als.subarray(0, fixed).every((column, row) => column === row);
    this.whole = {
      spectral: all && spectral.lowRankCount <= rows,
      als: all && als.columns === fixed && isOrdered,
    };
    this.items = this.region.int32(rows);
    this.isMet = new Uint8Array(rows);
    this.ideal = this.region.float32(rows);
    this.sharp = this.region.float32(rows);
    this.als = this.region.float32(rows);
    this.alsTitle = this.region.float32(rows);
    this.cold = baseModels.contentMap && new ColdScores(als, baseModels.contentMap, retrieved, baseModels);
  }

  /** Frees the kernel memory, that of the base models not. */
  dispose(): void {
    this.region.free();
    this.cold?.dispose();
  }

  /** The linear part of `spectral`: voters pass on what they hold of the seeds. Before the votes are counted. */
  castWalk({ seeds, weights }: ModelQuery): void {
    const { voters, hits } = this.retrieved;
    const { trackScale, ownerScale } = this.baseModels.spectral.walk;
    const mass = Float32Array.from(seeds, (seed, i) => weights[i]! * trackScale[seed]!);
    for (let v = 0; v < voters.count; v++) {
      let sum = 0;
      for (let h = hits.ptr[v]!; h < hits.ptr[v + 1]!; h++) sum += mass[hits.seeds[h]!]!;
      if (sum !== 0) voters.votes[v * STRIDE + SLOT.spectral] = sum * ownerScale[voters.owners[v]!]!;
    }
  }

  /**
   * What the columns of the base models are computed from; null when these say nothing.
   * @param active says whether owners of similar titles vote; gains the base models that scored
   * @param leastHeld voters that must hold a group for it to be scored; not asked where every group has a row
   * @param byPoints whether a title alone is asked as points
   */
  score(
    query: ModelQuery,
    active: Set<Retriever>,
    leastHeld: number,
    byPoints: boolean,
  ): Pick<TableColumns, 'walk' | 'dense'> | null {
    const { baseModels, walkScale, lowRankOf, ideal, sharp, als, alsTitle } = this;
    const seeded = query.seeds.length > 0;
    const titled = active.has('title');
    const points = seeded || !byPoints ? null : this.pointsOf(query.title);
    if (!seeded && !titled && !points) return null;
    const dense: { column: number; values: Float32Array }[] = [];
    const vectors: Float32Array[] = [];
    if (seeded || points) {
      active.add('spectral').add('als');
      if (points) this.scoreSpectralPoint(points.spectral, leastHeld);
      else this.scoreSpectral(query, leastHeld);
      vectors.push(points?.als ?? baseModels.als.foldIn(query.seeds, query.weights));
      dense.push({ column: SLOT.als, values: als });
    }
    if (titled) {
      active.add('alsTitle');
      const { seeds, weights } = this.withTitleTracks(query);
      vectors.push(baseModels.als.foldIn(seeds, weights));
      dense.push({ column: SLOT.alsTitle, values: alsTitle });
    }
    this.scoreAls(vectors, leastHeld, dense);
    if (!seeded && !points) return { dense };
    const places = this.whole.spectral ? lowRankOf.spectral : null;
    return { dense, walk: { column: SLOT.spectral, scale: walkScale, places, first: ideal, second: sharp } };
  }

  private scoreSpectral(query: ModelQuery, leastHeld: number): void {
    const { spectral } = this.baseModels;
    if (this.whole.spectral) spectral.lowRankAll(query, this.ideal, this.sharp);
    else spectral.lowRankAt(query, this.lowRankRows('spectral', leastHeld), this.ideal, this.sharp);
  }

  private scoreSpectralPoint(point: Float32Array, leastHeld: number): void {
    const { spectral } = this.baseModels;
    const { ideal, sharp } = this;
    sharp.fill(0);
    if (this.whole.spectral) spectral.scorePointAll(point, ideal);
    else spectral.scorePointAt(point, this.lowRankRows('spectral', leastHeld), ideal);
  }

  /** Where a title lies in the base models' spaces; null when training knew none of its terms. */
  private pointsOf(title: string): Readonly<Record<BaseModel, Float32Array>> | null {
    const maps = this.baseModels.titleMaps;
    const spectral = maps?.spectral.encode(title);
    const als = maps?.als.encode(title);
    return spectral && als ? { spectral, als } : null;
  }

  /** What one or two vectors score, in one pass. */
  private scoreAls(
    vectors: readonly Float32Array[],
    leastHeld: number,
    out: readonly { readonly values: Float32Array }[],
  ): void {
    const { als } = this.baseModels;
    const [first, second] = vectors as [Float32Array, Float32Array?];
    const all = out.map(({ values }) => values) as [Float32Array, Float32Array];
    const found = all.map((values) => values.subarray(0, this.retrieved.rows.count)) as [Float32Array, Float32Array];
    if (this.whole.als) {
      if (second) als.scorePoints([first, second], all);
      else als.scorePoint(first, all[0]);
    } else {
      const rows = this.lowRankRows('als', leastHeld);
      if (second) als.scorePointsAt([first, second], rows, found);
      else als.scorePointAt(first, rows, found[0]);
    }
    vectors.forEach((vector, v) => {
      this.cold?.score(vector, found[v]!);
    });
  }

  /** A base model's row of each row of the table, −1 for what it is not to score. */
  private lowRankRows(base: BaseModel, leastHeld: number): Int32Array {
    const { rows } = this.retrieved;
    const rowOf = this.lowRankOf[base];
    if (rows.all) return rowOf.subarray(0, rows.fixed);
    const items = this.items.subarray(0, rows.count);
    for (let row = 0; row < rows.count; row++)
      items[row] = rows.held[row]! < leastHeld ? -1 : rowOf[rows.groupOf[row]!]!;
    return items;
  }

  /** The query with what its title's owners hold most as further seeds, lighter the less the title is like theirs. */
  private withTitleTracks(query: ModelQuery): ModelQuery {
    const { titleTracks, items, isMet } = this;
    const { rows, groups, voters } = this.retrieved;
    // Only what is held by owners of similar titles has votes, and each of it is met once: the table is far longer.
    let met = 0;
    for (let v = 0; v < voters.count; v++) {
      if (voters.titleSimilarity[v] === 0) continue;
      for (let e = rows.ptr[v]!, end = rows.ptr[v + 1]!; e < end; e++) {
        const row = rows.entries[e]!;
        if (isMet[row] === 1) continue;
        isMet[row] = 1;
        items[met++] = row;
        const votes = rows.table[row * STRIDE + SLOT.title]!;
        if (votes > 0) titleTracks.push(rows.groupOf[row]!, votes);
      }
    }
    for (let i = 0; i < met; i++) isMet[items[i]!] = 0;
    const { items: titled, scores: votes } = titleTracks.drain();
    const total = votes.reduce((sum, vote) => sum + vote, 0);
    let closest = 0;
    for (let v = 0; v < voters.count; v++) closest = Math.max(closest, voters.titleSimilarity[v]!);
    const own = new Set(query.seeds);
    const seeds = [...query.seeds];
    const weights = [...query.weights];
    for (let i = 0; i < titled.length; i++) {
      const track = groups.first[titled[i]!]!;
      if (own.has(track)) continue;
      seeds.push(track);
      weights.push((TITLE_SEEDS * closest * votes[i]!) / total);
    }
    return modelQuery({ seeds, weights, ordered: query.ordered });
  }
}
