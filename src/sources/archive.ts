import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

/** How long an archive stays open after its last use, in milliseconds: the next member is mostly asked for at once. */
const IDLE = 500;

interface OpenArchive {
  zip: ZipFile;
  entries: ReadonlyMap<string, Entry>;
  key: string;
  users: number;
  closing: NodeJS.Timeout | null;
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
    const stream = await opened.zip.openReadStreamPromise(entry, unpacked ? {} : { decodeFileData: false });
    let checksum = 0;
    for await (const chunk of stream) {
      if (unpacked) checksum = crc32(chunk as Uint8Array, checksum);
      yield chunk as Uint8Array;
    }
    if (unpacked && checksum !== entry.crc32 >>> 0) throw new Error(`the checksum of ${name} does not fit`);
  } finally {
    release(opened);
  }
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
  const { size, mtimeMs, ino } = await stat(archive);
  // A file that was replaced is another archive.
  const key = `${archive} ${size} ${mtimeMs} ${ino}`;
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

function release(opened: OpenArchive): void {
  if (--opened.users > 0) return;
  opened.closing = setTimeout(() => {
    open.delete(opened.key);
    opened.zip.close();
  }, IDLE);
  opened.closing.unref();
}

async function openArchive(archive: string, key: string): Promise<OpenArchive> {
  const zip = await openPromise(archive, { lazyEntries: true, autoClose: false });
  try {
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
    return { zip, entries, key, users: 0, closing: null };
  } catch (error) {
    zip.close();
    throw error;
  }
}
