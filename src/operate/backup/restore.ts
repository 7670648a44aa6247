import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Value } from '#typebox/value';
import { SegueError } from '../../errors.ts';
import { Library } from '../../library/library.ts';
import { memberBytes, memberNames } from '../../sources/archive.ts';
import { BACKUP_VERSION, CONTENTS, type Contents, contentsSchema, DATABASES, KEY } from './format.ts';

/** Longest list of contents in bytes. */
const LONGEST_LIST = 256 << 20;

export interface RestoreReport {
  dir: string;
  createdAt: string;
  files: number;
  bytes: number;
  keys: boolean;
}

/**
 * Creates a library folder from a backup. Everything is unpacked and verified next to the folder, which then appears by a single rename, or not at
 * all.
 * @param dir must not exist, or be empty @throws SegueError ALREADY_EXISTS, FILE_UNREADABLE, FORMAT_NEWER
 */
export async function restoreBackup(file: string, dir: string): Promise<RestoreReport> {
  const target = resolve(dir);
  await refuseFull(dir);
  await mkdir(dirname(target), { recursive: true });
  const aside = join(dirname(target), `.${basename(target)}-restoring-${randomBytes(6).toString('hex')}`);
  try {
    const contents = await readContents(file);
    await mkdir(aside, { mode: 0o700 });
    for (const entry of contents.files) await unpack(file, entry, aside);
    if ((await (await Library.open(aside)).datasetId()) !== contents.dataset)
      throw damaged(file, 'the dataset is not the one it lists');
    await refuseFull(dir);
    await rmdir(target).catch(ifMissing);
    await rename(aside, target);
    const bytes = contents.files.reduce((sum, entry) => sum + entry.bytes, 0);
    const keys = contents.files.some(({ name }) => name === KEY);
    return { dir, createdAt: contents.createdAt, files: contents.files.length, bytes, keys };
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function refuseFull(dir: string): Promise<void> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new SegueError('FILE_UNREADABLE', { got: `${dir} is not a readable folder`, cause: error });
  });
  if (names.length > 0)
    throw new SegueError('ALREADY_EXISTS', {
      got: `The folder ${dir} is not empty`,
      expected: 'a folder that does not exist yet',
      remedy: 'Choose another folder with --library, or move this one',
    });
}

function ifMissing(error: NodeJS.ErrnoException): void {
  if (error.code === 'ENOENT') return;
  throw new SegueError('FILE_UNREADABLE', {
    got: `The folder cannot be replaced (${error.code})`,
    expected: 'a folder that is not a mount point',
    remedy: 'Choose a new folder inside it with --library',
    cause: error,
  });
}

const damaged = (file: string, what: string, cause?: unknown): SegueError =>
  new SegueError('FILE_UNREADABLE', {
    got: `The backup ${file} is damaged: ${what}`,
    expected: 'a file written by `segue backup`',
    remedy: 'Use another backup; nothing was restored',
    cause,
  });

async function readContents(file: string): Promise<Contents> {
  let contents: unknown;
  let names: string[];
  try {
    names = await memberNames(file);
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of memberBytes(file, CONTENTS, true)) {
      length += chunk.length;
      if (length > LONGEST_LIST) throw new Error('the list of contents is too long');
      chunks.push(chunk);
    }
    contents = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw damaged(file, 'the list of contents cannot be read', cause);
  }
  const version = (contents as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > BACKUP_VERSION)
    throw new SegueError('FORMAT_NEWER', {
      got: `The backup has version ${version}`,
      expected: `${BACKUP_VERSION} at most`,
      remedy: 'Update Segue',
    });
  if (!Value.Check(contentsSchema, contents)) throw damaged(file, 'the list of contents is invalid');
  const checked = contents as Contents;
  const listed = new Set([...checked.files.map(({ name }) => name), CONTENTS]);
  if (
    listed.size !== checked.files.length + 1 ||
    names.length !== listed.size ||
    !names.every((name) => listed.has(name))
  )
    throw damaged(file, 'its files differ from its list');
  return checked;
}

/** Unpacks one file, up to the size in the list of contents. */
async function unpack(file: string, { name, bytes, sha256 }: Contents['files'][number], into: string): Promise<void> {
  const path = join(into, name);
  await mkdir(dirname(path), { recursive: true });
  const isPrivate = name === KEY || DATABASES.includes(name);
  const output = await open(path, 'wx', isPrivate ? 0o600 : 0o644);
  try {
    const hash = createHash('sha256');
    let length = 0;
    const chunks = memberBytes(file, name, true);
    for (;;) {
      const { value, done } = await chunks.next().catch((cause: unknown) => {
        throw damaged(file, `${name} cannot be read`, cause);
      });
      if (done) break;
      length += value.length;
      if (length > bytes) throw damaged(file, `${name} is longer than listed`);
      hash.update(value);
      await output.writeFile(value);
    }
    if (length !== bytes || hash.digest('hex') !== sha256)
      throw damaged(file, `the checksum of ${name} does not match`);
    await output.sync();
  } finally {
    await output.close();
  }
}
