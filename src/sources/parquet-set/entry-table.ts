/** The entries of one owner in order. */
interface OwnedEntries {
  readonly tracks: Int32Array;
  /** null when no row of the table has one. */
  readonly weights: Float32Array | null;
  readonly times: Float64Array | null;
}

/**
 * Rows of entries in any order, as growing columns (12–24 bytes a row), which `finish` sorts by owner: by position where rows have one, else in the
 * order in which they came.
 */
export class EntryTable {
  private count = 0;
  private owner = new Int32Array(1 << 16);
  private track = new Int32Array(1 << 16);
  private position = new Int32Array(1 << 16);
  private weight: Float32Array | null = null;
  private time: Float64Array | null = null;

  /** @param position −1 when unknown @param weight, time undefined when unknown */
  add(owner: number, track: number, position: number, weight: number | undefined, time: number | undefined): void {
    const at = this.count++;
    if (at === this.owner.length) this.grow();
    this.owner[at] = owner;
    this.track[at] = track;
    this.position[at] = position;
    if (weight !== undefined) (this.weight ??= new Float32Array(this.owner.length).fill(1))[at] = weight;
    if (time !== undefined) (this.time ??= new Float64Array(this.owner.length).fill(Number.NaN))[at] = time;
  }

  private grow(): void {
    const size = this.owner.length * 2;
    const longer = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(size);
      next.set(old);
      return next;
    };
    this.owner = longer(this.owner);
    this.track = longer(this.track);
    this.position = longer(this.position);
    if (this.weight) {
      const next = new Float32Array(size).fill(1);
      next.set(this.weight);
      this.weight = next;
    }
    if (this.time) {
      const next = new Float64Array(size).fill(Number.NaN);
      next.set(this.time);
      this.time = next;
    }
  }

  /** Counting sort by owner. The table is not to be added to afterwards. */
  finish(): { of(owner: number): OwnedEntries } {
    const { count, owner, track, position, weight, time } = this;
    let owners = 0;
    for (let e = 0; e < count; e++) owners = Math.max(owners, owner[e]! + 1);
    const ptr = new Int32Array(owners + 1);
    for (let e = 0; e < count; e++) ptr[owner[e]! + 1]!++;
    for (let o = 0; o < owners; o++) ptr[o + 1]! += ptr[o]!;
    const next = ptr.slice();
    const order = new Int32Array(count);
    for (let e = 0; e < count; e++) order[next[owner[e]!]!++] = e;
    return {
      of(o) {
        const rows = o < owners ? order.subarray(ptr[o]!, ptr[o + 1]!) : new Int32Array(0);
        // Array.prototype.sort is stable: rows without a position keep their order, after those with one.
        const place = (row: number): number => (position[row]! >= 0 ? position[row]! : Number.MAX_SAFE_INTEGER);
        const sorted = Array.from(rows).sort((a, b) => place(a) - place(b));
        return {
          tracks: Int32Array.from(sorted, (row) => track[row]!),
          weights: weight && Float32Array.from(sorted, (row) => weight[row]!),
          times: time && Float64Array.from(sorted, (row) => time[row]!),
        };
      },
    };
  }
}
