import type { Features } from './features.ts';
import type { NamedInTitle } from './title-entity-index.ts';

/** What the reasons for a query's answer are read from. */
export interface Evidence {
  /** The candidates, and the row of columns that describes each. */
  readonly tracks: Int32Array;
  readonly rows: Float32Array;
  /** What the query's title names. */
  readonly named: NamedInTitle;
  /** Similarity of an owner to the seeds by common tracks. */
  similarityOf(owner: number): number;
  /** Similarity of an owner's title to the query's, 0 when it does not vote. */
  titleSimilarityOf(owner: number): number;
}

/** That of the query whose scores the features hold: views, which the next query overwrites. */
export function currentEvidence({ candidates, rows, retrieved }: Features, width: number): Evidence {
  const { count, tracks } = candidates;
  return {
    tracks: tracks.subarray(0, count),
    rows: rows.subarray(0, count * width),
    named: retrieved.named,
    similarityOf: (owner) => retrieved.similarityOf(owner),
    titleSimilarityOf: (owner) => retrieved.titleSimilarityOf(owner),
  };
}

/** The same as a copy: reasons for it need not be retrieved again when other queries came between. */
export function keptEvidence(features: Features, width: number): Evidence {
  const { tracks, rows, named } = currentEvidence(features, width);
  const similarity = lookUp(features.retrieved.similarities());
  const titles = lookUp(features.retrieved.titleSimilarities());
  return { tracks: tracks.slice(), rows: rows.slice(), named, similarityOf: similarity, titleSimilarityOf: titles };
}

/** Of owners and a number for each; the table is made when it is first asked. */
function lookUp({ owners, values }: { owners: Int32Array; values: Float32Array }): (owner: number) => number {
  let table: Map<number, number> | null = null;
  return (owner) => {
    if (!table) {
      table = new Map();
      for (let i = 0; i < owners.length; i++) table.set(owners[i]!, values[i]!);
    }
    return table.get(owner) ?? 0;
  };
}
