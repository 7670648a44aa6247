import { withoutBrackets } from '../../dataset/brackets.ts';
import { searchWords } from './trigrams.ts';

/** How a person writes a song: one text, or artist and title apart when a separator tells them. */
export interface SongText {
  text: string;
  artist: string;
  title: string;
}

// These meet foreign text, so none of them may backtrack: runs of space are made one before, and nothing repeats without bound.
const SEPARATOR = /\s[-–—|]\s|\t|[–—]/;
const DASH = / [-–—] /;
const DASH_AND_YEAR = / [-–—] \d{4}/;
// "- Live at …", "- Radio Edit": what names a version rather than the song.
const VERSION =
  /\b(?:remaster(?:ed)?|live|mono|stereo|edit|version|mix|remix|demo|acoustic|single|album|bonus|deluxe|from|feat|ft)\b/i;
const FEATURING = / (?:feat\.?|ft\.?|featuring) /i;

/** A title without what names its version; the title itself when nothing else would be left. */
export function plainTitle(title: string): string {
  // "(Remastered 2011)", "[feat. …]"
  const plain = withoutGuests(withoutSuffix(withoutBrackets(oneSpace(title), '([{', ')]}'))).trim();
  return plain === '' ? title : plain;
}

/** Splits "artist - title" at its first separator; artist and title are empty when there is none. */
export function splitSong(text: string): SongText {
  const clean = text.trim();
  const even = clean.replace(/\s+/g, (run) => (run.includes('\t') ? '\t' : ' '));
  const match = SEPARATOR.exec(even);
  if (!match || match.index === 0) return { text: clean, artist: '', title: '' };
  return {
    text: clean,
    artist: even.slice(0, match.index).trim(),
    title: even.slice(match.index + match[0].length).trim(),
  };
}

/** A title as a key: equal for spellings that mean the same song. */
export const titleKey = (title: string): string => searchWords(plainTitle(title)).join(' ');

const oneSpace = (text: string): string => text.replace(/\s+/g, ' ');

/** Without the version behind the first dash that one is named after. */
function withoutSuffix(text: string): string {
  const dash = text.search(DASH);
  if (dash < 0) return text;
  if (VERSION.test(text.slice(dash))) return text.slice(0, dash);
  const year = text.search(DASH_AND_YEAR);
  return year < 0 ? text : text.slice(0, year);
}

function withoutGuests(text: string): string {
  const guests = text.search(FEATURING);
  return guests < 0 ? text : text.slice(0, guests);
}
