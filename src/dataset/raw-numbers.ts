import { Growing } from './growing.ts';
import { growingInt8 } from './pools.ts';

/** Numbers from rows. Distinguishes a number that no row gave from one given as unknown (NaN). Takes no memory until a number is given. */
export class RawNumbers {
  private readonly values = new Growing((n) => new Float64Array(n).fill(Number.NaN), 0);
  private readonly said = growingInt8(0);
  private readonly expected: number;

  /** @param expected number of rows, so that it need not grow much once a number is given */
  constructor(expected = 0) {
    this.expected = expected;
  }

  /** Whether no row gave a number. */
  get isEmpty(): boolean {
    return this.said.data.length === 0;
  }

  /** Sets a number unless an earlier row gave it. */
  put(at: number, value: number | undefined): void {
    if (value === undefined) return;
    if (at >= this.values.data.length) this.reserve(at + 1);
    if (!Number.isNaN(this.values.data[at]!)) return;
    this.values.data[at] = value;
    this.said.data[at] = 1;
  }

  get(at: number): number | undefined {
    return this.said.data[at] === 1 ? this.values.data[at]! : undefined;
  }

  private reserve(length: number): void {
    const room = Math.max(length, this.isEmpty ? this.expected : 0, 1 << 10);
    this.values.reserve(room);
    this.said.reserve(room);
  }
}
