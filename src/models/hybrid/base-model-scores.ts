import { type Region, regionOf } from '../../math/kernels/memory.ts';
import type { TableColumns } from '../../math/kernels/score-table.ts';
import { TopK } from '../../math/topk.ts';
import { type ModelQuery, modelQuery } from '../model.ts';
import type { BaseModel, BaseModels } from './base-models.ts';
import { ColdScores } from './cold-scores.ts';
import type { RetrieverScores } from './retriever-scores.ts';
import { type Retriever, SLOT, STRIDE } from './retrievers.ts';

/** The tracks that represent a title to `als`: how many there are, and how many seeds they count for when the title is known. */
const TITLE_TRACKS = 100;
const TITLE_SEEDS = 8;

type Retrieved = Pick<RetrieverScores, 'dataset' | 'catalogue' | 'groups' | 'rows' | 'voters' | 'hits'>;

/**
 * What the base models score for each row of the table: `spectral` and `als` for the seeds; `alsTitle` for the seeds plus the tracks that owners of
 * similar titles hold most. For a title alone, `spectral` and `als` score the points to which their title maps send it. A group's first track
 * represents the whole group, since the base models cannot distinguish its tracks either. Scratch, overwritten by the next query.
 */
export class BaseModelScores {
  private readonly baseModels: BaseModels;
  private readonly retrieved: Retrieved;
  private readonly region: Region;
  private readonly titleTracks = new TopK(TITLE_TRACKS);
  /** Each base model's row of each group, −1 when it has none. In the kernels' memory, like the next two fields. */
  private readonly lowRankOf: Readonly<Record<BaseModel, Int32Array>>;
  /** For each row of the table: a base model's row, and its scores. */
  private readonly items: Int32Array;
  /** 1 for rows listed in `items`; all 0 between listings. */
  private readonly isMet: Uint8Array;
  /** Scores of `spectral`: of each of its own rows, where there are fewer of these than rows in the table; otherwise of each row of the table. */
  private readonly ideal: Float32Array;
  private readonly sharp: Float32Array;
  private readonly als: Float32Array;
  private readonly alsTitle: Float32Array;
  /** For each group, the factor that scales the walk's sums. */
  private readonly walkScale: Float32Array;
  /** Whether all rows of a base model are scored in sequence, which is faster for the whole table than picking rows one by one. */
  private readonly whole: Readonly<Record<BaseModel, boolean>>;
  /** null where songs that nobody holds are not candidates. */
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
    // Plain loops: calling a function for each of a million groups takes several times as long.
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

  /** Frees the kernel memory, except that of the base models. */
  dispose(): void {
    this.region.free();
    this.cold?.dispose();
  }

  /** Casts the linear part of `spectral`: voters pass on what they hold of the seeds. Call before the votes are counted. */
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
   * Computes the inputs of the base models' columns; null when the base models score nothing.
   * @param active says whether owners of similar titles vote; the base models that scored are added
   * @param leastHeld voters that must hold a group for it to be scored; ignored where every group has a row
   * @param byPoints whether a title without seeds is scored as points
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

  /** A title's point in each base model's space; null when training knew none of its terms. */
  private pointsOf(title: string): Readonly<Record<BaseModel, Float32Array>> | null {
    const maps = this.baseModels.titleMaps;
    const spectral = maps?.spectral.encode(title);
    const als = maps?.als.encode(title);
    return spectral && als ? { spectral, als } : null;
  }

  /** Scores one or two vectors in a single pass. */
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

  /** A base model's row for each row of the table; −1 where it is not to score. */
  private lowRankRows(base: BaseModel, leastHeld: number): Int32Array {
    const { rows } = this.retrieved;
    const rowOf = this.lowRankOf[base];
    if (rows.all) return rowOf.subarray(0, rows.fixed);
    const items = this.items.subarray(0, rows.count);
    for (let row = 0; row < rows.count; row++)
      items[row] = rows.held[row]! < leastHeld ? -1 : rowOf[rows.groupOf[row]!]!;
    return items;
  }

  /** The query, extended with the tracks that owners of its title hold most as further seeds; their weight falls as the titles differ. */
  private withTitleTracks(query: ModelQuery): ModelQuery {
    const { titleTracks, items, isMet } = this;
    const { rows, groups, voters } = this.retrieved;
    // Only tracks held by owners of similar titles have votes. Visiting each of these once beats scanning the table, which is far longer.
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
