import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { SegueError } from '../errors.ts';
import { fileMemoryOf } from '../math/kernels/file-memory.ts';
import { allWithin } from '../math/range.ts';
import type { Lists } from './dataset.ts';
import { StringColumn } from './strings.ts';

/**
 * The form of everything a library stores, models included: containers, one behind the other, each
 * magic "SEGUEDAT" (8 bytes) · format version, header length, CRC-32 of the header, kind (uint32 LE each) · body length (uint64 LE) ·
 * JSON header · arrays, each starting at a multiple of 8 from the container's start. Every array has its CRC-32 in the header.
 * Reading checks every length, bound and checksum, and that all padding is zero, before it makes a view: no flipped bit goes unnoticed.
 */
export const CONTAINER_VERSION = 1;
export const KIND = {
  dataset: 1,
  batch: 2,
  segmentEnd: 3,
  model: 4,
  stage: 5,
  weights: 6,
  search: 7,
  titles: 8,
  derived: 9,
} as const;

const MAGIC = 0x5441444555474553n; // "SEGUEDAT", little endian
const PREFIX = 32;
/** A header of more bytes is not looked into before the whole file is. */
const LONGEST_HEADER = 16 << 20;
/** Most bytes of one read call. */
const PIECE = 1 << 30;
/** Most bytes of one write call, which cannot be interrupted: where memory for the page cache is scarce, 600 MB took six seconds. */
const WRITE = 32 << 20;

const TYPES = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const;
export type TypeName = keyof typeof TYPES;
export type ContainerArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;
export type Arrays = Record<string, ContainerArray>;

interface Header {
  meta: Record<string, unknown>;
  arrays: { name: string; type: TypeName; length: number; offset: number; crc: number }[];
}

const aligned = (offset: number): number => Math.ceil(offset / 8) * 8;
const bytesOf = (array: ContainerArray): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

export type ArrayOf<T extends TypeName> = InstanceType<(typeof TYPES)[T]>;
export const isArray = <T extends TypeName>(array: unknown, type: T): array is ArrayOf<T> =>
  array instanceof TYPES[type];

/** The container as pieces to be written in order; array memory is not copied. */
export function encodeContainer(kind: number, meta: Record<string, unknown>, arrays: Arrays): Uint8Array[] {
  const described: Header['arrays'] = [];
  let size = 0;
  for (const [name, array] of Object.entries(arrays)) {
    const type = array.constructor.name as TypeName;
    described.push({ name, type, length: array.length, offset: size, crc: crc32(bytesOf(array)) });
    size = aligned(size + array.byteLength);
  }
  const header = new TextEncoder().encode(JSON.stringify({ meta, arrays: described } satisfies Header));
  const head = new Uint8Array(aligned(PREFIX + header.length));
  const view = new DataView(head.buffer);
  view.setBigUint64(0, MAGIC, true);
  view.setUint32(8, CONTAINER_VERSION, true);
  view.setUint32(12, header.length, true);
  view.setUint32(16, crc32(header), true);
  view.setUint32(20, kind, true);
  view.setBigUint64(24, BigInt(size), true);
  head.set(header, PREFIX);
  const pieces: Uint8Array[] = [head];
  for (const array of Object.values(arrays)) {
    const bytes = bytesOf(array);
    pieces.push(bytes);
    const padding = aligned(bytes.length) - bytes.length;
    if (padding > 0) pieces.push(new Uint8Array(padding));
  }
  return pieces;
}

/**
 * Writes the pieces one after the other. @returns bytes written
 * @param check called between writes of at most 32 MiB, so that a large file can be given up half-way; throws to stop the work
 */
export async function writePieces(
  file: FileHandle,
  pieces: readonly Uint8Array[],
  check: () => void = () => {},
): Promise<number> {
  let written = 0;
  // One call for many small pieces; the kernel takes at most 1,024 of them at once.
  let batch: Uint8Array[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    let rest = batch;
    while (rest.length > 0) {
      check();
      const { bytesWritten } = await file.writev(rest);
      written += bytesWritten;
      rest = skip(rest, bytesWritten);
    }
    batch = [];
    size = 0;
  };
  for (const piece of pieces) {
    for (let from = 0; from < piece.length; from += WRITE) {
      const part = piece.subarray(from, from + WRITE);
      if (batch.length === 512 || size + part.length > WRITE) await flush();
      batch.push(part);
      size += part.length;
    }
  }
  await flush();
  return written;
}

function skip(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  const rest: Uint8Array[] = [];
  let left = bytes;
  for (const piece of pieces) {
    if (left >= piece.length) left -= piece.length;
    else {
      rest.push(piece.subarray(left));
      left = 0;
    }
  }
  return rest;
}

/** One container of a file, its arrays checked; the getters say what they expect and throw FILE_UNREADABLE otherwise. */
export class Container {
  readonly kind: number;
  readonly meta: Record<string, unknown>;
  readonly arrays: Arrays;
  /** The error for an invalid file. @param what is wrong: "has …" */
  readonly broken: (what: string) => SegueError;
  private readonly sound: boolean;
  private readonly described: Header['arrays'];

  /** @param sound the same bytes were found right before: what they refer to is not looked at again */
  constructor(
    kind: number,
    { meta, arrays: described }: Header,
    arrays: Arrays,
    broken: (what: string) => SegueError,
    sound = false,
  ) {
    this.kind = kind;
    this.meta = meta;
    this.described = described;
    this.arrays = arrays;
    this.broken = broken;
    this.sound = sound;
  }

  array<T extends TypeName>(name: string, type: T, length?: number): ArrayOf<T> {
    const array = this.arrays[name];
    if (!isArray(array, type) || (length !== undefined && array.length !== length))
      throw this.broken(`has a wrong column "${name}"`);
    return array;
  }

  /** The CRC-32 of an array that is there. */
  checksum(name: string): number {
    return this.described.find((array) => array.name === name)!.crc;
  }

  strings(name: string, length?: number): StringColumn {
    const heap = this.array(`${name}.heap`, 'Uint8Array');
    const offsets = this.array(`${name}.offsets`, 'Uint32Array', length === undefined ? undefined : length + 1);
    this.checkOffsets(name, offsets, heap.length);
    return new StringColumn(heap, offsets);
  }

  /** Lists of `rows` rows with values in [0, limit). */
  lists(name: string, rows: number, limit: number): Lists {
    const idx = this.ids(`${name}.idx`, undefined, 0, limit);
    return { ptr: this.pointers(`${name}.ptr`, rows, idx.length), idx };
  }

  /** Start of each of `rows` rows among `entries`, and end of the last one. */
  pointers(name: string, rows: number, entries: number): Int32Array {
    const ptr = this.array(name, 'Int32Array', rows + 1);
    this.checkOffsets(name, ptr, entries);
    return ptr;
  }

  /** Whole numbers in [least, limit). */
  ids(name: string, length: number | undefined, least: number, limit: number): Int32Array {
    const ids = this.array(name, 'Int32Array', length);
    if (!this.sound && !allWithin(ids, least, limit)) throw this.broken(`has a value out of range in column "${name}"`);
    return ids;
  }

  private checkOffsets(name: string, offsets: Int32Array | Uint32Array, end: number): void {
    if (this.sound) return;
    let sound = offsets.length > 0 && offsets[0] === 0 && offsets[offsets.length - 1] === end;
    for (let i = 1; i < offsets.length && sound; i++) sound = offsets[i]! >= offsets[i - 1]!;
    if (!sound) throw this.broken(`has wrong offsets in column "${name}"`);
  }
}

/** The arrays of a text column, to be spread into a container's arrays. */
export const stringArrays = (name: string, column: StringColumn): Arrays => ({
  [`${name}.heap`]: column.heap,
  [`${name}.offsets`]: column.offsets,
});

export const listArrays = (name: string, lists: Lists): Arrays => ({
  [`${name}.ptr`]: lists.ptr,
  [`${name}.idx`]: lists.idx,
});

/**
 * The one container that the bytes hold, from first to last; its arrays are views of them where they start at a multiple of 8, else of a copy.
 * @param name of the file, for messages @param expected what it should have been
 * @param sound the same bytes were found right before: only the header is checked @throws SegueError FILE_UNREADABLE, FORMAT_NEWER
 */
export function decodeContainer(
  bytes: Uint8Array,
  name: string,
  expected: string,
  remedy: string,
  sound = false,
): Container {
  const broken = (what: string): SegueError =>
    new SegueError('FILE_UNREADABLE', { got: `${name} ${what}`, expected, remedy });
  if (bytes.length < PREFIX) throw broken(`has only ${bytes.length} bytes`);
  const data = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const prefix = readPrefix(data.subarray(0, PREFIX), name, broken);
  const end = PREFIX + prefix.headerLength;
  const start = aligned(end);
  if (start + prefix.bodyLength > data.length) throw broken('is truncated');
  if (start + prefix.bodyLength < data.length) throw broken('continues past its end');
  const header = parseHeader(data.subarray(PREFIX, end), prefix.headerCrc);
  if (!header || !isZero(data.subarray(end, start))) throw broken('has a damaged header');
  const memory = fileMemoryOf(data);
  // What is read later is checked then.
  const isChecked = (array: ContainerArray): boolean =>
    sound || (memory !== null && (memory.checked || memory.isLater(array)));
  const arrays = viewArrays(header, data.subarray(start), broken, isChecked);
  // The other threads that read the same memory need not.
  memory?.setChecked();
  return new Container(prefix.kind, header, arrays, broken, sound);
}

/** The header of a file's first container, and the positions of its arrays in the file. */
export interface FileHeader {
  readonly kind: number;
  readonly meta: Record<string, unknown>;
  readonly columns: readonly { name: string; from: number; to: number; crc: number }[];
}

/**
 * The header of a file's first container; null when the file does not begin with a sound one of this version.
 * @param read fills memory with the file's bytes from a place on
 */
export function readHeader(read: (into: Uint8Array, at: number) => void): FileHeader | null {
  const prefix = new Uint8Array(PREFIX);
  read(prefix, 0);
  const view = new DataView(prefix.buffer);
  if (view.getBigUint64(0, true) !== MAGIC || view.getUint32(8, true) !== CONTAINER_VERSION) return null;
  const length = view.getUint32(12, true);
  if (length > LONGEST_HEADER) return null;
  const bytes = new Uint8Array(length);
  read(bytes, PREFIX);
  const header = parseHeader(bytes, view.getUint32(16, true));
  if (!header) return null;
  const start = aligned(PREFIX + length);
  const columns = header.arrays.map(({ name, type, length, offset, crc }) => {
    const from = start + offset;
    return { name, from, to: from + length * (TYPES[type]?.BYTES_PER_ELEMENT ?? 0), crc };
  });
  return { kind: view.getUint32(20, true), meta: header.meta, columns };
}

/**
 * The containers of a file one after the other; memory holds one at a time.
 * @param skipBodies of these kinds, when only the others are wanted
 * @throws SegueError FILE_UNREADABLE, FORMAT_NEWER
 */
export function* readContainers(
  path: string,
  remedy: string,
  skipBodies: readonly number[] = [],
): Generator<Container> {
  const broken = (what: string): SegueError =>
    new SegueError('FILE_UNREADABLE', { got: `${path} ${what}`, expected: 'a file written by Segue', remedy });
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    throw new SegueError('FILE_UNREADABLE', { got: `${path} cannot be opened`, remedy, cause });
  }
  try {
    const size = fstatSync(file).size;
    let at = 0;
    while (at < size) {
      const prefix = readPrefix(readBytes(file, at, PREFIX, broken), path, broken);
      const start = aligned(PREFIX + prefix.headerLength);
      if (at + start + prefix.bodyLength > size) throw broken('is truncated');
      if (!skipBodies.includes(prefix.kind)) {
        const head = readBytes(file, at + PREFIX, start - PREFIX, broken);
        const header = parseHeader(head.subarray(0, prefix.headerLength), prefix.headerCrc);
        if (!header || !isZero(head.subarray(prefix.headerLength))) throw broken('has a damaged header');
        const body = readBytes(file, at + start, prefix.bodyLength, broken);
        yield new Container(prefix.kind, header, viewArrays(header, body, broken), broken);
      }
      at += start + prefix.bodyLength;
    }
  } finally {
    closeSync(file);
  }
}

function readPrefix(
  bytes: Uint8Array,
  path: string,
  broken: (what: string) => SegueError,
): { headerLength: number; headerCrc: number; kind: number; bodyLength: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getBigUint64(0, true) !== MAGIC) throw broken('is not a Segue file');
  const version = view.getUint32(8, true);
  if (version === 0) throw broken('has a damaged version');
  if (version > CONTAINER_VERSION) {
    throw new SegueError('FORMAT_NEWER', {
      got: `${path} has format version ${version}`,
      expected: `at most ${CONTAINER_VERSION}`,
      remedy: 'Update Segue',
    });
  }
  return {
    headerLength: view.getUint32(12, true),
    headerCrc: view.getUint32(16, true),
    kind: view.getUint32(20, true),
    bodyLength: Number(view.getBigUint64(24, true)),
  };
}

function readBytes(file: number, at: number, length: number, broken: (what: string) => SegueError): Uint8Array {
  if (at + length > fstatSync(file).size) throw broken('is truncated');
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const read = readSync(file, bytes, done, Math.min(PIECE, length - done), at + done);
    if (read === 0) throw broken('is truncated');
    done += read;
  }
  return bytes;
}

function parseHeader(bytes: Uint8Array, crc: number): Header | null {
  if (crc32(bytes) !== crc) return null;
  try {
    const header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Partial<Header> | null;
    const sound =
      header &&
      typeof header.meta === 'object' &&
      header.meta !== null &&
      Array.isArray(header.arrays) &&
      header.arrays.every((array) => typeof array === 'object' && array !== null);
    return sound ? (header as Header) : null;
  } catch {
    return null;
  }
}

/**
 * Arrays lie one behind the other, each at the next multiple of 8, with zeros between them; nothing lies behind the last one.
 * @param isChecked whether an array's checksum was found right before, or is looked at elsewhere
 */
function viewArrays(
  header: Header,
  body: Uint8Array,
  broken: (what: string) => SegueError,
  isChecked: (array: ContainerArray) => boolean = () => false,
): Arrays {
  const arrays: Arrays = {};
  let next = 0;
  for (const { name, type, length, offset, crc } of header.arrays) {
    const Type = TYPES[type];
    const sound =
      typeof name === 'string' &&
      name !== '__proto__' &&
      Object.hasOwn(TYPES, type) &&
      Number.isSafeInteger(length) &&
      length >= 0 &&
      offset === next &&
      offset + length * Type.BYTES_PER_ELEMENT <= body.length;
    if (!sound) throw broken(`describes the column "${name}" wrongly`);
    const array = new Type(body.buffer as ArrayBuffer, body.byteOffset + offset, length);
    next = aligned(offset + array.byteLength);
    const padding = body.subarray(offset + array.byteLength, next);
    if (!isChecked(array) && (crc32(bytesOf(array)) !== crc || !isZero(padding)))
      throw broken(`is damaged in the column "${name}"`);
    arrays[name] = array;
  }
  if (next !== body.length) throw broken('continues past its last column');
  return arrays;
}

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
