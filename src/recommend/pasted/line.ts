/** One song as named in a list; missing parts are empty. */
export interface PastedLine {
  /** 1 = the first line of the text; in JSON the first song. */
  line: number;
  text: string;
  /** A URI, link or id. */
  id: string;
  artist: string;
  title: string;
}

/** Most characters in a line: longer ones are not songs, and no pattern should be run on them. */
const LONGEST = 1000;
export const cut = (text: string): string => text.slice(0, LONGEST).trim();

export const pastedLine = (line: number, part: Partial<PastedLine>): PastedLine => ({
  line,
  text: cut(part.text ?? [part.artist, part.title].filter(Boolean).join(' - ')),
  id: cut(part.id ?? ''),
  artist: cut(part.artist ?? ''),
  title: cut(part.title ?? ''),
});

const NUMBERING = /^(?:[•*–—·▪►-] |\(?\d{1,5}[.):\]] |\[\d{1,5}\] ?|#\d{1,5} )/u;
const DURATION = / [[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?$/u;
const QUOTED = /^["“”«»].*["“”«»]$/u;

/** Strips numbering, bullets, a trailing duration and surrounding quotes from a line; tabs become dashes. */
export function undecorated(text: string): string {
  const even = cut(text).replace(/\s+/g, (run) => (run.includes('\t') ? ' - ' : ' '));
  const song = even.replace(NUMBERING, '').trim();
  const short = song.replace(DURATION, '').trim();
  // "12:51" may be a song's title.
  const untimed = /[–—-]$/.test(short) ? song : short;
  const bare = QUOTED.test(untimed) ? untimed.slice(1, -1).trim() : untimed;
  return bare === '' ? even : bare;
}
