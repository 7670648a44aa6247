import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { type FromFile, readPersonal, recognise } from '../../src/sources/personal/read-personal.ts';
import type { PersonalRow } from '../../src/sources/personal/rows.ts';
import { Tally } from '../../src/sources/personal/tally.ts';

/** Writes files under a folder; @returns the path of the first. */
export async function writeExport(dir: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), content);
  }
  return join(dir, Object.keys(files)[0]!);
}

/** A zip archive of these files. */
export async function zipExport(path: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  return path;
}

export interface ReadExport {
  rows: PersonalRow[];
  formats: string[];
  causes: Record<string, number>;
  aside: readonly string[];
  from: FromFile[];
}

/** Reads everything in the given paths. */
export async function readExport(paths: readonly string[], options: { incognito?: boolean } = {}): Promise<ReadExport> {
  const found = await recognise(paths);
  const tally = new Tally();
  const from: FromFile[] = [];
  for await (const row of readPersonal(found.files, { ...options, tally })) from.push(row);
  return {
    rows: from.map(({ row }) => row),
    formats: [...new Set(found.files.map(({ format }) => format.id))],
    causes: Object.fromEntries(tally.list().map(({ cause, count }) => [cause, count])),
    aside: found.aside,
    from,
  };
}
