import { SegueError } from '../../errors.ts';
import { FileMemory, type FileParts, memoryForFile } from './file-memory.ts';

/** What another thread needs to make a `SharedRows` over the same bytes. */
export type RowRoom = FileParts;

/**
 * Allocates room for count × width float32, width a multiple of 4. It takes no memory until it is filled. null when it exceeds the kernels' address
 * range.
 */
export const roomForRows = (count: number, width: number): RowRoom | null =>
  memoryForFile(4 * count * width)?.parts ?? null;

/**
 * Rows of float32 in shared memory that the kernels of every thread can address, so no thread holds a copy of the rows it scans. The first thread
 * that needs the rows fills them. Several threads may fill them concurrently, because all write the same numbers.
 */
export class SharedRows {
  /** count × width */
  readonly data: Float32Array;
  private readonly memory: FileMemory;
  private readonly count: number;
  private readonly width: number;

  /** @throws SegueError INTERNAL when the room has another size */
  constructor(room: RowRoom, count: number, width: number) {
    if (room.length !== 4 * count * width || width % 4 !== 0)
      throw new SegueError('INTERNAL', {
        got: `${room.length} bytes`,
        expected: `room for ${count} × ${width} numbers`,
      });
    this.memory = new FileMemory(room);
    const { buffer, byteOffset } = this.memory.bytes;
    this.data = new Float32Array(buffer, byteOffset, count * width);
    this.count = count;
    this.width = width;
  }

  /** Whether some thread has filled all rows. */
  get filled(): boolean {
    return this.memory.checked;
  }

  setFilled(): void {
    this.memory.setChecked();
  }

  /** The dot product of every row with the query, written to out (length count, any memory). */
  scores(query: ArrayLike<number>, out: Float32Array): void {
    const { memory, count, width } = this;
    if (query.length !== width || out.length !== count)
      throw new SegueError('INTERNAL', {
        got: `a query of ${query.length} numbers and room for ${out.length} scores`,
        expected: `${width} and ${count}`,
      });
    const { at, buffer } = memory.scratch(4 * (width + count));
    new Float32Array(buffer, at, width).set(query);
    const found = at + 4 * width;
    memory.kernels.dotRows!(0, 0, count, this.data.byteOffset, width, at, found);
    out.set(new Float32Array(buffer, found, count));
  }
}
