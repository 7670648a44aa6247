import { StringColumn } from '../../dataset/strings.ts';
import { Vocabulary } from '../../dataset/vocabulary.ts';
import { type Neighbours, type OwnerSpace, ownerSpace } from '../playlist-neighbours/owner-space.ts';
import { termShares } from './term-shares.ts';
import { inverseFrequencies, type TitleParts, titlePartsOf } from './title-parts.ts';
import { titleTerms } from './title-terms.ts';

/**
 * Finds owners by title. Distinct titles are TF-IDF vectors of their terms (Salton & Buckley 1988) with the cosine between them;
 * owners of one title share its similarity.
 */
export class TitleIndex {
  private readonly vocabulary: Vocabulary;
  private readonly idf: Float32Array;
  /** Number of distinct titles with each term. */
  private readonly counts: Int32Array;
  private readonly space: OwnerSpace;
  private readonly ownersOfTitle: Pick<TitleParts, 'ownerPtr' | 'ownerIdx'>;
  private readonly owners: Int32Array;
  private readonly weights: Float32Array;

  constructor(titles: StringColumn) {
    const parts = titlePartsOf(titles);
    const { counts, titlePtr, titleValues, termPtr, termIdx, termValues } = parts;
    const rows = titlePtr.length - 1;
    this.vocabulary = new Vocabulary(new StringColumn(parts.heap, parts.offsets), parts.table);
    this.counts = counts;
    this.idf = inverseFrequencies(counts, rows);
    const byTerm = { rows: counts.length, columns: rows, ptr: termPtr, idx: termIdx, values: termValues };
    this.space = ownerSpace({ rows, ptr: titlePtr, values: titleValues }, 1, byTerm);
    this.ownersOfTitle = parts;
    this.owners = new Int32Array(titles.length);
    this.weights = new Float32Array(titles.length);
  }

  /**
   * Owners whose titles resemble the given one, from at most 2,000 distinct titles. Weights are the cosine raised to `power`, 0–1; every owner of a
   * title gets its full weight.
   * @param limit most owners, closest titles first
   */
  neighbours(title: string, power: number, limit = Number.POSITIVE_INFINITY): Neighbours {
    const { ids, weights } = this.weigh(titleTerms(title));
    let square = 0;
    for (let i = 0; i < ids.length; i++) {
      weights[i]! *= this.idf[ids[i]!]!;
      square += weights[i]! ** 2;
    }
    const norm = Math.sqrt(square) || 1;
    for (let i = 0; i < weights.length; i++) weights[i]! /= norm;
    this.space.compare(ids, weights, null);
    const found = this.space.neighbours({ limit: 2000, power: 1 });
    let count = 0;
    const { ownerPtr: ptr, ownerIdx: idx } = this.ownersOfTitle;
    let total = 0;
    for (let i = 0; i < found.count; i++) total += ptr[found.owners[i]! + 1]! - ptr[found.owners[i]!]!;
    const rows = found.owners.subarray(0, found.count);
    if (total > limit) rows.sort((a, b) => this.space.similarityOf(b) - this.space.similarityOf(a) || a - b);
    for (let i = 0; i < found.count && count < limit; i++) {
      const row = rows[i]!;
      const weight = this.space.similarityOf(row) ** power;
      if (weight < 1e-6) continue;
      for (let e = ptr[row]!; e < ptr[row + 1]! && count < limit; e++) {
        this.owners[count] = idx[e]!;
        this.weights[count++] = weight;
      }
    }
    return { count, owners: this.owners, weights: this.weights };
  }

  /** How many distinct titles contain a word. */
  titlesWith(word: string): number {
    const [stem] = titleTerms(word).words;
    const id = stem === undefined ? -1 : this.vocabulary.indexOf(stem);
    return id < 0 ? 0 : this.counts[id]!;
  }

  /** Known terms as numbers, with their share of the title. */
  private weigh(terms: ReturnType<typeof titleTerms>): { ids: number[]; weights: number[] } {
    const ids: number[] = [];
    const weights: number[] = [];
    for (const [term, share] of termShares(terms)) {
      const id = this.vocabulary.indexOf(term);
      if (id < 0) continue;
      ids.push(id);
      weights.push(share);
    }
    return { ids, weights };
  }
}
