import { growingInt32 } from '../dataset/growing.ts';
import { Interner } from '../dataset/interner.ts';
import { StringColumn, writeShortAscii } from '../dataset/strings.ts';

/** From this many distinct ids on, they are looked up together, so that their waits for memory overlap. */
const MANY = 1 << 16;
/** Ids, and bytes of them, that wait to be looked up. */
const AT_ONCE = 1 << 10;
const ROOM = 1 << 16;

const encoder = new TextEncoder();

/** Ids of rows as numbers by first appearance. */
export class IdColumn {
  private readonly ids = new Interner();
  private readonly numbers = growingInt32();
  private readonly heap = new Uint8Array(ROOM);
  private readonly offsets = new Uint32Array(AT_ONCE + 1);
  private waiting = 0;

  /** Rows that have an id. */
  get rows(): number {
    return this.numbers.length + this.waiting;
  }

  /** Different ids, without those that wait to be looked up. */
  get size(): number {
    return this.ids.size;
  }

  /** Adds the id of the next row, as UTF-8 bytes [from, to). */
  add(bytes: Uint8Array, from: number, to: number): void {
    if (this.ids.size < MANY || to - from > ROOM) {
      this.flush();
      this.numbers.push(this.ids.add(bytes, from, to));
      return;
    }
    if (this.waiting === AT_ONCE || this.offsets[this.waiting]! + to - from > ROOM) this.flush();
    const { heap } = this;
    let at = this.offsets[this.waiting]!;
    for (let i = from; i < to; i++) heap[at++] = bytes[i]!;
    this.offsets[++this.waiting] = at;
  }

  addText(text: string): void {
    // A UTF-16 unit becomes at most three UTF-8 bytes.
    const most = 3 * text.length;
    if (this.ids.size < MANY || most > ROOM) {
      this.flush();
      this.numbers.push(this.ids.addText(text));
      return;
    }
    if (this.waiting === AT_ONCE || this.offsets[this.waiting]! + most > ROOM) this.flush();
    const at = this.offsets[this.waiting]!;
    const short = writeShortAscii(text, this.heap, at);
    this.offsets[++this.waiting] = at + (short >= 0 ? short : encoder.encodeInto(text, this.heap.subarray(at)).written);
  }

  /** The number of each row's id. The column lets go of them. */
  takeNumbers(): Int32Array {
    this.flush();
    return this.numbers.takeView();
  }

  /** The distinct ids. No id can be added afterwards. */
  finish(): StringColumn {
    this.flush();
    return this.ids.finish();
  }

  private flush(): void {
    if (this.waiting === 0) return;
    const numbers = this.ids.addAll(new StringColumn(this.heap, this.offsets.subarray(0, this.waiting + 1)));
    for (let i = 0; i < numbers.length; i++) this.numbers.push(numbers[i]!);
    this.waiting = 0;
  }
}
