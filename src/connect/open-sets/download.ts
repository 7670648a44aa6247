import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SegueError, throwIfCancelled } from '../../errors.ts';
import type { OnProgress } from '../../math/progress.ts';
import type { Outgoing } from '../network.ts';
import type { OpenSet } from './sets.ts';

export interface DownloadOptions {
  /** Makes the request; the set's origin must be declared. */
  readonly outgoing: Outgoing;
  /** Folder that takes the file. */
  readonly dir: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** Folder of a library for downloads, which can be fetched again. */
export const DOWNLOADS = 'downloads';
const ATTEMPTS = 5;

/**
 * Downloads a set's file unless it is there, and checks it against the published hash. What an interrupted download has is kept beside it as
 * `<file>.part`, and the next call continues behind it. @returns the path
 * @throws SegueError SERVICE_AWAY, SERVICE_ANSWER if the publisher's file has changed, CANCELLED
 */
export async function download(set: OpenSet, { outgoing, dir, signal, onProgress }: DownloadOptions): Promise<string> {
  const path = join(dir, set.file);
  const part = `${path}.part`;
  await mkdir(dir, { recursive: true });
  if ((await sizeOf(path)) > 0 && (await hashOf(path, set)) === set.hash.hex) return path;
  for (let attempt = 1; ; attempt++) {
    try {
      await fetchRest(set, part, outgoing, signal, onProgress);
      break;
    } catch (error) {
      throwIfCancelled(signal, 'The download');
      if (!(error instanceof SegueError) || error.code !== 'SERVICE_AWAY') throw error;
      if (attempt === ATTEMPTS)
        throw new SegueError('SERVICE_AWAY', {
          got: error.got,
          remedy: 'Check the network, then run the same command again: it continues where it stopped',
        });
    }
  }
  if ((await hashOf(part, set)) !== set.hash.hex) {
    await rm(part);
    throw new SegueError('SERVICE_ANSWER', {
      got: `${new URL(set.url).origin} sent a file whose ${set.hash.algorithm} differs from the published one`,
      remedy:
        'Nothing was imported and the file was removed. Try again; if it happens again, the publisher may have changed the set',
    });
  }
  await rename(part, path);
  return path;
}

/** Appends to the part what it lacks. */
async function fetchRest(
  set: OpenSet,
  part: string,
  outgoing: Outgoing,
  signal: AbortSignal | undefined,
  onProgress: OnProgress | undefined,
): Promise<void> {
  const url = new URL(set.url);
  const have = await sizeOf(part);
  const response = await outgoing(url, { signal, ...(have > 0 && { headers: { range: `bytes=${have}-` } }) });
  // 416: nothing follows what is here, so it is complete or wrong; the hash decides.
  if (response.status === 416) return void (await response.body?.cancel());
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new SegueError('SERVICE_ANSWER', {
      got: `${url.origin} answered ${response.status}`,
      remedy: 'Try again later, or download the file with a browser and import it by hand',
    });
  }
  // A server that knows no ranges sends all of it again.
  const from = response.status === 206 ? have : 0;
  const file = await open(part, from > 0 ? 'a' : 'w');
  try {
    let done = from;
    for await (const chunk of response.body) {
      throwIfCancelled(signal, 'The download');
      done += chunk.length;
      if (done > 2 * set.bytes)
        throw new SegueError('SERVICE_ANSWER', {
          got: `${url.origin} sends far more than the ${set.bytes.toLocaleString('en')} bytes of the set`,
          remedy: 'Nothing was imported',
        });
      await file.write(chunk);
      onProgress?.({ fraction: Math.min(1, done / set.bytes), note: `downloading ${set.file}` });
    }
    await file.sync();
  } catch (error) {
    if (error instanceof SegueError) throw error;
    throwIfCancelled(signal, 'The download');
    throw new SegueError('SERVICE_AWAY', {
      got: `${url.origin} cut the connection`,
      cause: error,
    });
  } finally {
    await file.close();
  }
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

async function hashOf(path: string, { hash }: OpenSet): Promise<string> {
  const digest = createHash(hash.algorithm);
  for await (const chunk of createReadStream(path)) digest.update(chunk as Uint8Array);
  return digest.digest('hex');
}
