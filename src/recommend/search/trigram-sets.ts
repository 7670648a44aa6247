import { BUCKETS } from './trigrams.ts';

const NONE: readonly number[] = [];

/** A few sets of trigrams that many texts are compared with, by Dice's coefficient, without a set for each text. */
export class TrigramSets {
  /** By trigram, a bit for each set that has it. */
  private readonly sets = new Uint8Array(BUCKETS);
  /** By trigram, the text that had it last. */
  private readonly seen = new Uint32Array(BUCKETS);
  private text = 0;
  private given: readonly (readonly number[])[] = [];

  /** Takes up other sets. @param sets at most 8, each of distinct trigrams */
  take(sets: readonly (readonly number[])[]): void {
    for (const set of this.given) for (const gram of set) this.sets[gram] = 0;
    for (const [s, set] of sets.entries()) for (const gram of set) this.sets[gram]! |= 1 << s;
    this.given = sets;
  }

  /** `dice` of a set and a text. @param a, b trigrams of the text's parts, repeated ones too */
  dice(set: number, a: readonly number[], b = NONE): number {
    const asked = this.given[set]!.length;
    const text = this.next();
    const bit = 1 << set;
    let [size, shared] = [0, 0];
    for (const grams of [a, b])
      for (let i = 0; i < grams.length; i++) {
        const gram = grams[i]!;
        if (this.seen[gram] === text) continue;
        this.seen[gram] = text;
        size++;
        if (this.sets[gram]! & bit) shared++;
      }
    return asked === 0 || size === 0 ? 0 : (2 * shared) / (asked + size);
  }

  private next(): number {
    if (this.text === 0xffffffff) {
      this.seen.fill(0);
      this.text = 0;
    }
    return ++this.text;
  }
}
