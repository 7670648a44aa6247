/** Two rows of one song, heard equally long and ended within this many seconds, are one play told twice. */
const WITHIN = 30;
/** Milliseconds are told apart below this, nine hours. */
const LENGTHS = 2 ** 25;

/** Of more moments than these, those that are close are found by their window. */
const FEW = 8;

/** Plays seen so far in and across the files of one import. */
export class SamePlays {
  private readonly songs = new Map<string, number>();
  /** Song and length as one number → seconds at which such plays ended: one, a few, or the one of each window. */
  private readonly ends = new Map<number, number | number[] | Map<number, number>>();

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
      if (isSame(before, at)) return true;
      this.ends.set(key, [before, at]);
    } else if (before instanceof Map) {
      if (hasSame(before, at)) return true;
      before.set(windowOf(at), at);
    } else {
      if (before.some((end) => isSame(end, at))) return true;
      if (before.push(at) > FEW) this.ends.set(key, new Map(before.map((end) => [windowOf(end), end])));
    }
    return false;
  }
}

const isSame = (end: number, at: number): boolean => Math.abs(end - at) <= WITHIN;

/** Two whole seconds of one window are the same play, so a window holds one; what is as close lies in it or beside it. */
const windowOf = (at: number): number => Math.floor(at / (WITHIN + 1));

function hasSame(ends: ReadonlyMap<number, number>, at: number): boolean {
  const window = windowOf(at);
  for (let near = window - 1; near <= window + 1; near++) {
    const end = ends.get(near);
    if (end !== undefined && isSame(end, at)) return true;
  }
  return false;
}
