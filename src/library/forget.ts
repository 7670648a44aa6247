import { SegueError } from '../errors.ts';
import { inputName } from '../sources/input.ts';
import type { ManifestSegment } from './manifest.ts';

/** What to forget: files by name, of one source or any; no names = all files of the source. */
export interface ForgetChoice {
  readonly files: readonly string[];
  readonly source?: string;
}

const MOST_NAMED = 6;

/**
 * Divides the library's segments into those to forget and the rest. Files are named as in `segue info`; leading folders are ignored. @throws
 * SegueError USAGE, NOT_FOUND, LIBRARY_EMPTY
 */
export function partSegments(
  segments: readonly ManifestSegment[],
  { files, source }: ForgetChoice,
): { forgotten: ManifestSegment[]; rest: ManifestSegment[] } {
  if (files.length === 0 && source === undefined)
    throw new SegueError('USAGE', {
      got: 'No files were given',
      expected: 'names of imported files, or --source for all files from a source',
      remedy: 'See `segue info` for the names',
    });
  if (segments.length === 0)
    throw new SegueError('LIBRARY_EMPTY', { got: 'The library is empty, so there is nothing to remove' });
  const eligible = segments.filter((segment) => source === undefined || segment.source === source);
  if (eligible.length === 0)
    throw new SegueError('NOT_FOUND', {
      got: `The library holds nothing from the source "${source}"`,
      expected: `one of ${[...new Set(segments.map((segment) => segment.source))].join(', ')}`,
    });
  for (const file of files) {
    if (eligible.some((segment) => isNamed(segment, file))) continue;
    const names = [...new Set(eligible.map((segment) => segment.file))];
    const shown = names.slice(0, MOST_NAMED).join(', ');
    throw new SegueError('NOT_FOUND', {
      got: `The library has no file "${file}"${source === undefined ? '' : ` from the source "${source}"`}`,
      expected: names.length > MOST_NAMED ? `one of its ${names.length} files: ${shown}, …` : `one of ${shown}`,
      remedy: 'See `segue info --json` for all of them',
    });
  }
  const forgotten = eligible.filter((segment) => files.length === 0 || files.some((file) => isNamed(segment, file)));
  return { forgotten, rest: segments.filter((segment) => !forgotten.includes(segment)) };
}

const isNamed = (segment: ManifestSegment, file: string): boolean =>
  segment.file === file || segment.file === inputName(file);
