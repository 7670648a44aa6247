import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SegueError } from '../errors.ts';

/**
 * Fails before the work starts when the result cannot be written.
 * @param option command-line option that named the file @throws SegueError FILE_UNREADABLE
 */
export async function requireWritable(path: string, option: string): Promise<void> {
  const refuse = (got: string, cause?: unknown): SegueError =>
    new SegueError('FILE_UNREADABLE', {
      got,
      expected: 'a file in an existing, writable folder',
      remedy: `Choose another file with ${option}`,
      cause,
    });
  try {
    await access(dirname(path), constants.W_OK);
  } catch (cause) {
    throw refuse(`Cannot write to the folder ${dirname(path)}`, cause);
  }
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory()) throw refuse(`${path} is a folder`);
}
