import { normaliseName } from '../../dataset/normalise.ts';

/** A title as weighted terms: words, pictographs, and character trigrams, so that typos and unseen names still match something. */
export interface TitleTerms {
  /** The whole title without spaces and punctuation: titles with equal keys are the same title. */
  readonly key: string;
  readonly words: readonly string[];
  readonly grams: readonly string[];
}

const WORD = /[\p{L}\p{N}]+/gu;
const PICTOGRAPH = /\p{Extended_Pictographic}/gu;
const SHORTEST_PLURAL = 4;

/**
 * Lower case, no diacritics, apostrophes dropped, decades alike ("1980s" = "80s" = "80's"), plain plurals cut ("songs" = "song").
 * Character trigrams span letters and digits only, and mark both ends.
 */
export function titleTerms(title: string): TitleTerms {
  const text = bare(title);
  const words = (text.match(WORD) ?? []).map(stem);
  const pictographs = text.match(PICTOGRAPH) ?? [];
  const joined = words.join('');
  const grams: string[] = [];
  const marked = `^${joined}$`;
  if (joined !== '') for (let i = 0; i + 3 <= marked.length; i++) grams.push(`3:${marked.slice(i, i + 3)}`);
  for (const pictograph of pictographs) words.push(pictograph);
  return { key: joined === '' ? pictographs.join('') : joined, words, grams };
}

/** The `key` alone, several times faster: the names of many candidates are compared with a title. */
export function titleKey(title: string): string {
  const text = bare(title);
  let joined = '';
  for (const word of text.match(WORD) ?? []) joined += stem(word);
  return joined === '' ? (text.match(PICTOGRAPH) ?? []).join('') : joined;
}

/** Lower case, no diacritics, no apostrophes. */
export const bare = (title: string): string => normaliseName(title).replaceAll("'", '').replaceAll('&', ' and ');

function stem(word: string): string {
  const decade = word.charCodeAt(0) <= 0x39 ? /^(?:19|20)?(\d0)s?$/.exec(word) : null;
  if (decade && (word.endsWith('s') || word.length === 4)) return `${decade[1]}s`;
  if (word.length >= SHORTEST_PLURAL && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}
