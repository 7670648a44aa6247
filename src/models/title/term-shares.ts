import type { TitleTerms } from './title-terms.ts';

/** Share of a title's weight that lies in its character trigrams; the rest lies in its words, and the whole title comes on top. */
const GRAM_SHARE = 0.35;
const KEY_SHARE = 0.4;

/** How much of a title lies in each of its terms, before rare terms are given more weight. The whole title is a term of its own. */
export function termShares({ key, words, grams }: TitleTerms): Map<string, number> {
  const shares = new Map<string, number>();
  const add = (term: string, share: number): void => void shares.set(term, (shares.get(term) ?? 0) + share);
  for (const word of words) add(word, (1 - GRAM_SHARE) / Math.sqrt(words.length));
  for (const gram of grams) add(gram, GRAM_SHARE / Math.sqrt(grams.length));
  if (key !== '') add(`=${key}`, KEY_SHARE);
  return shares;
}
