import { link, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hostTag, listDirectory } from './files.ts';

const PREVIOUS = '.previous';
let counter = 0;

/** Path of a model's previous version. @param path of the current one */
export const previousOf = (path: string): string => path + PREVIOUS;

/** Keeps the current version of a model as the previous one, replacing an older one. Readers of the current one are unaffected. */
export async function keepAsPrevious(path: string): Promise<void> {
  const second = secondName(path);
  try {
    await link(path, second);
  } catch (error) {
    // The first version has no predecessor.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  try {
    await rename(second, previousOf(path));
  } finally {
    // If both names already refer to the same file, rename does nothing.
    await rm(second, { force: true });
  }
}

/**
 * Swaps the current and the previous version. Readers always see one of them whole, even when this is interrupted; an interruption leaves an
 * additional copy of the former current version under a temporary name.
 */
export async function swapVersions(path: string): Promise<void> {
  const second = secondName(path);
  await link(path, second);
  await rename(previousOf(path), path);
  await rename(second, previousOf(path));
}

/** Removes every previous version: none matches renumbered data, and each may have learned from what was forgotten. */
export async function removePrevious(dir: string): Promise<void> {
  for (const name of await listDirectory(dir)) if (name.endsWith(PREVIOUS)) await rm(join(dir, name), { force: true });
}

/** A temporary name, removed with the temporary files of dead processes. */
const secondName = (path: string): string =>
  join(dirname(path), `.tmp-${process.pid}-${hostTag()}-version-${counter++}`);
