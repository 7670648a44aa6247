import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { SegueError } from '../../errors.ts';
import { lockLibrary } from '../../library/lock.ts';
import { readManifest } from '../../library/manifest.ts';
import { BACKUP_VERSION, CONTENTS, type Contents, DATABASES, KEY, plainFiles } from './format.ts';

/** Members of at least this size need zip's 64-bit form. */
const LARGE = 0xff000000;

export interface BackupReport {
  file: string;
  files: number;
  bytes: number;
  /** Whether it contains the key of the connections, with which anybody who has the file can use their sign-ins. */
  keys: boolean;
}

/**
 * Copies a library with its embedded stores into one zip. The copy is consistent even while a server answers and writes: the library is locked
 * against changes, and SQLite copies its own files. The archive appears whole or not at all, readable by its owner only.
 * @param withKeys also includes the key to the saved sign-ins of connections
 * @throws SegueError LIBRARY_BUSY, LIBRARY_EMPTY, ALREADY_EXISTS, FILE_UNREADABLE, USAGE
 */
export async function writeBackup(dir: string, file: string, withKeys = false): Promise<BackupReport> {
  const target = resolve(file);
  if (!relative(resolve(dir), target).startsWith('..'))
    throw new SegueError('USAGE', { got: `${file} is inside the library`, expected: 'a path outside the library' });
  if (existsSync(target))
    throw new SegueError('ALREADY_EXISTS', { got: `${file} already exists`, remedy: 'Choose another file name' });
  if (!existsSync(dir)) throw new SegueError('LIBRARY_EMPTY', { got: `There is no library ${dir}` });
  if (!existsSync(dirname(target)))
    throw new SegueError('FILE_UNREADABLE', {
      got: `There is no folder ${dirname(file)}`,
      expected: 'an existing folder',
    });
  const unlock = lockLibrary(dir);
  // Next to the backup, where there must be room anyway, and inaccessible to others.
  const aside = await mkdtemp(join(dirname(target), '.segue-backup-'));
  try {
    const sources = (await plainFiles(dir)).map((name) => ({ name, path: join(dir, name) }));
    for (const name of DATABASES.filter((name) => existsSync(join(dir, name)))) {
      const path = join(aside, name);
      const database = new DatabaseSync(join(dir, name), { readOnly: true });
      try {
        await copyDatabase(database, path);
      } finally {
        database.close();
      }
      sources.push({ name, path });
    }
    const keys = withKeys && existsSync(join(dir, KEY));
    if (keys) sources.push({ name: KEY, path: join(dir, KEY) });
    const { dataset } = await readManifest(dir);
    const archive = join(aside, randomBytes(6).toString('hex'));
    const contents = await writeArchive(archive, sources, dataset);
    await rename(archive, target);
    return { file, files: contents.files.length, bytes: (await stat(target)).size, keys };
  } finally {
    await rm(aside, { recursive: true, force: true });
    unlock();
  }
}

async function writeArchive(
  path: string,
  sources: readonly { name: string; path: string }[],
  dataset: string | null,
): Promise<Contents> {
  const contents: Contents = {
    format: 'segue-backup',
    version: BACKUP_VERSION,
    createdAt: new Date().toISOString(),
    dataset,
    files: [],
  };
  const zip = new ZipFile();
  const broken = new Promise<never>((_, reject) => {
    zip.on('error', reject);
  });
  for (const { name, path: from } of sources) {
    const size = (await stat(from)).size;
    // The numbers in models and segments hardly compress.
    const options = { compress: !/\.(?:bin|seg|model)$/.test(name), forceZip64Format: size > LARGE };
    zip.addReadStreamLazy(name, options, (done) => {
      const hash = createHash('sha256');
      let bytes = 0;
      const counted = new Transform({
        transform(chunk: Buffer, _encoding, next) {
          hash.update(chunk);
          bytes += chunk.length;
          next(null, chunk);
        },
        flush(next) {
          contents.files.push({ name, bytes, sha256: hash.digest('hex') });
          next();
        },
      });
      const input = createReadStream(from);
      input.on('error', (error) => counted.destroy(error));
      done(null, input.pipe(counted));
    });
  }
  // Created lazily, when everything before it has been counted.
  zip.addReadStreamLazy(CONTENTS, (done) => done(null, Readable.from([Buffer.from(JSON.stringify(contents))])));
  zip.end();
  await Promise.race([pipeline(zip.outputStream, createWriteStream(path, { mode: 0o600, flags: 'wx' })), broken]);
  const written = await open(path, 'r+');
  try {
    await written.sync();
  } finally {
    await written.close();
  }
  return contents;
}
