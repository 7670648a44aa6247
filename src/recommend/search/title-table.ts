const hash = (text: string): number => {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
};

/** Tracks by the hash of their title key: chains in one table, so that 10,000 pasted lines are matched without a search each. */
export class TitleTable {
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  private readonly mask: number;

  constructor(count: number) {
    let capacity = 16;
    while (capacity < count * 2) capacity *= 2;
    this.heads = new Int32Array(capacity).fill(-1);
    this.next = new Int32Array(count);
    this.mask = capacity - 1;
  }

  add(track: number, key: string): void {
    const slot = hash(key) & this.mask;
    this.next[track] = this.heads[slot]!;
    this.heads[slot] = track;
  }

  /** Tracks whose key may be this one (the same slot); the caller compares the names. */
  *candidates(key: string): Iterable<number> {
    for (let t = this.heads[hash(key) & this.mask]!; t >= 0; t = this.next[t]!) yield t;
  }
}
