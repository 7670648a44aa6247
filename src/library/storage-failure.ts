import { SegueError } from '../errors.ts';

/** The system's error codes for a folder or a disk, in words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: "the disk's quota is used up",
  EFBIG: 'a file would become larger than the system allows',
  EROFS: 'it is read-only',
  EACCES: 'this account has no access to it',
  EPERM: 'this account has no access to it',
  EIO: 'the disk reports an error',
  ENOTDIR: 'it is not a folder',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ESTALE: 'the network drive is gone',
  ENODEV: 'the drive is gone',
};

/** Turns a failure of the file system into an error that a person can act on; returns anything else unchanged. */
export function storageFailure(dir: string, error: unknown): unknown {
  const reason = REASONS[(error as NodeJS.ErrnoException | null)?.code ?? ''];
  if (error instanceof SegueError || reason === undefined) return error;
  return new SegueError('FILE_UNREADABLE', {
    got: `${dir} cannot be used: ${reason}`,
    remedy: 'Check the disk and its free space, or choose another folder with --library, and try again',
    cause: error,
  });
}

/** Runs work on files of a folder. @throws SegueError FILE_UNREADABLE when the file system fails */
export async function onStorage<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storageFailure(dir, error);
  }
}
