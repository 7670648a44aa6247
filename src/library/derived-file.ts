import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writePieces } from '../dataset/container.ts';
import { takeEarly } from './early-files.ts';
import { type Derived, derivedFile, derivedName } from './file-names.ts';
import { listDirectory, readShared, writeWhole } from './files.ts';
import { type Manifest, readManifest } from './manifest.ts';

/** The kind of derived data in a file of a library's folder; null for other files. */
const kindOf = (name: string): string | null =>
  /^(search|titles|model-[a-z0-9-]+)-[0-9a-f]+\.bin$/.exec(name)?.[1] ?? null;

/** Whether a file in a library's folder is derived data. */
export const isDerivedFile = (name: string): boolean => kindOf(name) !== null;

/** The saved bytes, in shared memory; null when there are none. */
export async function readDerived(dir: string, kind: Derived, id: string): Promise<Uint8Array | null> {
  const path = derivedFile(dir, kind, id);
  return takeEarly(path) ?? readShared(path, false);
}

/**
 * Saves data derived from a state, replacing that of other states, without the library's lock: the name identifies the state, and whoever replaces a
 * merged dataset removes the data derived from earlier ones.
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
  // Whoever replaced the state meanwhile may have cleaned up before this file had its name.
  if (!isCurrent(await readManifest(dir))) {
    await rm(join(dir, name), { force: true });
    return false;
  }
  // Remove those of this kind that increments have made obsolete.
  for (const other of await listDirectory(dir))
    if (kindOf(other) === kind && other !== name) await rm(join(dir, other), { force: true });
  return true;
}
