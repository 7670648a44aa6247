import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { datasetFile, derivedFile, modelFile } from './file-names.ts';
import { readShared } from './files.ts';
import { readOnDemand } from './on-demand.ts';

interface Begun {
  readonly mark: string;
  readonly bytes: Promise<Uint8Array | null>;
}

/** Files whose reading began before anybody asked for them, by path. */
const begun = new Map<string, Begun>();

/**
 * Begins to read the dataset, a model and what it derived, of a library that is about to be opened: all that opening it needs takes as long to load. What is
 * wrong with them is told by whoever opens the library.
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

/** The bytes of a file that is being read since before, once; null when it is not, or has been replaced since. */
export function takeEarly(path: string): Promise<Uint8Array | null> | null {
  const one = begun.get(path);
  begun.delete(path);
  return one && one.mark === markOf(path) ? one.bytes : null;
}

/** Lets go of what nobody has taken: another library was opened. */
export const dropEarly = (): void => begun.clear();

function markOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : null;
}
