import { SegueError } from '../../errors.ts';
import { inputName } from '../input.ts';
import { mbidOf } from '../music-ids.ts';

/** Cells of a table by the names of its columns. */
export interface OpenColumns {
  /** The file's name, for messages. */
  readonly name: string;
  has(name: string): boolean;
  /** The trimmed cell; '' when the column or the cell is missing. */
  text(cells: readonly string[], name: string): string;
  /** The MusicBrainz id in the cell; null without one. */
  mbid(cells: readonly string[], name: string): string | null;
}

/** @param header the first row @param needed columns that must be there @throws SegueError COLUMNS_MISSING naming those that are not */
export function openColumns(
  file: string,
  header: readonly string[] | undefined,
  needed: readonly string[],
): OpenColumns {
  const places = new Map(
    (header ?? []).map((name, i) => [
      name
        .trim()
        .toLowerCase()
        .replace(/^\ufeff/, ''),
      i,
    ]),
  );
  const missing = needed.filter((name) => !places.has(name));
  if (missing.length > 0)
    throw new SegueError('COLUMNS_MISSING', {
      got: `${inputName(file)} has no column ${missing.join(', ')}`,
      expected: `the columns ${needed.join(', ')}`,
      remedy: 'Check that this is the file of the published set',
    });
  const text = (cells: readonly string[], name: string): string => {
    const place = places.get(name);
    return place === undefined ? '' : (cells[place]?.trim() ?? '');
  };
  return {
    name: inputName(file),
    has: (name) => places.has(name),
    text,
    mbid: (cells, name) => mbidOf(text(cells, name)),
  };
}
