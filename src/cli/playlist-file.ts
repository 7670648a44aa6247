import { readFile, stat } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { SegueError } from '../errors.ts';

const MOST_BYTES = 50 * 1024 * 1024;

/** Reads the text of a list of songs; `-` reads standard input. @throws SegueError FILE_UNREADABLE, BODY_TOO_LARGE */
export async function readPlaylistFile(path: string): Promise<string> {
  const content = path === '-' ? await text(process.stdin) : await readTextFile(path);
  if (content.includes('\u0000') || content.includes('\ufffd')) throw unreadable(path, 'is not text');
  if (content.trim() === '') throw unreadable(path, 'is empty');
  return content;
}

async function readTextFile(path: string): Promise<string> {
  let size: number;
  try {
    const found = await stat(path);
    if (!found.isFile()) throw unreadable(path, 'is not a file');
    size = found.size;
  } catch (cause) {
    if (cause instanceof SegueError) throw cause;
    throw unreadable(path, 'cannot be read', cause);
  }
  if (size > MOST_BYTES)
    throw new SegueError('BODY_TOO_LARGE', {
      got: `${path} is ${Math.round(size / 1e6)} MB`,
      expected: 'at most 50 MB',
      remedy: 'To add whole data sets to the library, use `segue import`',
    });
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw unreadable(path, 'cannot be read', cause);
  }
}

const unreadable = (path: string, how: string, cause?: unknown): SegueError =>
  new SegueError('FILE_UNREADABLE', {
    got: `${path === '-' ? 'Standard input' : path} ${how}`,
    expected: 'a text file with one song per line, or a CSV, M3U or JSON export',
    remedy: 'Check the path',
    cause,
  });
