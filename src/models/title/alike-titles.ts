import { bare, titleTerms } from './title-terms.ts';

/** Words that do not make two titles alike. */
const COMMON = new Set(['the', 'and', 'for', 'playlist', 'music', 'song', 'mix', 'best', 'hit']);
const SHORTEST_WORD = 3;
/** A pictograph, or a character of a script in which one character can be a word. */
const NOT_LATIN = /[^\p{Script=Latin}\p{N}]/u;
/** Words that share this many initial letters count as forms of one word: "rainy", "rain day". */
const BEGINNING = 4;
/** Titles with at least this much in common differ only by a typo. */
const SLIP = 0.5;

/** Matches words as written, with apostrophes and hyphens, and pictographs. */
const WRITTEN = /[\p{L}\p{M}\p{N}'’]+(?:-[\p{L}\p{M}\p{N}'’]+)*|\p{Extended_Pictographic}/gu;

/**
 * Finds the distinctive words, pairs of neighbouring words and pictographs of a title, in its order, that another title contains as well: as the
 * beginning of a word or, for text written apart or with a hyphen, as successive words ("hip hop", "HipHop").
 */
export function sharedWords(title: string): (other: string) => string[] {
  const words = Array.from(title.matchAll(WRITTEN), ([written]) => ({ written, key: keyOf(written) }));
  const wanted = new Map<string, { written: string; joined: boolean }>();
  words.forEach(({ written, key }, i) => {
    if (!isTelling(key)) return;
    if (!wanted.has(key)) wanted.set(key, { written, joined: written.includes('-') });
    const next = words[i + 1];
    if (next && isTelling(next.key))
      wanted.set(key + next.key, { written: `${written} ${next.written}`, joined: true });
  });
  return (other) => {
    const theirs = Array.from(other.matchAll(WRITTEN), ([written]) => keyOf(written));
    const run = theirs.join('');
    return [...wanted]
      .filter(([key, { joined }]) => (joined ? run.includes(key) : theirs.some((word) => word.startsWith(key))))
      .map(([, { written }]) => written);
  };
}

const keyOf = (written: string): string => bare(written).replaceAll('-', '');

/**
 * Whether a reader would call two titles alike, which is stricter than what a model learns from: they share a distinctive word or a pictograph, two
 * words begin alike, or the Dice coefficient of their trigrams (Dice 1945) is at least 0.5.
 */
export function readsLike(title: string): (other: string) => boolean {
  const { key, words, grams } = titleTerms(title);
  const telling = words.filter(isTelling);
  const beginnings = new Set(telling.map(beginning));
  const wanted = new Set(grams);
  return (other) => {
    const terms = titleTerms(other);
    if (terms.key === key) return true;
    if (terms.words.some((word) => isTelling(word) && beginnings.has(beginning(word)))) return true;
    const shared = new Set(terms.grams.filter((gram) => wanted.has(gram))).size;
    return 2 * shared >= SLIP * (wanted.size + new Set(terms.grams).size) && shared > 0;
  };
}

interface Comparison {
  readonly title: string;
  /** As `readsLike`. */
  readonly isAlike: (other: string) => boolean;
  /** As `sharedWords`. */
  readonly wordsIn: (other: string) => string[];
}

let latest: Comparison | null = null;

/** Both comparisons with a title, computed once per other title, since the songs of one list are on the same playlists. */
export function comparedWith(title: string): Comparison {
  if (latest?.title !== title)
    latest = { title, isAlike: oncePerText(readsLike(title)), wordsIn: oncePerText(sharedWords(title)) };
  return latest;
}

function oncePerText<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) known.set(text, (value = of(text)));
    return value;
  };
}

const isTelling = (word: string): boolean =>
  !COMMON.has(word) && (word.length >= SHORTEST_WORD || NOT_LATIN.test(word));

const beginning = (word: string): string => (word.length > BEGINNING ? word.slice(0, BEGINNING) : word);
