// Foreign text: runs of space become one character before, so that no pattern repeats without bound.
const ANY = /\s[-–—|]\s|\t|[–—]/;
const DASH = /\s[-–—]\s/;

/**
 * Both sides of a written song, "artist - title", at its first separator: a dash or bar between spaces, a tab, or a long dash.
 * Null when there is none, or nothing on one side. @param dashOnly only a dash between spaces separates
 */
export function splitLine(text: string, dashOnly = false): [string, string] | null {
  const even = text.trim().replace(/\s+/g, (run) => (run.includes('\t') ? '\t' : ' '));
  const match = (dashOnly ? DASH : ANY).exec(even);
  if (!match) return null;
  const left = even.slice(0, match.index).trim();
  const right = even.slice(match.index + match[0].length).trim();
  return left === '' || right === '' ? null : [left, right];
}
