import { BUCKETS } from './trigrams.ts';

/** Most sets compared at once. */
const MOST_SETS = 3;
/** Texts that can be distinguished before the table is cleared. */
const MOST_TEXTS = 2 ** (32 - MOST_SETS) - 1;

/** Compares many texts with up to three sets of trigrams by Dice's coefficient, all in one pass and without building a set per text. */
export class TrigramSets {
  /** For each trigram, a bit for each set that contains it and, in the bits above, the number of the last text that had it. */
  private readonly table = new Uint32Array(BUCKETS);
  private readonly sizes = new Int32Array(MOST_SETS);
  /** Trigrams that the current text shares with each set so far. */
  private readonly shared = new Int32Array(MOST_SETS);
  /** Distinct trigrams of the current text so far. */
  private size = 0;
  private text = 0;
  private given: readonly (readonly number[])[] = [];

  /** Replaces the sets. @param sets at most three, each of distinct trigrams */
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

  /** Starts another text. @param grams its trigrams, including repeats */
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

  /** Continues the same text. */
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

  /** Dice's coefficient of a set and the text so far. */
  dice(set: number): number {
    const asked = this.sizes[set]!;
    return asked === 0 || this.size === 0 ? 0 : (2 * this.shared[set]!) / (asked + this.size);
  }
}
