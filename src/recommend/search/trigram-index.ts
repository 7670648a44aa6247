import { type Csr, transpose } from '../../math/csr.ts';
import { TopK } from '../../math/topk.ts';
import { BUCKETS, trigramsOf, wordTrigrams } from './trigrams.ts';

/** Texts taken per step of building; between steps other work may run. */
const CHUNK = 4096;

/** Texts by trigram, the number of distinct trigrams of each text, and the weight of each trigram. */
export interface TrigramParts {
  readonly ptr: Int32Array;
  readonly idx: Int32Array;
  readonly sizes: Uint16Array;
  readonly weight: Float32Array;
}

/**
 * A typo-tolerant index of texts: for each trigram the numbers of the texts that have it, as one CSR.
 * A text's score for a query is the information (inverse document frequency) of the query's trigrams that it shares, 0–1 of the query's own;
 * longer texts are discounted a little. One wrong letter breaks three trigrams and leaves the rest.
 */
export class TrigramIndex {
  /** What does not change; the rest is scratch. */
  readonly parts: TrigramParts;
  private readonly acc: Float32Array;
  /** By text, 1 where it has been found: the walk over common trigrams reads little else. */
  private readonly found: Uint8Array;
  private readonly touched: Int32Array;

  constructor(parts: TrigramParts) {
    this.parts = parts;
    this.acc = new Float32Array(parts.sizes.length);
    this.found = new Uint8Array(parts.sizes.length);
    this.touched = new Int32Array(parts.sizes.length);
  }

  /**
   * Builds the index in steps, giving way to other work between them.
   * @param words the search words of text i
   * @param pause awaited between steps
   */
  static async build(
    count: number,
    words: (i: number) => string[],
    pause: () => Promise<void> = async () => {},
  ): Promise<TrigramIndex> {
    const ptr = new Int32Array(count + 1);
    let idx = new Int32Array(Math.max(1024, count * 32));
    /** The text that had a trigram last, counted from 1: each trigram once a text. */
    const last = new Int32Array(BUCKETS);
    const grams: number[] = [];
    for (let i = 0; i < count; i++) {
      if (i % CHUNK === CHUNK - 1) await pause();
      grams.length = 0;
      for (const word of words(i)) wordTrigrams(word, true, grams);
      let at = ptr[i]!;
      if (at + grams.length > idx.length) {
        const grown = new Int32Array(Math.max(idx.length * 1.5, at + grams.length));
        grown.set(idx);
        idx = grown;
      }
      for (let g = 0; g < grams.length; g++) {
        const gram = grams[g]!;
        if (last[gram] === i + 1) continue;
        last[gram] = i + 1;
        idx[at++] = gram;
      }
      ptr[i + 1] = at;
    }
    return new TrigramIndex(
      partsOf({ rows: count, columns: BUCKETS, ptr, idx: idx.subarray(0, ptr[count]!), values: null }),
    );
  }

  get bytes(): number {
    const { ptr, idx, sizes } = this.parts;
    return idx.byteLength + ptr.byteLength + sizes.length * 11;
  }

  /**
   * The k texts that share most with the query, best first, with scores in (0, 1].
   * @param prior a small bonus per text (popularity), which decides between equals; null = none
   */
  search(
    words: readonly string[],
    k: number,
    unfinished = false,
    prior: Float32Array | null = null,
  ): { items: Int32Array; scores: Float32Array } {
    const { acc, found, touched } = this;
    const { ptr, idx, weight, sizes } = this.parts;
    const grams = trigramsOf(words, unfinished).sort((a, b) => weight[b]! - weight[a]!);
    let total = 0;
    for (const gram of grams) total += weight[gram]!;
    let count = 0;
    let done = 0;
    let g = 0;
    // Rare trigrams first: once a text without any of them can no longer share half of the query, common ones only add to those found.
    for (; g < grams.length && done < total * 0.5; g++) {
      const w = weight[grams[g]!]!;
      const end = ptr[grams[g]! + 1]!;
      for (let e = ptr[grams[g]!]!; e < end; e++) {
        const text = idx[e]!;
        if (found[text] === 0) {
          found[text] = 1;
          touched[count++] = text;
        }
        acc[text]! += w;
      }
      done += w;
    }
    for (; g < grams.length; g++) {
      const w = weight[grams[g]!]!;
      const end = ptr[grams[g]! + 1]!;
      for (let e = ptr[grams[g]!]!; e < end; e++) {
        const text = idx[e]!;
        if (found[text] === 1) acc[text]! += w;
      }
    }
    const top = new TopK(k);
    for (let i = 0; i < count; i++) {
      const text = touched[i]!;
      const excess = Math.max(0, sizes[text]! - grams.length);
      const score = (acc[text]! / total) * (1 - (0.2 * excess) / (excess + 40));
      top.push(text, score + (prior ? prior[text]! : 0));
      acc[text] = 0;
      found[text] = 0;
    }
    return top.drain();
  }
}

function partsOf(byText: Csr): TrigramParts {
  const { ptr, idx } = transpose(byText);
  const count = byText.rows;
  const sizes = new Uint16Array(count);
  for (let i = 0; i < count; i++) sizes[i] = Math.min(65535, byText.ptr[i + 1]! - byText.ptr[i]!);
  const weight = new Float32Array(BUCKETS);
  for (let b = 0; b < BUCKETS; b++) weight[b] = Math.log(1 + count / (1 + ptr[b + 1]! - ptr[b]!));
  return { ptr, idx, sizes, weight };
}
