import type { StringColumn } from '../../dataset/strings.ts';
import { type Csr, fromRows } from '../../math/csr.ts';
import { termShares } from '../title/term-shares.ts';
import { titleTerms } from '../title/title-terms.ts';

/** A title as a sparse unit vector over the terms known from training. */
export interface TitleVector {
  readonly ids: number[];
  readonly weights: number[];
}

/**
 * Titles as unit vectors over words, pictographs, character trigrams and whole titles, weighted by their inverse frequency among different titles
 * (Salton & Buckley 1988). Trigrams match where whole words fail: misspelt, joined and inflected words.
 */
export class TitleFeatures {
  readonly terms: readonly string[];
  /** One per term. */
  readonly inverseFrequency: Float32Array;
  private readonly idOf: Map<string, number>;

  constructor(terms: readonly string[], inverseFrequency: Float32Array) {
    this.terms = terms;
    this.inverseFrequency = inverseFrequency;
    this.idOf = new Map(terms.map((term, id) => [term, id]));
  }

  /** @param mostTerms how many of the most frequent to keep, ties by first appearance */
  static of(titles: StringColumn, mostTerms: number): TitleFeatures {
    const counts = new Map<string, number>();
    const seen = new Set<string>();
    for (let owner = 0; owner < titles.length; owner++) {
      const parsed = titleTerms(titles.get(owner));
      if (parsed.key === '' || seen.has(parsed.key)) continue;
      seen.add(parsed.key);
      for (const term of termShares(parsed).keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
    const kept = [...counts].sort(([, a], [, b]) => b - a).slice(0, mostTerms);
    return new TitleFeatures(
      kept.map(([term]) => term),
      Float32Array.from(kept, ([, count]) => Math.log(1 + seen.size / count)),
    );
  }

  /** Empty when no term of the title is known. */
  vector(title: string): TitleVector {
    const ids: number[] = [];
    const weights: number[] = [];
    let square = 0;
    for (const [term, share] of termShares(titleTerms(title))) {
      const id = this.idOf.get(term);
      if (id === undefined) continue;
      const weight = share * this.inverseFrequency[id]!;
      ids.push(id);
      weights.push(weight);
      square += weight ** 2;
    }
    const norm = Math.sqrt(square);
    return { ids, weights: weights.map((weight) => weight / norm) };
  }

  /** titles × terms */
  matrix(titles: readonly string[]): Csr {
    const vectors = titles.map((title) => this.vector(title));
    const rows = fromRows(
      vectors.map(({ ids }) => ids),
      this.terms.length,
    );
    return { ...rows, values: Float32Array.from(vectors.flatMap(({ weights }) => weights)) };
  }
}
