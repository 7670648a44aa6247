/** Two rows of one song, heard equally long and ended within this many seconds, are one play told twice. */
const WITHIN = 30;
/** Milliseconds are told apart below this, nine hours. */
const LENGTHS = 2 ** 25;

/** Plays seen so far in and across the files of one import. */
export class SamePlays {
  private readonly songs = new Map<string, number>();
  /** Song and length as one number → seconds at which such plays ended. */
  private readonly ends = new Map<number, number | number[]>();

  /** Whether this play was seen already; it counts as seen from now on. @param ms −1 when unknown @param at seconds since 1970 */
  again(song: string, ms: number, at: number): boolean {
    let number = this.songs.get(song);
    if (number === undefined) {
      number = this.songs.size;
      this.songs.set(song, number);
    }
    const key = number * LENGTHS + Math.min(LENGTHS - 1, Math.floor(ms) + 1);
    const before = this.ends.get(key);
    if (before === undefined) this.ends.set(key, at);
    else if (typeof before === 'number') {
      if (Math.abs(before - at) <= WITHIN) return true;
      this.ends.set(key, [before, at]);
    } else return !insert(before, at);
    return false;
  }
}

/** Adds a moment to an ascending list; @returns false when one within 30 s is there. */
function insert(ends: number[], at: number): boolean {
  if (ends.length === 2 && ends[0]! > ends[1]!) ends.reverse();
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! < at) low = middle + 1;
    else high = middle;
  }
  if (low < ends.length && ends[low]! - at <= WITHIN) return false;
  if (low > 0 && at - ends[low - 1]! <= WITHIN) return false;
  if (low === ends.length) ends.push(at);
  else ends.splice(low, 0, at);
  return true;
}
