import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writePieces } from '../dataset/container.ts';
import { takeEarly } from './early-files.ts';
import { type Derived, derivedFile, derivedName } from './file-names.ts';
import { listDirectory, readShared, writeWhole } from './files.ts';
import { type Manifest, readManifest } from './manifest.ts';

/** What kind of derived data a file of a library's folder holds; null when it is another file. */
const kindOf = (name: string): string | null =>
  /^(search|titles|model-[a-z0-9-]+)-[0-9a-f]+\.bin$/.exec(name)?.[1] ?? null;

/** Whether a file of a library's folder is derived data. */
export const isDerivedFile = (name: string): boolean => kindOf(name) !== null;

/** The saved bytes, in shared memory; null when there are none. */
export async function readDerived(dir: string, kind: Derived, id: string): Promise<Uint8Array | null> {
  const path = derivedFile(dir, kind, id);
  return takeEarly(path) ?? readShared(path, false);
}

/**
 * Saves what was made of a state in place of what was made of others, without the library's lock: the name tells the state, and whoever replaces a
 * merged dataset removes what was made of earlier ones.
 * @returns whether it was saved
 */
export async function saveDerived(
  dir: string,
  kind: Derived,
  id: string,
  pieces: () => readonly Uint8Array[],
): Promise<boolean> {
  const isCurrent = ({ dataset }: Manifest): boolean => dataset === id;
  if (!isCurrent(await readManifest(dir))) return false;
  const name = derivedName(kind, id);
  await writeWhole(dir, async (file) => {
    await writePieces(file, pieces());
    return { name, value: undefined };
  });
  // Whoever replaced the state meanwhile may have looked before the file had its name.
  if (!isCurrent(await readManifest(dir))) {
    await rm(join(dir, name), { force: true });
    return false;
  }
  // Those of this kind that increments have outdated.
  for (const other of await listDirectory(dir))
    if (kindOf(other) === kind && other !== name) await rm(join(dir, other), { force: true });
  return true;
}
