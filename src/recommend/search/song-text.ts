import { withoutBrackets } from '../../dataset/brackets.ts';
import { splitLine } from '../../dataset/song-line.ts';
import { searchWords } from './trigrams.ts';

/** A song as written by a person: one text, or artist and title where a separator divides them. */
export interface SongText {
  text: string;
  artist: string;
  title: string;
}

// The text is untrusted: runs of space are reduced to one first, so that no pattern can backtrack without bound.
const DASH = / [-–—] /;
const DASH_AND_YEAR = / [-–—] \d{4}/;
// "- Live at …", "- Radio Edit": labels of a version, not part of the song.
const VERSION =
  /\b(?:remaster(?:ed)?|live|mono|stereo|edit|version|mix|remix|demo|acoustic|single|album|bonus|deluxe|from|feat|ft|take \d{1,2}|alternate take)\b/i;
const FEATURING = / (?:feat\.?|ft\.?|featuring) /i;

const PLAIN_WORDS = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
const MAY_HAVE_VERSION = /[([{]|\s[-–—]\s|\s(?:feat|ft)/i;

/** False only when the plain title has the same words, which a single pattern tells for most titles. */
export const mayHaveVersion = (title: string): boolean => MAY_HAVE_VERSION.test(title);

/** A title without its version label; the whole title when nothing would be left. */
export function plainTitle(title: string): string {
  // "(Remastered 2011)", "[feat. …]"
  const plain = withoutGuests(withoutSuffix(withoutBrackets(oneSpace(title), '([{', ')]}'))).trim();
  return plain === '' ? title : plain;
}

/** Splits "artist - title" at its first separator; artist and title are empty when there is none. */
export function splitSong(text: string): SongText {
  const clean = text.trim();
  const [artist = '', title = ''] = splitLine(clean) ?? [];
  return { text: clean, artist, title };
}

/** A key for a title: equal for spellings of the same song. */
export function titleKey(title: string): string {
  const lower = title.toLowerCase();
  // Most titles consist of letters and single spaces and are their own key, apart from guests.
  return PLAIN_WORDS.test(lower) && !mayHaveVersion(lower) ? lower : searchWords(plainTitle(title)).join(' ');
}

const oneSpace = (text: string): string => (/\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text);

/** Removes everything from the first dash that is followed by a version label. */
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
