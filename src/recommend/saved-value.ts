import { SegueError } from '../errors.ts';
import type { Derived } from '../library/file-names.ts';
import type { LibraryApi } from '../library/library-types.ts';

/**
 * Reads what a library saved beside a dataset; null when there is nothing for this dataset and version. A damaged file is ignored, with a warning.
 * @param view makes the value from the file's bytes; null when they belong to something else
 */
export async function savedValue<T>(
  files: Partial<Pick<LibraryApi, 'loadDerived'>>,
  kind: Derived,
  datasetId: string,
  view: (bytes: Uint8Array) => T | null | Promise<T | null>,
): Promise<T | null> {
  try {
    const bytes = await files.loadDerived?.(kind, datasetId);
    return bytes ? await view(bytes) : null;
  } catch (error) {
    if (error instanceof SegueError) process.emitWarning(`${error.got}. It is built again.`, { code: error.code });
    return null;
  }
}
