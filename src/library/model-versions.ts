import { link, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hostTag, listDirectory } from './files.ts';

const PREVIOUS = '.previous';
let counter = 0;

/** Where the version before a model's current one is kept. @param path of the current one */
export const previousOf = (path: string): string => path + PREVIOUS;

/** Keeps the current version of a model beside it as the previous one, in place of an older one. Readers of the current one notice nothing. */
export async function keepAsPrevious(path: string): Promise<void> {
  const second = secondName(path);
  try {
    await link(path, second);
  } catch (error) {
    // The first version has none before it.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    await rename(second, previousOf(path));
  } finally {
    // Where both names stand for one file already, the system renames nothing.
    await rm(second, { force: true });
  }
}

/**
 * The current and the previous version change places. Readers see one or the other whole, whenever this stops; a stop in between leaves the version
 * that was current under a temporary name as well.
 */
export async function swapVersions(path: string): Promise<void> {
  const second = secondName(path);
  await link(path, second);
  await rename(previousOf(path), path);
  await rename(second, previousOf(path));
}

/** Removes every previous version: none fits data that was numbered anew, and each may have learned from what was forgotten. */
export async function removePrevious(dir: string): Promise<void> {
  for (const name of await listDirectory(dir)) if (name.endsWith(PREVIOUS)) await rm(join(dir, name), { force: true });
}

/** Cleared with the temporary files of dead processes. */
const secondName = (path: string): string =>
  join(dirname(path), `.tmp-${process.pid}-${hostTag()}-version-${counter++}`);
