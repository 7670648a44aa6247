import { SegueError } from '../../../errors.ts';

/** Ends a table of LevelDB, on which the index of a checkpoint is built. */
const MAGIC = 0xdb47_7524_8b80_fb57n;
const FOOTER = 48;
/** Behind each block: its compression and its checksum. */
const TRAILER = 5;
const FLOAT32 = 1;
const MOST_TENSORS = 10_000;

interface Tensor {
  readonly shape: readonly number[];
  readonly offset: number;
  readonly size: number;
}

const damaged = (what: string, cause?: unknown): SegueError =>
  new SegueError('FILE_UNREADABLE', {
    got: `The checkpoint ${what}`,
    expected: 'an index and one file of data, as TensorFlow’s saver of version 2 writes them',
    cause,
  });

/** Bytes that are read in order; what goes beyond the end throws. */
class Cursor {
  readonly bytes: Buffer;
  at: number;
  readonly end: number;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    if (at < 0 || end > bytes.length || at > end) throw damaged('points outside of itself');
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get done(): boolean {
    return this.at >= this.end;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 50; factor *= 128) {
      if (this.done) break;
      const byte = this.bytes[this.at++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    throw damaged('has a damaged number');
  }

  take(length: number): Buffer {
    if (this.at + length > this.end) throw damaged('ends early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/**
 * The float32 tensors of a checkpoint by name (a "tensor bundle"): a sorted table of protocol buffers says where each lies in the data.
 * @param index the file `<prefix>.index` @param data the file `<prefix>.data-00000-of-00001`
 * @throws SegueError FILE_UNREADABLE
 */
export function readTensorBundle(
  index: Buffer,
  data: Buffer,
): ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }> {
  const out = new Map<string, { shape: readonly number[]; values: Float32Array }>();
  for (const [name, value] of tableEntries(index)) {
    // The entry without a name is the header.
    const tensor = name === '' ? null : tensorOf(new Cursor(value));
    if (!tensor) continue;
    const numbers = tensor.shape.reduce((product, size) => product * size, 1);
    if (tensor.size !== 4 * numbers || tensor.offset + tensor.size > data.length)
      throw damaged(`contradicts itself about ${name}`);
    const bytes = data.subarray(tensor.offset, tensor.offset + tensor.size);
    const values = Float32Array.from({ length: numbers }, (_, i) => bytes.readFloatLE(4 * i));
    out.set(name, { shape: tensor.shape, values });
  }
  return out;
}

/** Keys and values of a table: an index block that points at blocks of data. */
function* tableEntries(table: Buffer): Generator<[string, Buffer]> {
  if (table.length < FOOTER || table.readBigUInt64LE(table.length - 8) !== MAGIC) throw damaged('has no index');
  const footer = new Cursor(table, table.length - FOOTER, table.length - 8);
  blockAt(footer, table);
  let count = 0;
  for (const [, handle] of blockEntries(blockAt(footer, table)))
    for (const entry of blockEntries(blockAt(new Cursor(handle), table))) {
      if (++count > MOST_TENSORS) throw damaged(`has more than ${MOST_TENSORS} tensors`);
      yield entry;
    }
}

/** Reads the position of a block and returns its bytes. */
function blockAt(handle: Cursor, table: Buffer): Buffer {
  const offset = handle.varint();
  const size = handle.varint();
  if (offset + size + TRAILER > table.length) throw damaged('points outside of itself');
  if (table[offset + size] !== 0) throw damaged('is compressed');
  return table.subarray(offset, offset + size);
}

/** Keys of a block omit the prefix shared with the previous one; the positions of complete keys follow the entries. */
function* blockEntries(block: Buffer): Generator<[string, Buffer]> {
  const restarts = block.length < 4 ? -1 : block.readUInt32LE(block.length - 4);
  const cursor = new Cursor(block, 0, block.length - 4 - 4 * restarts);
  let key = Buffer.alloc(0);
  while (!cursor.done) {
    const shared = cursor.varint();
    const rest = cursor.varint();
    const length = cursor.varint();
    if (shared > key.length) throw damaged('has a damaged name');
    key = Buffer.concat([key.subarray(0, shared), cursor.take(rest)]);
    yield [key.toString('utf8'), cursor.take(length)];
  }
}

/** BundleEntryProto: 1 type, 2 shape, 3 number of the data file, 4 offset, 5 size, 6 checksum. null for other types than float32. */
function tensorOf(message: Cursor): Tensor | null {
  const fields = new Map<number, number>();
  let shape: number[] = [];
  for (const { field, number, bytes } of protoFields(message)) {
    if (field === 2 && bytes) shape = shapeOf(new Cursor(bytes));
    else fields.set(field, number);
  }
  if (fields.get(1) !== FLOAT32) return null;
  if ((fields.get(3) ?? 0) !== 0) throw damaged('is spread over several files');
  return { shape, offset: fields.get(4) ?? 0, size: fields.get(5) ?? 0 };
}

/** TensorShapeProto: field 2 is a dimension, whose field 1 is its size. */
function shapeOf(message: Cursor): number[] {
  const shape: number[] = [];
  for (const { field, bytes } of protoFields(message)) {
    if (field !== 2 || !bytes) continue;
    let size = 0;
    for (const inner of protoFields(new Cursor(bytes))) if (inner.field === 1) size = inner.number;
    shape.push(size);
  }
  return shape;
}

function* protoFields(message: Cursor): Generator<{ field: number; number: number; bytes?: Buffer }> {
  while (!message.done) {
    const tag = message.varint();
    const field = Math.floor(tag / 8);
    const kind = tag % 8;
    if (kind === 0) yield { field, number: message.varint() };
    else if (kind === 2) yield { field, number: 0, bytes: message.take(message.varint()) };
    else if (kind === 5) yield { field, number: message.take(4).readUInt32LE() };
    else throw damaged('has an entry of an unknown kind');
  }
}
