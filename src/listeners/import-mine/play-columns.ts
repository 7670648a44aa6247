/** Initial capacity for plays; it doubles when full. */
const FIRST = 1024;

/** The plays of an export in typed arrays: a long history has more than a million, and objects would take ten times the memory. */
export class PlayColumns {
  length = 0;
  /** Index of the gathered song. */
  song = new Int32Array(FIRST);
  /** Seconds since 1970; NaN when the export has only a number of plays. */
  at = new Float64Array(FIRST);
  /** Milliseconds listened; −1 when unknown. */
  ms = new Float64Array(FIRST);
  /** Number of plays that each row stands for. */
  count = new Float64Array(FIRST);
  /** Index of the origin. */
  origin = new Int32Array(FIRST);

  push(song: number, at: number, ms: number, count: number, origin: number): void {
    if (this.length === this.song.length) this.grow();
    const i = this.length++;
    this.song[i] = song;
    this.at[i] = at;
    this.ms[i] = ms;
    this.count[i] = count;
    this.origin[i] = origin;
  }

  private grow(): void {
    const room = 2 * this.length;
    const larger = <T extends Int32Array | Float64Array>(old: T, next: T): T => {
      next.set(old);
      return next;
    };
    this.song = larger(this.song, new Int32Array(room));
    this.at = larger(this.at, new Float64Array(room));
    this.ms = larger(this.ms, new Float64Array(room));
    this.count = larger(this.count, new Float64Array(room));
    this.origin = larger(this.origin, new Int32Array(room));
  }
}
