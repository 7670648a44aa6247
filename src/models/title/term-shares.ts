import type { TitleTerms } from './title-terms.ts';

/** Share of a title's weight given to its character trigrams; its words get the rest, and the whole title is added on top. */
const GRAM_SHARE = 0.35;
const KEY_SHARE = 0.4;

/** The share of a title given to each of its terms, before rare terms are weighted up. The whole title is a term of its own. */
export function termShares({ key, words, grams }: TitleTerms): Map<string, number> {
  const shares = new Map<string, number>();
  const add = (term: string, share: number): void => void shares.set(term, (shares.get(term) ?? 0) + share);
  for (const word of words) add(word, (1 - GRAM_SHARE) / Math.sqrt(words.length));
  for (const gram of grams) add(gram, GRAM_SHARE / Math.sqrt(grams.length));
  if (key !== '') add(`=${key}`, KEY_SHARE);
  return shares;
}
