import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { datasetFile, derivedFile, modelFile } from './file-names.ts';
import { readShared } from './files.ts';
import { readOnDemand } from './on-demand.ts';

interface Begun {
  readonly mark: string;
  readonly bytes: Promise<Uint8Array | null>;
}

/** Files whose reading was started before they were requested, by path. */
const begun = new Map<string, Begun>();

/**
 * Starts reading the dataset, a model and its derived data of a library that is about to be opened, because loading the code to open it takes about
 * as long. Errors are reported when the library is opened.
 */
export function readEarly(dir: string, model: string, byRows: ReadonlySet<string>): void {
  begin(modelFile(dir, model), (path) => readOnDemand(path, byRows));
  const read = (path: string): Promise<Uint8Array | null> => readShared(path, false);
  try {
    const { base, dataset } = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as Record<string, unknown>;
    if (isId(base)) begin(datasetFile(dir, base), read);
    if (isId(dataset)) begin(derivedFile(dir, `model-${model}`, dataset), read);
  } catch {
    // Without a library there is nothing to read.
  }
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]+$/.test(value);

function begin(path: string, read: (path: string) => Promise<Uint8Array | null>): void {
  const mark = markOf(path);
  if (mark === null) return;
  const bytes = read(path);
  bytes.catch(() => {});
  begun.set(path, { mark, bytes });
}

/** The bytes of a file whose reading was started earlier, once; null when it was not started, or the file has been replaced since. */
export function takeEarly(path: string): Promise<Uint8Array | null> | null {
  const one = begun.get(path);
  begun.delete(path);
  return one && one.mark === markOf(path) ? one.bytes : null;
}

/** Releases what was not taken: another library was opened. */
export const dropEarly = (): void => begun.clear();

function markOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : null;
}
