import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsync, mkdirSync, openSync, read, renameSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { threadId } from 'node:worker_threads';
import { SegueError } from '../errors.ts';
import { memoryForFile } from '../math/kernels/file-memory.ts';
import { storageFailure } from './storage-failure.ts';

/** The most bytes of one call. */
const PIECE = 1 << 30;
const TEMPORARY = '.tmp-';
/** What lock files of one process begin with, before they are linked to their name. */
export const OWN_LOCK = 'lock-';
/** What another host's dead processes left is only known by its age, in milliseconds. */
const FOREIGN_AGE = 24 * 3600 * 1000;
let counter = 0;
/** Temporary files that this thread is writing. */
const writing = new Set<string>();

/**
 * Writes a file so that it is there whole or not at all: to a temporary name beside it, flushed to the disk, then renamed.
 * @param write gives the final name
 * @param lasting false for one of many files whose folder the caller flushes once for all of them: until then a power cut may take the name
 */
export async function writeWhole<T>(
  dir: string,
  write: (file: FileHandle) => Promise<{ name: string; value: T }>,
  lasting = true,
): Promise<T> {
  const temporary = temporaryName(dir);
  writing.add(temporary);
  try {
    const file = await openNew(temporary);
    let done: { name: string; value: T };
    try {
      done = await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(dir, done.name));
    if (lasting) await syncDirectory(dir);
    return done.value;
  } catch (error) {
    await rm(temporary, { force: true });
    throw storageFailure(dir, error);
  } finally {
    writing.delete(temporary);
  }
}

/**
 * The same of a small file whose bytes are there: but for the flush to the disk all is done before this
 * returns, since to wake another thread for each step takes longer than the steps. Its name lasts once the folder is flushed.
 */
export async function writeSmallWhole(dir: string, name: string, pieces: readonly Uint8Array[]): Promise<void> {
  const temporary = temporaryName(dir);
  writing.add(temporary);
  try {
    const file = openNewSync(temporary);
    try {
      const bytes = Buffer.concat(pieces);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      await flush(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, join(dir, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw storageFailure(dir, error);
  } finally {
    writing.delete(temporary);
  }
}

const flush = (file: number): Promise<void> =>
  new Promise((resolve, reject) => fsync(file, (error) => (error ? reject(error) : resolve())));

const temporaryName = (dir: string): string =>
  join(dir, `${TEMPORARY}${process.pid}-${hostTag()}-${threadId}-${Date.now().toString(36)}-${counter++}`);

/** Opens a file that is not there yet, in a folder that may not be there either. */
async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true });
    return open(path, 'wx');
  }
}

function openNewSync(path: string): number {
  try {
    return openSync(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'wx');
  }
}

/** @throws SegueError FILE_UNREADABLE */
export async function makeDirectory(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
  } catch (cause) {
    throw new SegueError('FILE_UNREADABLE', {
      got: `The folder ${dir} cannot be created (${(cause as NodeJS.ErrnoException).code})`,
      remedy: 'Choose another folder with --library',
      cause,
    });
  }
}

export async function writeFileWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  await writeWhole(dirname(path), async (file) => {
    await file.writeFile(bytes);
    return { name: basename(path), value: undefined };
  });
}

/**
 * Removes what killed processes left half-written: temporary files whose process is dead.
 * @param own also those of this process that its stopped threads left; what this thread is writing stays
 */
export async function removeTemporary(dir: string, own: boolean): Promise<void> {
  for (const name of await listDirectory(dir)) {
    const match = /^(?:\.tmp|lock)-(\d+)(?:-(h[0-9a-f]{8}))?/.exec(name);
    if (!match) continue;
    const path = join(dir, name);
    const pid = Number(match[1]);
    const foreign = match[2] !== undefined && match[2] !== hostTag();
    if (foreign ? await isOld(path) : pid === process.pid ? own && !writing.has(path) : !exists(pid))
      await rm(path, { force: true });
  }
}

/** A host's name in the names of its files: processes of two hosts on one volume may have the same pid. */
export const hostTag = (host: string = hostname()): string =>
  `h${createHash('sha256').update(host).digest('hex').slice(0, 8)}`;

async function isOld(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > FOREIGN_AGE;
  } catch {
    return false;
  }
}

/** Whether a process with this id exists. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Names in a directory, sorted; none when it does not exist. */
export async function listDirectory(dir: string): Promise<string[]> {
  try {
    return (await readdir(dir)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * A file's bytes in shared memory, so that threads need no copy of them; null when there is none.
 * @param reached where the kernels reach them, if they can
 */
export async function readShared(path: string, reached = true): Promise<Uint8Array | null> {
  const fd = openThere(path);
  if (fd === null) return null;
  try {
    const { size } = fstatSync(fd);
    const bytes = (reached ? memoryForFile(size)?.bytes : null) ?? new Uint8Array(new SharedArrayBuffer(size));
    await readParts(fd, bytes, [0, size]);
    return bytes;
  } finally {
    closeSync(fd);
  }
}

/** Opens a file to be read; null when there is none. Here and now: while a command loads its modules, nothing else is done that would come back to it. */
export function openThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Reads parts of a file into memory that is as long as it, each in two halves: memory is what one reader waits for. All reads are under way when
 * this returns.
 */
export async function readParts(
  fd: number,
  bytes: Uint8Array,
  ...parts: readonly (readonly [from: number, to: number])[]
): Promise<void> {
  const halves = parts.flatMap(([from, to]) => {
    const middle = Math.floor((from + to) / 2);
    return [readInto(fd, bytes, from, middle), readInto(fd, bytes, middle, to)];
  });
  // All have ended before the file is closed, whatever became of them.
  for (const half of await Promise.allSettled(halves)) if (half.status === 'rejected') throw half.reason;
}

const readSome = promisify(read);

async function readInto(fd: number, bytes: Uint8Array, from: number, to: number): Promise<void> {
  for (let done = from; done < to; ) {
    const { bytesRead } = await readSome(fd, bytes, done, Math.min(PIECE, to - done), done);
    // A file that became shorter meanwhile is found damaged by whoever reads it.
    if (bytesRead === 0) return;
    done += bytesRead;
  }
}

/** Makes the names in a folder survive a power cut, where the system lets directories be flushed. */
export async function syncDirectory(dir: string): Promise<void> {
  try {
    const handle = await open(dir, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Not every system can open a directory; the rename itself is atomic everywhere.
  }
}
