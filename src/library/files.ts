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

/** Most bytes per read call. */
const PIECE = 1 << 30;
const TEMPORARY = '.tmp-';
/** Prefix of a process's own lock files, before they are linked to their final name. */
export const OWN_LOCK = 'lock-';
/** Age, in milliseconds, after which files of another host's processes count as abandoned, as nothing else can be known about them. */
const FOREIGN_AGE = 24 * 3600 * 1000;
let counter = 0;
/** Temporary files that this thread is writing. */
const writing = new Set<string>();

/**
 * Writes a file so that it appears whole or not at all: to a temporary name in the same folder, flushed to the disk, then renamed.
 * @param write returns the final name
 * @param lasting false for one of many files whose folder the caller flushes once for all of them: until then, a power failure may lose the name
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
 * As `writeWhole`, for a small file whose bytes are in memory. Everything but the flush to the disk is synchronous, because waking another thread for
 * each step takes longer than the steps. The name is durable once the folder is flushed.
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

/** Creates a new file, and its folder if needed. */
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
 * Removes half-written files of killed processes: temporary files whose process is dead.
 * @param own also removes those that stopped threads of this process left; files that this thread is writing stay
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

/** A host's tag in its file names: processes of two hosts on one volume may have the same pid. */
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
 * A file's bytes in shared memory, so that threads need no copy; null when the file does not exist.
 * @param reached place them where the kernels can address them, if possible
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

/** Opens a file for reading; null when it does not exist. Synchronous, because while a command loads its modules no callback would run. */
export function openThere(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Reads parts of a file to their offsets in memory of the file's length, each part in two halves, as a single reader would wait for memory. All reads
 * have started when this returns.
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
  // All reads must have ended, successfully or not, before the file is closed.
  for (const half of await Promise.allSettled(halves)) if (half.status === 'rejected') throw half.reason;
}

const readSome = promisify(read);

async function readInto(fd: number, bytes: Uint8Array, from: number, to: number): Promise<void> {
  for (let done = from; done < to; ) {
    const { bytesRead } = await readSome(fd, bytes, done, Math.min(PIECE, to - done), done);
    // A file that was truncated meanwhile is found to be damaged by its reader.
    if (bytesRead === 0) return;
    done += bytesRead;
  }
}

/** Makes the names in a folder survive a power failure, where the system allows flushing directories. */
export async function syncDirectory(dir: string): Promise<void> {
  try {
    const handle = await open(dir, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Not every system can open a directory; renaming is atomic everywhere.
  }
}
