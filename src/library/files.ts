import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { SegueError } from '../errors.ts';

const TEMPORARY = '.tmp-';
let counter = 0;

/**
 * Writes a file so that it is there whole or not at all: to a temporary name beside it, flushed to the disk, then renamed.
 * @param name the final name, known at the latest when `write` is done
 */
export async function writeWhole<T>(
  dir: string,
  write: (file: FileHandle) => Promise<{ name: string; value: T }>,
): Promise<T> {
  await mkdir(dir, { recursive: true });
  const temporary = join(dir, `${TEMPORARY}${process.pid}-${threadId}-${Date.now().toString(36)}-${counter++}`);
  try {
    const file = await open(temporary, 'wx');
    let done: { name: string; value: T };
    try {
      done = await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(dir, done.name));
    await syncDirectory(dir);
    return done.value;
  } catch (error) {
    await rm(temporary, { force: true });
    throw writeError(dir, error);
  }
}

const NOT_WRITABLE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: "the disk's quota is used up",
  EROFS: 'it is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
};

/** What a person can mend about a failed write, in words; anything else as it is. */
function writeError(dir: string, error: unknown): unknown {
  const reason = NOT_WRITABLE[(error as NodeJS.ErrnoException).code ?? ''];
  if (reason === undefined) return error;
  return new SegueError('FILE_UNREADABLE', {
    got: `${dir} cannot be written to: ${reason}`,
    remedy: 'Make room or name another folder with --library, and run the command again',
    cause: error,
  });
}

/** @throws SegueError FILE_UNREADABLE */
export async function makeDirectory(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
  } catch (cause) {
    throw new SegueError('FILE_UNREADABLE', {
      got: `The folder ${dir} cannot be made (${(cause as NodeJS.ErrnoException).code})`,
      remedy: 'Name another folder with --library',
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
 * @param own also this process's, when nothing of it can be writing there (its stopped threads left them)
 */
export async function removeTemporary(dir: string, own: boolean): Promise<void> {
  for (const name of await listDirectory(dir)) {
    const pid = Number(/^(?:\.tmp|lock)-(\d+)/.exec(name)?.[1]);
    if (pid > 0 && (pid === process.pid ? own : !exists(pid))) await rm(join(dir, name), { force: true });
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

/** Makes a rename survive a power cut, where the system lets directories be flushed. */
async function syncDirectory(dir: string): Promise<void> {
  try {
    const handle = await open(dir, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Not every system can open a directory; the rename itself is atomic everywhere.
  }
}
