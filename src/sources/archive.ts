import { closeSync, openSync, write } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { type Entry, fromFdPromise, openPromise, type ZipFile } from 'yauzl';

/** The most bytes of an archive in an archive: the parts of a Takeout have at most 2 GB unless more is asked for. */
const MOST_INNER = 2 * 2 ** 30;

/** Members of at most so many bytes, packed and unpacked, are read at once: for thousands of them streams would take most of the time. */
const SMALL = { packed: 1 << 20, unpacked: 8 << 20 };
const STORED = 0;
const DEFLATED = 8;

/** How long an archive stays open after its last use, in milliseconds: the next member is mostly asked for at once. */
const IDLE = 500;

interface OpenArchive {
  zip: ZipFile;
  entries: ReadonlyMap<string, Entry>;
  key: string;
  users: number;
  closing: NodeJS.Timeout | null;
  /** The small member that was read last, as it lies in the archive: after its hash its content is mostly asked for. */
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

/** The bytes of a member as they come: unpacked and checked against its checksum, or as they lie in the archive. */
export async function* memberBytes(archive: string, name: string, unpacked: boolean): AsyncGenerator<Uint8Array> {
  const opened = await acquire(archive);
  try {
    const entry = entryOf(opened, name);
    if (isSmall(entry)) {
      const packed = await packedMember(opened, entry);
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

/** Whether it is small, and packed in a way that is unpacked here; whatever else there is the library reads or refuses. */
const isSmall = ({ compressedSize, uncompressedSize, compressionMethod, generalPurposeBitFlag }: Entry): boolean =>
  compressedSize <= SMALL.packed &&
  uncompressedSize <= SMALL.unpacked &&
  (compressionMethod === STORED || compressionMethod === DEFLATED) &&
  (generalPurposeBitFlag & 1) === 0;

async function packedMember(opened: OpenArchive, entry: Entry): Promise<Buffer> {
  if (opened.last?.name === entry.fileName) return opened.last.packed;
  const chunks: Buffer[] = [];
  for await (const chunk of await opened.zip.openReadStreamPromise(entry, { decodeFileData: false }))
    chunks.push(chunk as Buffer);
  const packed = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  opened.last = { name: entry.fileName, packed };
  return packed;
}

async function unpackMember(entry: Entry, packed: Buffer): Promise<Buffer> {
  const size = entry.uncompressedSize;
  const unpacked =
    entry.compressionMethod === STORED
      ? packed
      : await inflate(packed, { maxOutputLength: size + 1, chunkSize: Math.max(size + 1, LEAST_CHUNK) });
  if (unpacked.length !== size) throw new Error(`${entry.fileName} in it has another size than its directory says`);
  checkSum(entry, crc32(unpacked));
  return unpacked;
}

const inflate = promisify<Buffer, { maxOutputLength: number; chunkSize: number }, Buffer>(inflateRaw);
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
  const key = await keyOf(archive);
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

/** The parts of `outer.zip!inner.zip`, null for an archive of its own. */
function innerArchive(archive: string): { outer: string; name: string } | null {
  const lower = archive.toLowerCase();
  const at = lower.lastIndexOf('.zip!');
  return at < 0 || !lower.endsWith('.zip')
    ? null
    : { outer: archive.slice(0, at + '.zip'.length), name: archive.slice(at + '.zip!'.length) };
}

async function keyOf(archive: string): Promise<string> {
  const inner = innerArchive(archive);
  if (inner) return `${await keyOf(inner.outer)}!${inner.name}`;
  const { size, mtimeMs, ino } = await stat(archive);
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
  const options = { lazyEntries: true, autoClose: false };
  const zip = await (inner ? openInner(inner.outer, inner.name, options) : openPromise(archive, options));
  try {
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
    return { zip, entries, key, users: 0, closing: null, last: null };
  } catch (error) {
    zip.close();
    throw error;
  }
}

/**
 * Opens an archive that lies in another one. Its directory is at its end, so it is unpacked to a file that has no name and ends with its
 * descriptor, whatever becomes of this process.
 */
async function openInner(outer: string, name: string, options: { autoClose: boolean }): Promise<ZipFile> {
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
    return await fromFdPromise(file, options);
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
