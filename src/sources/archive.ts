import { closeSync, openSync, readSync, statSync, write } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32, inflateRaw, inflateRawSync } from 'node:zlib';
import { type Entry, fromFdPromise, type ZipFile } from 'yauzl';

/** The most bytes of an archive in an archive: the parts of a Takeout have at most 2 GB unless more is asked for. */
const MOST_INNER = 2 * 2 ** 30;

/** Members of at most this many bytes, packed and unpacked, are read whole: with thousands of them, streams would take most of the time. */
const SMALL = { packed: 1 << 20, unpacked: 8 << 20 };
/** Up to this many bytes are unpacked here: waking another thread would take longer. */
const TINY = 1 << 18;
const STORED = 0;
const DEFLATED = 8;

/** How long an archive stays open after its last use, in milliseconds: the next member is mostly asked for at once. */
const IDLE = 500;

interface OpenArchive {
  zip: ZipFile;
  file: number;
  entries: ReadonlyMap<string, Entry>;
  key: string;
  users: number;
  closing: NodeJS.Timeout | null;
  /** The small member read last, packed: its hash and its contents are usually requested one after the other. */
  last: { name: string; packed: Buffer } | null;
}

/** Archives that are open, each once, whatever the number of members that are read: opening reads the whole directory of the archive. */
const open = new Map<string, Promise<OpenArchive>>();

/** Names of the members in the order of the archive's directory. */
export const memberNames = (archive: string): Promise<string[]> =>
  withArchive(archive, async ({ entries }) => [...entries.keys()]);

/** Bytes that a member takes in the archive. */
export const memberSize = (archive: string, name: string): Promise<number> =>
  withArchive(archive, async (opened) => entryOf(opened, name).compressedSize);

/** The bytes of a member, streamed: unpacked and checked against its checksum, or packed. */
export async function* memberBytes(archive: string, name: string, unpacked: boolean): AsyncGenerator<Uint8Array> {
  const opened = await acquire(archive);
  try {
    const entry = entryOf(opened, name);
    if (isSmall(entry)) {
      const packed = packedMember(opened, entry);
      yield unpacked ? await unpackMember(entry, packed) : packed;
      return;
    }
    const stream = await opened.zip.openReadStreamPromise(entry, unpacked ? {} : { decodeFileData: false });
    let checksum = 0;
    for await (const chunk of stream) {
      if (unpacked) checksum = crc32(chunk as Uint8Array, checksum);
      yield chunk as Uint8Array;
    }
    if (unpacked) checkSum(entry, checksum);
  } finally {
    release(opened);
  }
}

/** Whether it is small and packed by a method that is unpacked here; the zip library reads or refuses all others. */
const isSmall = ({ compressedSize, uncompressedSize, compressionMethod, generalPurposeBitFlag }: Entry): boolean =>
  compressedSize <= SMALL.packed &&
  uncompressedSize <= SMALL.unpacked &&
  (compressionMethod === STORED || compressionMethod === DEFLATED) &&
  (generalPurposeBitFlag & 1) === 0;

function packedMember(opened: OpenArchive, entry: Entry): Buffer {
  if (opened.last?.name === entry.fileName) return opened.last.packed;
  const { relativeOffsetOfLocalHeader: at, compressedSize: size } = entry;
  // One call usually reads both: the header repeats the name and has few extra fields.
  const read = readAt(opened.file, at, LOCAL.bytes + entry.fileNameLength + LOCAL.further + size);
  if (read.length < LOCAL.bytes || read.readUInt32LE(0) !== LOCAL.signature)
    throw new Error(`no member begins where its directory says ${entry.fileName} does`);
  const start = LOCAL.bytes + read.readUInt16LE(LOCAL.name) + read.readUInt16LE(LOCAL.extra);
  const packed =
    start + size <= read.length ? read.subarray(start, start + size) : readAt(opened.file, at + start, size);
  if (packed.length < size) throw new Error(`${entry.fileName} in it goes on behind its end`);
  opened.last = { name: entry.fileName, packed };
  return packed;
}

/** Bytes of a file; fewer where it ends. Called for few: a call that waits for no other thread takes a tenth of the time. */
function readAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let done = 0;
  while (done < length) {
    const read = readSync(file, bytes, done, length - done, at + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}

async function unpackMember(entry: Entry, packed: Buffer): Promise<Buffer> {
  const size = entry.uncompressedSize;
  const options = { maxOutputLength: size + 1, chunkSize: Math.max(size + 1, LEAST_CHUNK) };
  const unpacked =
    entry.compressionMethod === STORED
      ? packed
      : size <= TINY
        ? inflateRawSync(packed, options)
        : await inflate(packed, options);
  if (unpacked.length !== size) throw new Error(`${entry.fileName} in it has another size than its directory says`);
  checkSum(entry, crc32(unpacked));
  return unpacked;
}

const inflate = promisify<Buffer, { maxOutputLength: number; chunkSize: number }, Buffer>(inflateRaw);
/** The local header of a member: its size without name and extra fields, its signature, and the positions of their lengths. */
const LOCAL = { bytes: 30, signature: 0x04034b50, name: 26, extra: 28, further: 64 };
/** The smallest that zlib takes. */
const LEAST_CHUNK = 64;

function checkSum(entry: Entry, checksum: number): void {
  if (checksum !== entry.crc32 >>> 0) throw new Error(`the checksum of ${entry.fileName} does not fit`);
}

/** The same as a stream, for what unpacks further. */
export const memberStream = (archive: string, name: string): Readable =>
  Readable.from(memberBytes(archive, name, true), { objectMode: false });

function entryOf({ entries }: OpenArchive, name: string): Entry {
  const entry = entries.get(name);
  if (!entry) throw new Error(`the archive has no member ${name}`);
  return entry;
}

async function withArchive<T>(archive: string, use: (opened: OpenArchive) => Promise<T>): Promise<T> {
  const opened = await acquire(archive);
  try {
    return await use(opened);
  } finally {
    release(opened);
  }
}

async function acquire(archive: string): Promise<OpenArchive> {
  const key = keyOf(archive);
  let opening = open.get(key);
  if (!opening) {
    opening = openArchive(archive, key);
    open.set(key, opening);
    opening.catch(() => open.delete(key));
  }
  const opened = await opening;
  // Between the opening and here it cannot have closed: that takes a user first, and a pause.
  opened.users++;
  if (opened.closing) clearTimeout(opened.closing);
  opened.closing = null;
  return opened;
}

/** The parts of `outer.zip!inner.zip`; null for an archive that is not inside another. */
function innerArchive(archive: string): { outer: string; name: string } | null {
  const lower = archive.toLowerCase();
  const at = lower.lastIndexOf('.zip!');
  return at < 0 || !lower.endsWith('.zip')
    ? null
    : { outer: archive.slice(0, at + '.zip'.length), name: archive.slice(at + '.zip!'.length) };
}

function keyOf(archive: string): string {
  const inner = innerArchive(archive);
  if (inner) return `${keyOf(inner.outer)}!${inner.name}`;
  const { size, mtimeMs, ino } = statSync(archive);
  // A file that was replaced is another archive.
  return `${archive} ${size} ${mtimeMs} ${ino}`;
}

function release(opened: OpenArchive): void {
  if (--opened.users > 0) return;
  opened.closing = setTimeout(() => {
    open.delete(opened.key);
    opened.zip.close();
  }, IDLE);
  opened.closing.unref();
}

async function openArchive(archive: string, key: string): Promise<OpenArchive> {
  const inner = innerArchive(archive);
  const file = inner ? await unpackInner(inner.outer, inner.name) : openSync(archive, 'r');
  const zip = await zipOf(file);
  try {
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
    return { zip, file, entries, key, users: 0, closing: null, last: null };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/** The archive in an open file, which is closed with it. */
async function zipOf(file: number): Promise<ZipFile> {
  try {
    return await fromFdPromise(file, { lazyEntries: true, autoClose: false });
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/**
 * Unpacks an archive that lies in another one. Its directory is at its end, so it is unpacked to a file that has no name and ends with its
 * descriptor, whatever becomes of this process.
 */
async function unpackInner(outer: string, name: string): Promise<number> {
  const size = await withArchive(outer, async (opened) => entryOf(opened, name).uncompressedSize);
  if (size > MOST_INNER) throw new Error(`the archive ${name} in it has more than ${MOST_INNER >> 20} MB`);
  const file = await namelessFile();
  try {
    let written = 0;
    for await (const chunk of memberBytes(outer, name, true)) {
      // Nothing but an archive is worth unpacking: a few megabytes of zeros unpack to gigabytes.
      if (written === 0 && !(chunk[0] === 0x50 && chunk[1] === 0x4b))
        throw new Error(`${name} in it is not a zip archive`);
      for (let at = 0; at < chunk.length; ) at += (await writePart(file, chunk, at)).bytesWritten;
      written += chunk.length;
    }
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

const writePart = promisify(write);

/** @returns a descriptor to read and write, of a file that only this process has */
async function namelessFile(): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'segue-archive-'));
  try {
    return openSync(join(dir, 'inner.zip'), 'wx+', 0o600);
  } finally {
    await rm(dir, { recursive: true });
  }
}
