import { normaliseName } from '../../dataset/normalise.ts';
import { foldedWords } from './fold.ts';

/** What surely joins artists, and what may also be part of a name ("Simon & Garfunkel"): split in this order, each piece kept as a whole too. */
const SURE_JOINS = /;| \/ | \(?(?:feat\.?|ft\.?|featuring|with|vs\.?) |\)$/i;
const COMMA = /, (?!the$)/i;
const AND = /[&+/]| (?:and|x|con|und|et|y) /i;

/** An artist's name as a key: folded, without a "The" at the beginning or behind a comma. */
export function artistKey(name: string): string {
  const words = foldedWords(name.replace(/, ?the$/i, ''));
  if (words.length > 1 && words[0] === 'the') words.shift();
  return words.join('') || normaliseName(name).replaceAll(' ', '');
}

/** What a written artist may be: the whole text, then its parts, the main one first; each once. */
export function writtenArtists(artists: readonly string[]): { whole: string; parts: string[] } {
  const parts = new Set<string>();
  const texts = new Set<string>();
  for (const artist of artists) {
    for (const sure of artist.replace(/\s+/g, ' ').trim().split(SURE_JOINS)) {
      texts.add(sure);
      for (const listed of sure.split(COMMA)) {
        texts.add(listed);
        const joined = listed.split(AND);
        // "Shovels & Rope & a guest": the band is what comes before the last join.
        if (joined.length > 2) texts.add(joined.slice(0, -1).join(' and '));
        for (const name of joined) texts.add(name);
      }
    }
  }
  for (const text of texts) if (text.trim() !== '') parts.add(artistKey(text));
  const whole = artistKey(artists.join(' '));
  parts.delete('');
  return { whole, parts: [...parts] };
}
