const hash = (text: string): number => {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
};

/** The first track of each slot, and the next track in the same slot for each track; −1 = none. */
export interface TitleParts {
  readonly heads: Int32Array;
  readonly next: Int32Array;
}

/** A hash table of tracks by title key, with chaining, so that 10,000 pasted lines are matched without a search each. */
export class TitleTable {
  readonly parts: TitleParts;
  private readonly mask: number;

  constructor(parts: TitleParts) {
    this.parts = parts;
    this.mask = parts.heads.length - 1;
  }

  static empty(count: number): TitleTable {
    let capacity = 16;
    while (capacity < count) capacity *= 2;
    return new TitleTable({ heads: new Int32Array(capacity).fill(-1), next: new Int32Array(count) });
  }

  add(track: number, key: string): void {
    const slot = hash(key) & this.mask;
    const { heads, next } = this.parts;
    next[track] = heads[slot]!;
    heads[slot] = track;
  }

  /** Tracks that may have this key (the same slot); the caller compares the names. */
  candidates(key: string): number[] {
    const { heads, next } = this.parts;
    const found: number[] = [];
    for (let t = heads[hash(key) & this.mask]!; t >= 0; t = next[t]!) found.push(t);
    return found;
  }
}
