import { closeSync, fstatSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { type FileHeader, readHeader } from '../dataset/container.ts';
import { SegueError } from '../errors.ts';
import { FileMemory, type FilePart, type FileParts, memoryForFile } from '../math/kernels/file-memory.ts';
import { openThere, readParts, readShared } from './files.ts';

/** A file is read whole if less than this could be deferred, as that takes little more than a tenth of a second; smaller columns are always read. */
const LEAST = 256 << 20;
const LEAST_COLUMN = 16 << 20;
/** Bytes that the check reads at a time, and how long it yields in between, in milliseconds. */
const CHECKED = 4 << 20;
const PAUSE = 10;
/** Delay of the check, in milliseconds, so that the first answers come first. */
const BEFORE_CHECK = 10_000;

/** A column that is read on demand. */
interface LaterColumn extends FilePart {
  readonly crc: number;
  /** Whether the check keeps the column in memory, because more and more of its rows will be requested. */
  readonly filled: boolean;
}

/** Pending checks of file memories in this thread. */
const checks = new WeakMap<FileMemory, NodeJS.Timeout>();

/** Identifies a file, to detect another that has taken its name. */
interface Source {
  readonly path: string;
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/** A file's memory as a message to another thread. */
export interface SentMemory {
  readonly file: FileParts;
  /** Null when the file was read whole. */
  readonly source: Source | null;
}

const files = new WeakMap<FileMemory, { readonly fd: number; readonly source: Source }>();
/** Closes the file when its memory is no longer in use. */
const opened = new FinalizationRegistry<number>((fd) => closeSync(fd));

/**
 * Reads a model's bytes as `readShared` does, but defers its large columns of which a query needs few rows (see `present` and `RowsOnDemand`):
 * numbers with an int8 copy, which queries scan instead, and indexes by rows. A background check verifies their checksums and keeps the indexes in
 * memory; if it finds damage, reading a row is FILE_UNREADABLE from then on.
 * @param byRows columns of such indexes
 */
export async function readOnDemand(
  path: string,
  byRows: ReadonlySet<string>,
  least = LEAST,
  beforeCheck = BEFORE_CHECK,
): Promise<Uint8Array | null> {
  const file = openFile(path);
  if (!file) return null;
  const { fd, source } = file;
  const columns = largeColumns(laterColumns(fd, byRows), least);
  const memory = columns.length > 0 ? memoryForFile(source.size) : null;
  if (!memory) {
    closeSync(fd);
    return readShared(path);
  }
  memory.readLater(columns, readerOf(fd, path));
  const now: [number, number][] = [];
  let at = 0;
  for (const { from, to } of columns) {
    now.push([at, from]);
    at = to;
  }
  await readParts(fd, memory.bytes, ...now, [at, source.size]);
  follow(memory, fd, source);
  checkLater(memory, byRows, beforeCheck);
  return memory.bytes;
}

/** Makes this thread check the deferred parts of a file that another thread has begun to read. */
export function checkLater(memory: FileMemory, byRows: ReadonlySet<string>, beforeCheck = BEFORE_CHECK): void {
  const begin = setTimeout(() => {
    checkAll(memory, byRows).catch(() => memory.setDamaged());
  }, beforeCheck);
  checks.set(memory, begin.unref());
}

/** Leaves the check to another thread. */
export function leaveCheck(memory: FileMemory): void {
  clearTimeout(checks.get(memory));
}

/** @returns null when the bytes are not in a file memory */
export function sentMemory(memory: FileMemory): SentMemory {
  return { file: memory.parts, source: files.get(memory)?.source ?? null };
}

/**
 * Reconstructs the memory in another thread. @throws SegueError INTERNAL when another file has taken its place meanwhile; the request can be repeated
 */
export function receivedMemory({ file, source }: SentMemory): FileMemory {
  const memory = new FileMemory(file);
  if (!source) return memory;
  const now = openFile(source.path);
  const { ino, size, mtimeMs } = now?.source ?? {};
  if (!now || ino !== source.ino || size !== source.size || mtimeMs !== source.mtimeMs) {
    if (now) closeSync(now.fd);
    throw new SegueError('INTERNAL', { got: `${source.path} was replaced while it was being loaded` });
  }
  memory.readWith(readerOf(now.fd, source.path));
  follow(memory, now.fd, source);
  return memory;
}

function follow(memory: FileMemory, fd: number, source: Source): void {
  files.set(memory, { fd, source });
  opened.register(memory, fd);
}

function openFile(path: string): { fd: number; source: Source } | null {
  const fd = openThere(path);
  if (fd === null) return null;
  const { ino, size, mtimeMs } = fstatSync(fd);
  return { fd, source: { path, ino, size, mtimeMs } };
}

/** Columns that can be read on demand, in the order of the file. */
function laterColumns(fd: number, byRows: ReadonlySet<string>): LaterColumn[] {
  const columns = readHeader((bytes, at) => readSync(fd, bytes, 0, bytes.length, at))?.columns ?? [];
  const names = new Set(columns.map(({ name }) => name));
  return columns
    .map(({ name, ...column }) => ({ ...column, filled: byRows.has(name), rounded: names.has(`${name}.int8`) }))
    .filter(({ filled, rounded }) => filled || rounded);
}

/** Those that are worth deferring. @param least see LEAST */
function largeColumns(columns: readonly LaterColumn[], least: number): readonly LaterColumn[] {
  const large = columns.filter(({ from, to }) => to - from >= Math.min(least, LEAST_COLUMN));
  return large.reduce((bytes, { from, to }) => bytes + to - from, 0) < least ? [] : large;
}

/** The header of a file; null when the file does not exist, or does not start with a sound header of this version. */
export function headerOf(path: string): FileHeader | null {
  const file = openFile(path);
  if (!file) return null;
  try {
    return readHeader((bytes, at) => readSync(file.fd, bytes, 0, bytes.length, at));
  } finally {
    closeSync(file.fd);
  }
}

const readerOf =
  (fd: number, path: string) =>
  (into: Uint8Array, at: number): void => {
    for (let done = 0; done < into.length; ) {
      const read = readSync(fd, into, done, into.length - done, at + done);
      if (read === 0)
        throw new SegueError('FILE_UNREADABLE', { got: `${path} is truncated`, remedy: 'Train the model again' });
      done += read;
    }
  };

/** Verifies the checksums of the deferred parts, a little at a time, starting with those that will be requested more and more. */
async function checkAll(memory: FileMemory, byRows: ReadonlySet<string>): Promise<void> {
  const fd = files.get(memory)!.fd;
  const columns = laterColumns(fd, byRows).filter(({ from }) => memory.isLater(memory.bytes.subarray(from, from + 1)));
  for (const filled of [true, false])
    for (const column of columns.filter((one) => one.filled === filled))
      if (!(await check(memory, fd, column))) memory.setDamaged();
}

async function check(memory: FileMemory, fd: number, { from, to, crc, filled }: LaterColumn): Promise<boolean> {
  const buffer = filled ? memory.bytes.subarray(from, to) : new Uint8Array(Math.min(CHECKED, to - from));
  let sum = 0;
  for (let at = from; at < to; ) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE).unref());
    const place = filled ? buffer.subarray(at - from) : buffer;
    const read = readSync(fd, place, 0, Math.min(CHECKED, place.length, to - at), at);
    if (read === 0) break;
    sum = crc32(place.subarray(0, read), sum);
    at += read;
  }
  if (sum !== crc) return false;
  // Other threads see the data only now that it has been verified.
  if (filled) for (const part of memory.partsOf(buffer)) part.setWhole();
  return true;
}
