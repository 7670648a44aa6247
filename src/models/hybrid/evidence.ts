import type { ModelQuery } from '../model.ts';
import { COLUMNS } from './columns.ts';
import type { Features } from './features.ts';
import { type NamedInTitle, NOTHING_NAMED } from './title-entity-index.ts';

/** The data from which reasons for a query's answer are derived. */
export interface Evidence {
  /** The feature rows of the candidates. */
  readonly rows: Float32Array;
  /** What the query's title names. */
  readonly named: NamedInTitle;
  /** Row of a track, −1 when it is not a candidate. */
  placeOf(track: number): number;
  /** Similarity of an owner to the seeds by common tracks. */
  similarityOf(owner: number): number;
  /** Similarity of an owner's title to the query's; 0 when the owner does not vote. */
  titleSimilarityOf(owner: number): number;
}

/** Evidence of the query that `features` currently holds: views, overwritten by the next query. */
export function currentEvidence({ candidates, rows, retrieved }: Features): Evidence {
  return {
    rows: rows.subarray(0, candidates.count * COLUMNS.length),
    named: retrieved.named,
    placeOf: (track) => candidates.placeOf(track),
    similarityOf: (owner) => retrieved.similarityOf(owner),
    titleSimilarityOf: (owner) => retrieved.titleSimilarityOf(owner),
  };
}

/**
 * A copy of the evidence, so that reasons need no second retrieval when other queries came in between. Its arrays can be reused for another query's
 * evidence.
 */
export class KeptEvidence implements Evidence {
  rows: Float32Array = new Float32Array(0);
  named: NamedInTitle = NOTHING_NAMED;
  private query: ModelQuery | null = null;
  private tracks: Int32Array = new Int32Array(0);
  private readonly similarities = new KeptValues();
  private readonly titles = new KeptValues();

  /** Copies the query's evidence from `features`. */
  take(query: ModelQuery, { candidates, rows, retrieved }: Features): void {
    const { met, voters } = retrieved;
    this.query = query;
    this.named = retrieved.named;
    this.tracks = copied(candidates.tracks.subarray(0, candidates.count), this.tracks);
    this.rows = copied(rows.subarray(0, candidates.count * COLUMNS.length), this.rows);
    this.similarities.take(met, (i) => retrieved.similarityOf(met[i]!));
    this.titles.take(voters.owners.subarray(0, voters.count), (i) => voters.titleSimilarity[i]!);
  }

  /** Whether this is the evidence of the given query. */
  isOf(query: ModelQuery): boolean {
    return this.query === query;
  }

  get isFree(): boolean {
    return this.query === null;
  }

  /** Releases the evidence: it belongs to no query any more. */
  drop(): void {
    this.query = null;
  }

  placeOf(track: number): number {
    return this.tracks.indexOf(track);
  }

  similarityOf(owner: number): number {
    return this.similarities.of(owner);
  }

  titleSimilarityOf(owner: number): number {
    return this.titles.of(owner);
  }
}

/** A number for each of some owners; the look-up table is created on first use. */
class KeptValues {
  private owners: Int32Array = new Int32Array(0);
  private values: Float32Array = new Float32Array(0);
  private table: Map<number, number> | null = null;

  take(owners: Int32Array, valueAt: (i: number) => number): void {
    this.owners = copied(owners, this.owners);
    this.values = roomFor(owners.length, this.values, Float32Array);
    for (let i = 0; i < owners.length; i++) this.values[i] = valueAt(i);
    this.table = null;
  }

  of(owner: number): number {
    if (!this.table) {
      this.table = new Map();
      for (let i = 0; i < this.owners.length; i++) this.table.set(this.owners[i]!, this.values[i]!);
    }
    return this.table.get(owner) ?? 0;
  }
}

/** An array of this length over the same memory if it is large enough. */
function roomFor<T extends Int32Array | Float32Array>(
  length: number,
  { buffer }: T,
  Type: { new (length: number): T; new (buffer: ArrayBufferLike, offset: number, length: number): T },
): T {
  return buffer.byteLength >= 4 * length ? new Type(buffer, 0, length) : new Type(length);
}

function copied<T extends Int32Array | Float32Array>(from: T, into: T): T {
  const Type = into.constructor as unknown as Parameters<typeof roomFor<T>>[2];
  const copy = roomFor(from.length, into, Type);
  copy.set(from);
  return copy;
}
