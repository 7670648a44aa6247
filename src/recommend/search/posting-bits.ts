/** Most lists kept as bits. */
const MOST_KEPT = 192;

/** Posting lists as bitmaps with one bit per text, so that membership is tested without scanning the list. Recently used bitmaps are kept. */
export class PostingBits {
  /** 32-bit words per bitmap; a list with more texts than this takes less memory as bits. */
  readonly words: number;
  private readonly ptr: Int32Array;
  private readonly idx: Int32Array;
  private readonly kept = new Map<number, Int32Array>();

  /** @param ptr, idx the lists: list l is idx[ptr[l] … ptr[l + 1]) @param texts numbers are below this */
  constructor(ptr: Int32Array, idx: Int32Array, texts: number) {
    this.ptr = ptr;
    this.idx = idx;
    this.words = (texts + 31) >>> 5;
  }

  /** Bit t & 31 of word t >> 5 is set when the list has text t. */
  of(list: number): Int32Array {
    const { ptr, idx, kept } = this;
    let bits = kept.get(list);
    if (bits) kept.delete(list);
    else {
      if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
      bits = new Int32Array(this.words);
      const end = ptr[list + 1]!;
      for (let e = ptr[list]!; e < end; e++) bits[idx[e]! >> 5]! |= 1 << (idx[e]! & 31);
    }
    kept.set(list, bits);
    return bits;
  }
}
