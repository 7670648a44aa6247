import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Type } from '#typebox';
import { DOWNLOADS } from '../../connect/open-sets/download.ts';
import { storeFile } from '../../connect/store-file.ts';
import { keyFile } from '../../connect/vault.ts';
import { isDerivedFile } from '../../library/derived-file.ts';
import { readManifest } from '../../library/manifest.ts';
import { DATABASE_FILE } from '../../listeners/store/sqlite.ts';

/** Version of the backup's layout; newer ones are rejected. */
export const BACKUP_VERSION = 1;
/** The list of contents, the last member of the archive. */
export const CONTENTS = 'segue-backup.json';
/** Databases, which SQLite itself copies, because a plain copy of a database in use is inconsistent. */
export const DATABASES: readonly string[] = [DATABASE_FILE, basename(storeFile('.'))];
export const KEY = basename(keyFile('.'));

/** Relative names of plain parts: no `..`, nothing hidden, no separators of other systems. */
const NAME = '^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*){0,8}$';

export const contentsSchema = Type.Object(
  {
    format: Type.Literal('segue-backup'),
    version: Type.Integer({ minimum: 1 }),
    createdAt: Type.String({ maxLength: 40 }),
    dataset: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
    files: Type.Array(
      Type.Object(
        {
          name: Type.String({ pattern: NAME, maxLength: 1000 }),
          bytes: Type.Integer({ minimum: 0 }),
          sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
        },
        { additionalProperties: false },
      ),
      { maxItems: 1_000_000 },
    ),
  },
  { additionalProperties: false },
);

export interface Contents {
  format: 'segue-backup';
  version: number;
  createdAt: string;
  dataset: string | null;
  files: { name: string; bytes: number; sha256: string }[];
}

/**
 * The plain files of a library that belong in a backup: no locks, temporary files, downloads, databases, keys, or data that the manifest no longer
 * names.
 */
export async function plainFiles(dir: string): Promise<string[]> {
  const manifest = await readManifest(dir);
  const used = new Set(manifest.segments.map(({ segment }) => `segments/${segment}`));
  const names = await walk(dir, '');
  return names.filter((name) => {
    if (/^dataset-.*\.bin$/.test(name)) return name === `dataset-${manifest.base}.bin`;
    // Can be derived again from the dataset.
    if (isDerivedFile(name)) return false;
    if (name.startsWith('segments/')) return used.has(name);
    // Large, and can be downloaded again.
    if (name.startsWith(`${DOWNLOADS}/`)) return false;
    // The current version of a model suffices.
    if (name.startsWith('models/') && !name.endsWith('.model')) return false;
    return name !== KEY && name !== CONTENTS && !/^lock/.test(name) && !DATABASES.some((file) => name.startsWith(file));
  });
}

async function walk(dir: string, prefix: string): Promise<string[]> {
  const names: string[] = [];
  for (const part of (await readdir(join(dir, prefix))).sort()) {
    const name = prefix === '' ? part : `${prefix}/${part}`;
    const found = await lstat(join(dir, name)).catch(() => null);
    if (part.startsWith('.') || !found) continue;
    if (found.isDirectory()) names.push(...(await walk(dir, name)));
    else if (found.isFile() && new RegExp(NAME).test(name)) names.push(name);
  }
  return names;
}
