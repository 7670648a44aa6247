import { BUCKETS } from './trigrams.ts';

/** Most sets that are compared at once. */
const MOST_SETS = 3;
/** Texts told apart before the table is cleared. */
const MOST_TEXTS = 2 ** (32 - MOST_SETS) - 1;

/** Up to three sets of trigrams that many texts are compared with, by Dice's coefficient, all at once and without a set for each text. */
export class TrigramSets {
  /** By trigram, a bit for each set that has it, and above these the number of the text that had it last. */
  private readonly table = new Uint32Array(BUCKETS);
  private readonly sizes = new Int32Array(MOST_SETS);
  /** What the text so far shares with each set. */
  private readonly shared = new Int32Array(MOST_SETS);
  /** Distinct trigrams of the text so far. */
  private size = 0;
  private text = 0;
  private given: readonly (readonly number[])[] = [];

  /** Takes up other sets. @param sets at most three, each of distinct trigrams */
  take(sets: readonly (readonly number[])[]): void {
    const { table } = this;
    for (const set of this.given) for (const gram of set) table[gram] = 0;
    this.sizes.fill(0);
    for (const [s, set] of sets.entries()) {
      for (const gram of set) table[gram]! |= 1 << s;
      this.sizes[s] = set.length;
    }
    this.given = sets;
  }

  /** Takes up another text. @param grams its trigrams, repeated ones too */
  read(grams: readonly number[]): this {
    if (this.text === MOST_TEXTS) {
      this.text = 0;
      for (let g = 0; g < BUCKETS; g++) this.table[g]! &= (1 << MOST_SETS) - 1;
    }
    this.text++;
    this.size = 0;
    this.shared.fill(0);
    return this.readOn(grams);
  }

  /** Takes up more of the same text. */
  readOn(grams: readonly number[]): this {
    const { table, text } = this;
    let [size, first, second, third] = [0, 0, 0, 0];
    for (let i = 0; i < grams.length; i++) {
      const gram = grams[i]!;
      const known = table[gram]!;
      if (known >>> MOST_SETS === text) continue;
      const sets = known & 7;
      table[gram] = (text << MOST_SETS) | sets;
      size++;
      first += sets & 1;
      second += (sets >> 1) & 1;
      third += sets >> 2;
    }
    this.size += size;
    this.shared[0]! += first;
    this.shared[1]! += second;
    this.shared[2]! += third;
    return this;
  }

  /** `dice` of a set and the text so far. */
  dice(set: number): number {
    const asked = this.sizes[set]!;
    return asked === 0 || this.size === 0 ? 0 : (2 * this.shared[set]!) / (asked + this.size);
  }
}
