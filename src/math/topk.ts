/**
 * The k best of many scores, by a bounded min-heap: O(n log k) at worst, O(n) when most fall below the heap's root.
 * Order: higher score first; equal scores by lower item number. NaN never enters.
 */
export class TopK {
  readonly capacity: number;
  private size = 0;
  private readonly scores: Float64Array;
  private readonly items: Int32Array;

  /** @param capacity how many to keep, ≥ 0 */
  constructor(capacity: number) {
    this.capacity = capacity;
    this.scores = new Float64Array(capacity);
    this.items = new Int32Array(capacity);
  }

  get length(): number {
    return this.size;
  }

  /** The score that a new item must exceed (or equal, with a lower number) once the heap is full; −Infinity before. */
  get threshold(): number {
    return this.size < this.capacity
      ? Number.NEGATIVE_INFINITY
      : this.size === 0
        ? Number.POSITIVE_INFINITY
        : this.scores[0]!;
  }

  clear(): void {
    this.size = 0;
  }

  push(item: number, score: number): void {
    const { scores, items } = this;
    if (this.size < this.capacity) {
      // NaN compares false with everything and would corrupt the heap's order.
      if (Number.isNaN(score)) return;
      let child = this.size++;
      while (child > 0) {
        const parent = (child - 1) >> 1;
        if (!(score < scores[parent]! || (score === scores[parent]! && item > items[parent]!))) break;
        scores[child] = scores[parent]!;
        items[child] = items[parent]!;
        child = parent;
      }
      scores[child] = score;
      items[child] = item;
      return;
    }
    if (this.size === 0 || !(score > scores[0]! || (score === scores[0]! && item < items[0]!))) return;
    this.siftDown(item, score);
  }

  /** Replaces the root by the given item and restores the heap. */
  private siftDown(item: number, score: number): void {
    const { scores, items, size } = this;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const right = child + 1;
      if (
        right < size &&
        (scores[right]! < scores[child]! || (scores[right]! === scores[child]! && items[right]! > items[child]!))
      )
        child = right;
      if (!(scores[child]! < score || (scores[child]! === score && items[child]! > item))) break;
      scores[at] = scores[child]!;
      items[at] = items[child]!;
      at = child;
    }
    scores[at] = score;
    items[at] = item;
  }

  /** Empties the heap and returns the items alone, in descending order. */
  drainItems(): number[] {
    const items: number[] = new Array(this.size);
    for (let i = this.size - 1; i >= 0; i--) items[i] = this.pop();
    return items;
  }

  /** Removes the worst. */
  private pop(): number {
    const worst = this.items[0]!;
    this.size--;
    if (this.size > 0) this.siftDown(this.items[this.size]!, this.scores[this.size]!);
    return worst;
  }

  /** Empties the heap and returns its content in descending order. */
  drain(): { items: Int32Array; scores: Float32Array } {
    const n = this.size;
    const items = new Int32Array(n);
    const scores = new Float32Array(n);
    for (let i = n - 1; i >= 0; i--) {
      scores[i] = this.scores[0]!;
      items[i] = this.pop();
    }
    return { items, scores };
  }
}
