import { closeSync, fstatSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { type FileHeader, readHeader } from '../dataset/container.ts';
import { SegueError } from '../errors.ts';
import { FileMemory, type FileParts, memoryForFile } from '../math/kernels/file-memory.ts';
import { openThere, readParts, readShared } from './files.ts';

/** Smaller columns are read whole: that takes less than a tenth of a second. */
const LEAST = 256 << 20;
/** Bytes that the check reads at a time, and how long it lets others go first, in milliseconds. */
const CHECKED = 4 << 20;
const PAUSE = 10;
/** The check lets the first answers go before it, in milliseconds. */
const BEFORE_CHECK = 10_000;

/** What tells a file from another one that has taken its name. */
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

const sources = new WeakMap<FileMemory, Source>();
/** Closes the file when nobody holds its memory any more. */
const opened = new FinalizationRegistry<number>((fd) => closeSync(fd));

/**
 * A model's bytes as `readShared` gives them, but of the largest column of numbers that has a copy in int8 beside it only what is asked for: queries
 * scan the copy, and read the exact numbers of a few rows (`present`). Its checksum is compared in the background; once it is found wrong,
 * reading a row is FILE_UNREADABLE.
 */
export async function readOnDemand(
  path: string,
  least = LEAST,
  beforeCheck = BEFORE_CHECK,
): Promise<Uint8Array | null> {
  const file = openFile(path);
  if (!file) return null;
  const { fd, source } = file;
  const column = laterColumn(fd, least);
  const memory = column && memoryForFile(source.size);
  if (!memory) {
    closeSync(fd);
    return readShared(path);
  }
  const { from, to, crc } = column;
  await readParts(fd, memory.bytes, [0, from], [to, source.size]);
  memory.readLater(from, to, readerOf(fd, path));
  follow(memory, fd, source);
  const timer = setTimeout(() => {
    check(memory, fd, from, to, crc).catch(() => memory.setDamaged());
  }, beforeCheck);
  timer.unref();
  return memory.bytes;
}

/** @returns null when the bytes are in no memory of a file's own */
export function sentMemory(memory: FileMemory): SentMemory {
  return { file: memory.parts, source: sources.get(memory) ?? null };
}

/** The memory in another thread. @throws SegueError INTERNAL when another file has taken its place meanwhile: it can be asked for again */
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
  sources.set(memory, source);
  opened.register(memory, fd);
}

function openFile(path: string): { fd: number; source: Source } | null {
  const fd = openThere(path);
  if (fd === null) return null;
  const { ino, size, mtimeMs } = fstatSync(fd);
  return { fd, source: { path, ino, size, mtimeMs } };
}

function laterColumn(fd: number, least: number): { from: number; to: number; crc: number } | null {
  const columns = readHeader((bytes, at) => readSync(fd, bytes, 0, bytes.length, at))?.columns ?? [];
  const names = new Set(columns.map(({ name }) => name));
  const candidates = columns.filter(({ name, from, to }) => to - from >= least && names.has(`${name}.int8`));
  return candidates.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0] ?? null;
}

/** The header of a file; null when there is no file, or it does not begin with a sound header of this version. */
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

/** Compares the checksum of what is read on demand, a little at a time. */
async function check(memory: FileMemory, fd: number, from: number, to: number, expected: number): Promise<void> {
  const buffer = new Uint8Array(Math.min(CHECKED, to - from));
  let crc = 0;
  for (let at = from; at < to; ) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE).unref());
    const read = readSync(fd, buffer, 0, Math.min(buffer.length, to - at), at);
    if (read === 0) break;
    crc = crc32(buffer.subarray(0, read), crc);
    at += read;
  }
  if (crc !== expected) memory.setDamaged();
}
