import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, openSync, read } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, createZstdDecompress, gunzip } from 'node:zlib';
import { SegueError } from '../errors.ts';
import { memberBytes, memberNames, memberSize, memberStream } from './archive.ts';

/**
 * Reading of files as people have them: plain, `.gz`, `.zst`, or a member of a `.zip`, unpacked as they are read.
 * An input is named by its path; a member by `archive.zip!name/in/archive`, of an archive in an archive by `outer.zip!inner.zip!name`.
 */
const MEMBER = /^(.*\.zip)!(.+)$/is;
/** What archives of Apple systems carry beside the data, and hidden files. */
const JUNK = /(^|\/)(__MACOSX\/|\.)/;
/** Files that are packed themselves. */
const PACKED = /\.(gz|zst)$/i;
const CHUNK = 1 << 20;
/** Resolution of file times on FAT, the coarsest in use, in milliseconds. */
const TICK = 2000;
/** Maximum number of bytes of one file in memory: a V8 string has at most 2²⁹ − 24 characters. MPD slices have 34 MB. */
export const MOST_WHOLE = 2 ** 29 - 24;

/** The input's name for people: without folders, a member with its archive's name. */
export function inputName(input: string): string {
  const member = /^(.*?\.zip)!(.+)$/is.exec(input);
  return member ? `${basename(member[1]!)}!${member[2]!}` : basename(input);
}

/** A file with the wrong contents, with a description of what was found. */
export function unreadable(input: string, got: string, expected?: string, cause?: unknown): SegueError {
  return new SegueError('FILE_UNREADABLE', {
    got: `${inputName(input)} ${got}`,
    expected,
    remedy: 'Check the file, or download it again',
    cause,
  });
}

/**
 * The inputs behind the paths: files as they are, folders and zip archives by the members whose names fit, in natural order
 * (slice 2000 before slice 10000). @param expected what fits, in words @throws SegueError FILE_UNREADABLE
 */
export async function listInputs(paths: readonly string[], fits: RegExp, expected: string): Promise<string[]> {
  const inputs = new Set<string>();
  for (const path of paths) {
    const found = await listPath(path, fits);
    if (found.length === 0) {
      throw new SegueError('FILE_UNREADABLE', {
        got: `${path} contains no matching file`,
        expected,
        remedy: 'Check the path, or name the files directly',
      });
    }
    for (const input of found.sort(natural)) inputs.add(input);
  }
  return [...inputs];
}

/** Compares names so that numbers in them count as numbers. */
export function natural(a: string, b: string): number {
  order ??= new Intl.Collator('en', { numeric: true });
  return order.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** Made with the first names: servers start without it. */
let order: Intl.Collator | null = null;

async function listPath(path: string, fits: RegExp): Promise<string[]> {
  try {
    if ((await stat(path)).isDirectory()) {
      const inputs: string[] = [];
      for (const name of await readdir(path)) {
        if (JUNK.test(name)) continue;
        if (/\.zip$/i.test(name)) inputs.push(...(await archiveInputs(join(path, name), fits)));
        else if (fits.test(name)) inputs.push(join(path, name));
      }
      return inputs;
    }
  } catch (cause) {
    throw fileError(path, cause);
  }
  return /\.zip$/i.test(path) ? archiveInputs(path, fits) : [path];
}

/** The members of an archive whose names fit, in the order of its directory. @throws SegueError FILE_UNREADABLE */
export async function archiveInputs(path: string, fits: RegExp): Promise<string[]> {
  try {
    return (await memberNames(path))
      .filter((name) => fits.test(name) && !JUNK.test(name))
      .map((name) => `${path}!${name}`);
  } catch (cause) {
    throw fileError(path, cause);
  }
}

/** Bytes that the input takes on the disk. */
export async function inputSize(input: string): Promise<number> {
  const member = MEMBER.exec(input);
  try {
    if (!member) return (await stat(input)).size;
    return await memberSize(member[1]!, member[2]!);
  } catch (cause) {
    throw fileError(input, cause);
  }
}

/**
 * What the file system says of each input, as a digest: path, device, inode, size and the times of the last change of content and of inode, in
 * nanoseconds; of a member, those of its archive. A file that was changed in place has another one even when its old time of change was set
 * again, for nobody can set the inode's. Null for a file that changed so lately that a further change could leave the same times.
 * @throws SegueError FILE_UNREADABLE
 */
export async function inputMarks(inputs: readonly string[]): Promise<(string | null)[]> {
  // An archive is asked once, not for each of its members.
  const seen = new Map<string, Promise<string | null>>();
  const markOf = async (input: string): Promise<string | null> => {
    const path = /^(.*?\.zip)!.+$/is.exec(input)?.[1] ?? input;
    if (!seen.has(path)) seen.set(path, timesOf(path, input));
    const times = await seen.get(path)!;
    if (times === null) return null;
    return createHash('sha256')
      .update(`${resolve(input)}\n${times}`)
      .digest('hex')
      .slice(0, 32);
  };
  return Promise.all(inputs.map(markOf));
}

async function timesOf(path: string, input: string): Promise<string | null> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    const changed = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
    return Date.now() - changed < TICK ? null : [dev, ino, size, mtimeNs, ctimeNs].join('\n');
  } catch (cause) {
    throw fileError(input, cause);
  }
}

/** SHA-256 and size of the bytes on the disk (for a member of an archive: of its packed bytes). */
export async function hashInput(input: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const take = (chunk: Uint8Array): void => {
    hash.update(chunk);
    bytes += chunk.length;
  };
  try {
    const member = MEMBER.exec(input);
    if (member) {
      for await (const chunk of memberBytes(member[1]!, member[2]!, false)) take(chunk);
    } else await readThrough(input, take);
  } catch (cause) {
    throw fileError(input, cause);
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** The unpacked bytes, as they come. @throws SegueError FILE_UNREADABLE */
export async function* streamInput(input: string): AsyncGenerator<Uint8Array> {
  try {
    const member = MEMBER.exec(input);
    if (member && !PACKED.test(input)) yield* memberBytes(member[1]!, member[2]!, true);
    else
      yield* member
        ? unpack(member[2]!, memberStream(member[1]!, member[2]!))
        : unpack(input, createReadStream(input, { highWaterMark: CHUNK }));
  } catch (cause) {
    throw fileError(input, cause);
  }
}

/** The unpacked bytes as one buffer. @param most bytes that are accepted */
export async function readInput(input: string, most: number): Promise<Buffer> {
  if (!MEMBER.test(input) && !PACKED.test(input) && (await inputSize(input)) <= most) {
    return readFile(input).catch((cause: unknown) => Promise.reject(fileError(input, cause)));
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of streamInput(input)) {
    size += chunk.length;
    if (size > most) throw tooLarge(input, most);
    chunks.push(chunk);
  }
  return chunks.length === 1
    ? Buffer.from(chunks[0]!.buffer, chunks[0]!.byteOffset, size)
    : Buffer.concat(chunks, size);
}

/**
 * A whole file as it lies on the disk, in as few steps as can be, so that a busy thread has it soon; null for a member of an archive and
 * for a file of more than MOST_WHOLE bytes. @throws SegueError FILE_UNREADABLE
 */
export async function readPacked(input: string): Promise<Buffer<ArrayBuffer> | null> {
  if (MEMBER.test(input)) return null;
  try {
    const file = openSync(input, 'r');
    try {
      const { size } = fstatSync(file);
      if (size > MOST_WHOLE) return null;
      const bytes = Buffer.allocUnsafeSlow(size);
      let at = 0;
      while (at < size) {
        const { bytesRead } = await readPart(file, bytes, at, size - at, at);
        if (bytesRead === 0) throw new Error('it became shorter while being read');
        at += bytesRead;
      }
      return bytes;
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw fileError(input, cause);
  }
}

/** The same as hashInput of a file that was read; worked out beside the calling thread. */
export async function hashPacked(packed: Uint8Array<ArrayBuffer>): Promise<{ sha256: string; bytes: number }> {
  const digest = await crypto.subtle.digest('SHA-256', packed);
  return { sha256: Buffer.from(digest).toString('hex'), bytes: packed.length };
}

/** The same as readInput of a file that was read, beside the calling thread. @throws SegueError FILE_UNREADABLE */
export async function unpackPacked(input: string, packed: Buffer): Promise<Buffer> {
  if (!/\.gz$/i.test(input)) return packed;
  // A .gz file ends with the size of what it unpacks to, which makes one piece of it; nothing unpacks to more than 1,032 times its size.
  const hint = packed.length >= 18 ? packed.readUInt32LE(packed.length - 4) : 0;
  const chunkSize = Math.min(hint, packed.length * 1032, MOST_WHOLE) + CHUNK / 16;
  try {
    return await unzip(packed, { chunkSize, maxOutputLength: MOST_WHOLE });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(input, MOST_WHOLE);
    throw fileError(input, cause);
  }
}

const readPart = promisify(read);
const unzip = promisify<Buffer, { chunkSize: number; maxOutputLength: number }, Buffer>(gunzip);

const tooLarge = (input: string, most: number): SegueError =>
  unreadable(input, `is larger than ${most >> 20} MB unpacked`, 'one file of a data set');

async function* unpack(name: string, stream: Readable): AsyncGenerator<Uint8Array> {
  // An error of the packed stream ends the unpacked one with it.
  const unpacker = /\.gz$/i.test(name)
    ? createGunzip({ chunkSize: CHUNK })
    : /\.zst$/i.test(name)
      ? createZstdDecompress({ chunkSize: CHUNK })
      : null;
  const bytes = unpacker ? pipeline(stream, unpacker, () => {}) : stream;
  for await (const chunk of bytes) yield chunk as Uint8Array;
}

/** The bytes of a file in one buffer again and again: a stream would leave a new one behind for each piece. */
async function readThrough(path: string, take: (chunk: Uint8Array) => void): Promise<void> {
  const file = await open(path, 'r');
  try {
    const buffer = new Uint8Array(CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK);
      if (bytesRead === 0) return;
      take(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

function fileError(input: string, cause: unknown): SegueError {
  if (cause instanceof SegueError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOENT')
    return new SegueError('FILE_UNREADABLE', { got: `${input} does not exist`, remedy: 'Check the path', cause });
  if (code === 'EACCES') return unreadable(input, 'cannot be read by this account', undefined, cause);
  if (code === 'EISDIR') return unreadable(input, 'is a folder', 'a file', cause);
  if (code === 'Z_BUF_ERROR') return unreadable(input, 'is truncated', 'a complete file', cause);
  if (code?.startsWith('Z_') || code?.startsWith('ZSTD_'))
    return unreadable(input, 'is damaged or not compressed as its name says', undefined, cause);
  return unreadable(input, `cannot be read (${message})`, undefined, cause);
}
