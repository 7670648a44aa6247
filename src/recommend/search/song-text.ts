import { searchWords } from './trigrams.ts';

/** How a person writes a song: one text, or artist and title apart when a separator tells them. */
export interface SongText {
  text: string;
  artist: string;
  title: string;
}

const SEPARATOR = /\s+[-–—|]\s+|\t+|\s*[–—]\s*/;
// "(Remastered 2011)", "[feat. …]", "- Live at …", "- Radio Edit": what names a version rather than the song.
const BRACKETS = /\s*[([{][^)\]}]*[)\]}]/g;
const SUFFIX =
  /\s+[-–—]\s+(?:.*\b(?:remaster(?:ed)?|live|mono|stereo|edit|version|mix|remix|demo|acoustic|single|album|bonus|deluxe|from|feat|ft)\b.*|\d{4}.*)$/i;
const FEATURING = /\s+(?:feat\.?|ft\.?|featuring)\s+.*$/i;

/** A title without what names its version; the title itself when nothing else would be left. */
export function plainTitle(title: string): string {
  const plain = title.replace(BRACKETS, '').replace(SUFFIX, '').replace(FEATURING, '').trim();
  return plain === '' ? title : plain;
}

/** Splits "artist - title" at its first separator; artist and title are empty when there is none. */
export function splitSong(text: string): SongText {
  const clean = text.trim();
  const match = SEPARATOR.exec(clean);
  if (!match || match.index === 0) return { text: clean, artist: '', title: '' };
  return { text: clean, artist: clean.slice(0, match.index), title: clean.slice(match.index + match[0].length) };
}

/** A title as a key: equal for spellings that mean the same song. */
export const titleKey = (title: string): string => searchWords(plainTitle(title)).join(' ');
