import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SegueError } from '../errors.ts';
import { writeFileWhole } from './files.ts';
import type { LibraryCounts } from './library-types.ts';

/** Version of the library's layout; newer ones are rejected. */
export const LIBRARY_VERSION = 2;

/** One imported file or part, stored as a segment. Segments are merged in the order of import, which determines all numbers. */
export interface ManifestSegment {
  /** File name in `segments/`. */
  segment: string;
  source: string;
  file: string;
  sha256: string;
  /** True when it contains owners: within an import, these are merged first. */
  owners: boolean;
  /** True when it did not come from a file: the next one with this source and name replaces it. */
  part?: boolean;
  /** True when another has replaced it: its songs and the numbers of its owners stay, its entries do not. */
  replaced?: boolean;
}

/** The state of a library, replaced as a whole, so readers see one state or the next. */
export interface Manifest {
  version: number;
  /** Id of the state, a hash chain over its segments; null while there is no data. */
  dataset: string | null;
  /** Id of the merged dataset, file `dataset-<id>.bin`, which contains the first `merged` segments; readers apply the others to it. */
  base: string | null;
  merged: number;
  /** Counts of the whole state; null when they have not been computed since the last increment. */
  catalogueId: string | null;
  counts: LibraryCounts | null;
  segments: ManifestSegment[];
}

export const emptyManifest = (): Manifest => ({
  version: LIBRARY_VERSION,
  dataset: null,
  base: null,
  merged: 0,
  catalogueId: null,
  counts: null,
  segments: [],
});

/** @throws SegueError FILE_UNREADABLE, FORMAT_NEWER */
export async function readManifest(dir: string): Promise<Manifest> {
  const path = join(dir, 'manifest.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return emptyManifest();
    throw new SegueError('FILE_UNREADABLE', {
      got: `The library ${dir} cannot be read (${code ?? 'unknown reason'})`,
      expected: 'a folder',
      remedy: 'Choose another folder with --library',
      cause,
    });
  }
  const manifest = parse(text);
  if (!manifest) {
    throw new SegueError('FILE_UNREADABLE', {
      got: `${path} is damaged`,
      expected: "a library's manifest",
      remedy: 'Import the sources again into a new folder',
    });
  }
  if (manifest.version > LIBRARY_VERSION) {
    throw new SegueError('FORMAT_NEWER', {
      got: `The library ${dir} has format version ${manifest.version}`,
      expected: `at most ${LIBRARY_VERSION}`,
      remedy: 'Update Segue, or choose another folder with --library',
    });
  }
  return manifest;
}

export async function writeManifest(dir: string, manifest: Manifest): Promise<void> {
  await writeFileWhole(join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
}

/** A newer version may contain anything, so only its version is read. */
function parse(text: string): Manifest | null {
  try {
    const value = JSON.parse(text) as Partial<Manifest> | null;
    if (typeof value?.version !== 'number') return null;
    if (value.version > LIBRARY_VERSION) return { ...emptyManifest(), version: value.version };
    const isId = (id: unknown): boolean => id === null || (typeof id === 'string' && /^[0-9a-f]+$/.test(id));
    if (
      !isId(value.dataset) ||
      !Array.isArray(value.segments) ||
      !value.segments.every((s) => /^[\w.-]+$/.test(s?.segment ?? '') && typeof s.sha256 === 'string')
    )
      return null;
    // In version 1 the dataset contained everything.
    if (value.version === 1) return { ...(value as Manifest), base: value.dataset!, merged: value.segments.length };
    const { merged } = value;
    const sound = isId(value.base) && Number.isInteger(merged) && merged! >= 0 && merged! <= value.segments.length;
    return sound ? (value as Manifest) : null;
  } catch {
    return null;
  }
}
