/**
 * An evenly spread sample of equal-sized patches from a stream of rows of unknown length. When twice as many patches are held as wanted, every second
 * one is dropped, and from then on only every second one is taken.
 */
export class PatchSample {
  private readonly wanted: number;
  private readonly patch: Float32Array;
  private readonly kept: Float32Array[] = [];
  private filled = 0;
  private seen = 0;
  private every = 1;

  /** @param size numbers per patch @param wanted most patches */
  constructor(size: number, wanted: number) {
    this.patch = new Float32Array(size);
    this.wanted = wanted;
  }

  /** @param row its length divides the patch's size; copied */
  push(row: Float32Array): void {
    this.patch.set(row, this.filled);
    this.filled += row.length;
    if (this.filled < this.patch.length) return;
    this.filled = 0;
    if (this.seen++ % this.every !== 0) return;
    this.kept.push(this.patch.slice());
    if (this.kept.length < 2 * this.wanted) return;
    for (let i = 0; i < this.wanted; i++) this.kept[i] = this.kept[2 * i]!;
    this.kept.length = this.wanted;
    this.every *= 2;
  }

  /** All complete patches if they are few, else `wanted` of them, in order. */
  spread(): Float32Array[] {
    const { kept, wanted } = this;
    if (kept.length <= wanted) return [...kept];
    return Array.from({ length: wanted }, (_, i) => kept[Math.floor(((i + 0.5) * kept.length) / wanted)]!);
  }
}
