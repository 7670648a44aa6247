import type { StringColumn } from '../../dataset/strings.ts';
import { type Csr, fromRows } from '../../math/csr.ts';
import { type Neighbours, OwnerSpace } from '../playlist-neighbours/owner-space.ts';
import { termShares } from './term-shares.ts';
import { titleTerms } from './title-terms.ts';

/**
 * Finds owners by title. Distinct titles are TF-IDF vectors of their terms (Salton & Buckley 1988) with the cosine between them;
 * owners of one title share its similarity.
 */
export class TitleIndex {
  private readonly vocabulary = new Map<string, number>();
  private readonly idf: Float32Array;
  /** Distinct titles with each term. */
  private readonly counts: Float64Array;
  private readonly space: OwnerSpace;
  private readonly ownersOfTitle: Csr;
  private readonly owners: Int32Array;
  private readonly weights: Float32Array;

  constructor(titles: StringColumn) {
    const keys = new Map<string, number>();
    const members: number[][] = [];
    const terms: { ids: number[]; weights: number[] }[] = [];
    // Many owners write the same title: taking it apart costs far more than looking it up.
    const written = new Map<string, number>();
    for (let owner = 0; owner < titles.length; owner++) {
      const title = titles.get(owner);
      const same = written.get(title);
      if (same !== undefined) {
        members[same]!.push(owner);
        continue;
      }
      const parsed = titleTerms(title);
      if (parsed.key === '') continue;
      const known = keys.get(parsed.key);
      written.set(title, known ?? members.length);
      if (known !== undefined) {
        members[known]!.push(owner);
        continue;
      }
      keys.set(parsed.key, members.length);
      members.push([owner]);
      terms.push(this.weigh(parsed, true));
    }
    this.ownersOfTitle = fromRows(members, titles.length);
    this.counts = new Float64Array(this.vocabulary.size);
    for (const { ids } of terms) for (const id of ids) this.counts[id]!++;
    this.idf = Float32Array.from(this.counts, (n) => Math.log(1 + terms.length / n));
    const matrix = fromRows(
      terms.map((t) => t.ids),
      this.vocabulary.size,
    );
    const values = new Float32Array(matrix.idx.length);
    let at = 0;
    for (const { ids, weights } of terms)
      for (let i = 0; i < ids.length; i++) values[at++] = weights[i]! * this.idf[ids[i]!]!;
    this.space = new OwnerSpace({ ...matrix, values }, 1);
    this.owners = new Int32Array(titles.length);
    this.weights = new Float32Array(titles.length);
  }

  /**
   * Owners whose titles resemble the given one, by at most 2,000 different titles; weights are the cosine to the given power, 0–1, and every owner
   * of a title has all of it.
   * @param limit owners at most, those of the closest titles
   */
  neighbours(title: string, power: number, limit = Number.POSITIVE_INFINITY): Neighbours {
    const { ids, weights } = this.weigh(titleTerms(title), false);
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
    const { ptr, idx } = this.ownersOfTitle;
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
    const id = stem === undefined ? undefined : this.vocabulary.get(stem);
    return id === undefined ? 0 : this.counts[id]!;
  }

  /** Terms as numbers with their share of the title; new terms get a number while the index is built. */
  private weigh(terms: ReturnType<typeof titleTerms>, grow: boolean): { ids: number[]; weights: number[] } {
    const ids: number[] = [];
    const weights: number[] = [];
    for (const [term, share] of termShares(terms)) {
      let id = this.vocabulary.get(term);
      if (id === undefined) {
        if (!grow) continue;
        id = this.vocabulary.size;
        this.vocabulary.set(term, id);
      }
      ids.push(id);
      weights.push(share);
    }
    return { ids, weights };
  }
}
