import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SegueError } from '../errors.ts';

/** Largest file that the page may upload; `segue import` has no limit. */
export const MAX_UPLOAD = 2_000_000_000;

/** An uploaded file to be imported, in a folder of its own that only this user can read. */
export interface Upload {
  readonly path: string;
  discard(): Promise<void>;
}

/** The last part of a name, without characters that are special in paths or terminals. */
export function uploadName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const safe = last.replace(/[^\p{L}\p{N} ._()-]/gu, '_').replace(/^\.+/, '');
  return safe.slice(-120) || 'upload';
}

/**
 * Streams a body to disk and counts its bytes.
 * @param body undefined if the request has none @throws SegueError BODY_TOO_LARGE, USAGE when it is empty; nothing is left behind then
 */
export async function receive(body: Readable | undefined, name: string, limit = MAX_UPLOAD): Promise<Upload> {
  if (!body) throw emptyFile();
  const parent = join(tmpdir(), 'segue-uploads');
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const dir = await mkdtemp(join(parent, 'file-'));
  const discard = (): Promise<void> => rm(dir, { recursive: true, force: true });
  const path = join(dir, uploadName(name));
  let bytes = 0;
  try {
    await pipeline(
      body,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > limit)
            throw new SegueError('BODY_TOO_LARGE', {
              got: `The file is larger than ${Math.round(limit / 1e6).toLocaleString('en')} MB`,
              remedy: 'Import it on the command line with `segue import`',
            });
          yield chunk;
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    );
    if (bytes === 0) throw emptyFile();
    return { path, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

const emptyFile = (): SegueError =>
  new SegueError('USAGE', { got: 'The file is empty', expected: 'a file with songs' });
