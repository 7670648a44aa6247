import { type Csr, transpose } from '../../math/csr.ts';
import { TopK } from '../../math/topk.ts';
import { PostingBits } from './posting-bits.ts';
import { BUCKETS, trigramsOf } from './trigrams.ts';

/** Texts processed per step of building; other work may run between steps. */
const CHUNK = 4096;

/** Texts by trigram, the number of distinct trigrams of each text, and the weight of each trigram. */
export interface TrigramParts {
  readonly ptr: Int32Array;
  readonly idx: Int32Array;
  readonly sizes: Uint16Array;
  readonly weight: Float32Array;
}

/** Exceeds any rounding error in a score. */
const ROUNDING = 1e-9;

/** Texts, best first, with scores. */
interface Best {
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

/**
 * A typo-tolerant index of texts: for each trigram the numbers of the texts that have it, as one CSR.
 * A text's score for a query is the information (inverse document frequency) of the query's trigrams that it shares, as a fraction (0–1) of the
 * query's total; longer texts are discounted slightly. One wrong letter breaks three trigrams and leaves the others intact.
 */
export class TrigramIndex {
  /** The immutable part; the rest is scratch. */
  readonly parts: TrigramParts;
  private readonly bits: PostingBits;
  /** For each text, what it shares with the query; 0 when it has none of the query's rare trigrams. */
  private readonly byText: Float32Array;
  /** One bit per text: 1 when it has a rare trigram of the query. */
  private readonly found: Int32Array;
  /** The texts found, ascending; `shared` is parallel. */
  private texts = new Int32Array(1 << 12);
  private shared = new Float32Array(1 << 12);
  /** The largest value of the latest bonuses. */
  private bonus: { of: Float32Array; most: number } | null = null;

  constructor(parts: TrigramParts) {
    this.parts = parts;
    this.bits = new PostingBits(parts.ptr, parts.idx, parts.sizes.length);
    this.byText = new Float32Array(parts.sizes.length);
    this.found = new Int32Array(this.bits.words);
  }

  /**
   * Builds the index in steps, yielding to other work between them.
   * @param add adds the trigrams of text i to a list, including repeats
   * @param pause awaited between steps
   */
  static async build(
    count: number,
    add: (i: number, grams: number[]) => void,
    pause: () => Promise<void> = async () => {},
  ): Promise<TrigramIndex> {
    const ptr = new Int32Array(count + 1);
    let idx = new Int32Array(Math.max(1024, count * 32));
    /** For each trigram, the last text that had it, counted from 1, so that each is counted once per text. */
    const last = new Int32Array(BUCKETS);
    const grams: number[] = [];
    for (let i = 0; i < count; i++) {
      if (i % CHUNK === CHUNK - 1) await pause();
      grams.length = 0;
      add(i, grams);
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

  /**
   * The k texts that share most with the query, best first, with scores in (0, 1].
   * @param prior a small bonus per text (popularity), which decides between equals; null = none
   */
  search(words: readonly string[], k: number, unfinished = false, prior: Float32Array | null = null): Best {
    const { ptr, weight } = this.parts;
    const grams = trigramsOf(words, unfinished).sort((a, b) => weight[b]! - weight[a]!);
    let total = 0;
    for (const gram of grams) total += weight[gram]!;
    let done = 0;
    let g = 0;
    // Rare trigrams first: once a text without any of them can no longer share half of the query, common trigrams only add to the texts already
    // found.
    for (; g < grams.length && done < total * 0.5; g++) {
      this.addToAll(grams[g]!);
      done += weight[grams[g]!]!;
    }
    for (; g < grams.length && ptr[grams[g]! + 1]! - ptr[grams[g]!]! < this.bits.words; g++) this.addToFound(grams[g]!);
    const count = this.gather();
    for (; g < grams.length; g++) this.addToGathered(count, grams[g]!);
    return this.best(k, count, total, grams.length, prior);
  }

  private addToAll(gram: number): void {
    const { ptr, idx, weight } = this.parts;
    const { byText, found } = this;
    const w = weight[gram]!;
    const end = ptr[gram + 1]!;
    for (let e = ptr[gram]!; e < end; e++) {
      const text = idx[e]!;
      byText[text]! += w;
      found[text >> 5]! |= 1 << (text & 31);
    }
  }

  private addToFound(gram: number): void {
    const { ptr, idx, weight } = this.parts;
    const { byText, found } = this;
    const w = weight[gram]!;
    const end = ptr[gram + 1]!;
    for (let e = ptr[gram]!; e < end; e++) {
      const text = idx[e]!;
      // Few texts were found, and their bits are small enough to stay in the cache.
      if (((found[text >> 5]! >> (text & 31)) & 1) === 1) byText[text]! += w;
    }
  }

  /** Moves the results to `texts` and `shared`. @returns their number */
  private gather(): number {
    const { byText, found } = this;
    let { texts, shared } = this;
    let count = 0;
    for (let at = 0; at < found.length; at++) {
      if (count + 32 > texts.length) {
        this.texts = new Int32Array(2 * texts.length);
        this.texts.set(texts);
        this.shared = new Float32Array(2 * texts.length);
        this.shared.set(shared);
        ({ texts, shared } = this);
      }
      for (let bits = found[at]!; bits !== 0; bits &= bits - 1) {
        const text = 32 * at + 31 - Math.clz32(bits & -bits);
        texts[count] = text;
        shared[count++] = byText[text]!;
        byText[text] = 0;
      }
      found[at] = 0;
    }
    return count;
  }

  /** For a common trigram, adding 0 where it is missing is faster than an unpredictable branch. */
  private addToGathered(count: number, gram: number): void {
    const { texts, shared } = this;
    const w = this.parts.weight[gram]!;
    const bits = this.bits.of(gram);
    for (let i = 0; i < count; i++) {
      const text = texts[i]!;
      shared[i]! += w * ((bits[text >> 5]! >> (text & 31)) & 1);
    }
  }

  private best(k: number, count: number, total: number, asked: number, prior: Float32Array | null): Best {
    const { texts, shared } = this;
    const { sizes } = this.parts;
    const top = new TopK(k);
    const most = prior ? this.largest(prior) : 0;
    // Texts that share less are not among the best, whatever their bonus; this ignores the discount, which is never negative.
    let least = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < count; i++) {
      if (shared[i]! < least) continue;
      const text = texts[i]!;
      const bonus = prior ? prior[text]! : 0;
      const excess = Math.max(0, sizes[text]! - asked);
      top.push(text, (shared[i]! / total) * (1 - (0.2 * excess) / (excess + 40)) + bonus);
      least = (top.threshold - most - ROUNDING) * total;
    }
    return top.drain();
  }

  private largest(prior: Float32Array): number {
    if (this.bonus?.of !== prior) this.bonus = { of: prior, most: prior.reduce((a, b) => Math.max(a, b), 0) };
    return this.bonus.most;
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
