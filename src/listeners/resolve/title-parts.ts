import { plainTitle } from '../../recommend/search/song-text.ts';
import { foldedKey, foldedWords } from './fold.ts';

/** How a recording differs from the song as it is known. */
export type Performance = 'live' | 'acoustic' | 'demo' | 'remix' | 'instrumental' | 'karaoke' | 'cover' | 'altered';

export interface TitleParts {
  /** The title without what only names an edition (remaster, edit, guests), as a key. */
  readonly core: string;
  /** The title without anything in brackets and behind a dash that names a version, as a key. */
  readonly plain: string;
  readonly performance: ReadonlySet<Performance>;
}

const NONE: ReadonlySet<Performance> = new Set();

/** Words by which a bracket or an ending names an edition or a performance rather than the song. */
const EDITION =
  /\b(?:re-?master(?:ed|izado|isé)?|live|en vivo|ao vivo|mono|stereo|edit|version|versión|mix|remix|rmx|demo|acoustic|acústico|unplugged|single|album|bonus|deluxe|expanded|anniversary|from|feat|ft|featuring|with|prod|instrumental|karaoke|radio|extended|original|explicit|clean|soundtrack|sessions?|take \d{1,2}|cover|originally performed|tribute|sped up|slowed|nightcore|reverb|official|video|audio|lyrics?|visuali[sz]er|hd|hq|4k)\b/i;
const YEAR = /^\s*(?:19|20)\d{2}\s*$/;
const BRACKET = /[([{]([^()[\]{}]*)[)\]}]/g;
const DASH = / [-–—] /g;
/** Titles that nothing is taken from but guests: words with single spaces between, and none of the signs that an edition stands behind. */
const BARE = /^[A-Za-z0-9'.,!?&]+(?: [A-Za-z0-9'.,!?&]+)*$/;
const GUESTS = / (?:feat\.?|ft\.?|featuring) /i;

const PERFORMANCES: readonly (readonly [Performance, RegExp])[] = [
  ['live', /\b(?:live|en vivo|ao vivo|unplugged|sessions?)\b/i],
  ['acoustic', /\b(?:acoustic|acústico|unplugged|piano version)\b/i],
  ['demo', /\b(?:demo|take \d{1,2})\b/i],
  ['remix', /\b(?:remix|rmx|(?<!original )mix)\b/i],
  ['instrumental', /\binstrumental\b/i],
  ['karaoke', /\b(?:karaoke|originally performed|tribute)\b/i],
  ['cover', /\bcover\b/i],
  ['altered', /\b(?:sped up|slowed|nightcore)\b/i],
];
const isEdition = (text: string): boolean => EDITION.test(text) || YEAR.test(text);
/** Mixes that are the song itself. */
const SAME_MIX = /\b(?:original|mono|stereo|album|single|radio|20\d\d|19\d\d|new)\s+(?:stereo |mono )?mix\b/i;

/** A title taken apart into the song and what names its edition and performance. */
export function titleParts(title: string): TitleParts {
  if (BARE.test(title) && title.search(GUESTS) < 0) {
    const key = partWords(title) || foldedKey(title);
    return { core: key, plain: key, performance: NONE };
  }
  const performance = new Set<Performance>();
  const note = (text: string): void => {
    for (const [kind, pattern] of PERFORMANCES)
      if (pattern.test(text) && !(kind === 'remix' && SAME_MIX.test(text))) performance.add(kind);
  };
  let core = title.replace(/\s+/g, ' ').replace(BRACKET, (bracket, inside: string) => {
    if (!isEdition(inside)) return bracket;
    note(inside);
    return '';
  });
  for (let at = lastDash(core); at >= 0 && isEdition(core.slice(at + 3)); at = lastDash(core)) {
    note(core.slice(at + 3));
    core = core.slice(0, at);
  }
  const guests = core.search(GUESTS);
  if (guests > 0) core = core.slice(0, guests);
  const whole = foldedKey(title);
  return { core: partWords(core) || whole, plain: partWords(plainTitle(title)) || whole, performance };
}

/** Where the last " - " is that has a title before it, −1 when there is none. */
function lastDash(text: string): number {
  let last = -1;
  for (const { index } of text.matchAll(DASH)) if (index > 0) last = index;
  return last;
}

/** "Pt. 2" and "Part 2" are one. */
const partWords = (title: string): string => {
  const words = foldedWords(title);
  return words.length === 0 ? foldedKey(title) : words.map((word) => (word === 'pt' ? 'part' : word)).join('');
};
