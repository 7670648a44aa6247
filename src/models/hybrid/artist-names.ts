import type { Dataset } from '../../dataset/dataset.ts';
import { normaliseName } from '../../dataset/normalise.ts';
import { StringColumn } from '../../dataset/strings.ts';
import { Vocabulary } from '../../dataset/vocabulary.ts';

const WORD = /[\p{L}\p{N}&']+/gu;
/** Shorter one-word artist names match by chance. */
const SHORTEST = 3;

export const wordsOf = (text: string): string[] => normaliseName(text).match(WORD) ?? [];

/**
 * Look-up table of artists by name: the distinct names as bytes, and the artists of each, ascending: `artists[ptr[name] … ptr[name + 1]]`. Threads
 * may share it.
 */
export interface ArtistNames {
  readonly heap: Uint8Array;
  readonly offsets: Uint32Array;
  readonly table: Int32Array;
  readonly ptr: Int32Array;
  readonly artists: Int32Array;
}

/** @param entries per artist; artists without entries are left out */
export function artistNames({ artists }: Dataset, entries: Float32Array): ArtistNames {
  const numbers = new Map<string, number>();
  const nameOf = new Int32Array(entries.length).fill(-1);
  const counts: number[] = [];
  for (let artist = 0; artist < entries.length; artist++) {
    if (entries[artist] === 0) continue;
    const name = wordsOf(artists.names.get(artist)).join(' ');
    if (name.length < SHORTEST) continue;
    let number = numbers.get(name);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(name, number);
      counts.push(0);
    }
    nameOf[artist] = number;
    counts[number]!++;
  }
  const ptr = new Int32Array(counts.length + 1);
  for (let name = 0; name < counts.length; name++) ptr[name + 1] = ptr[name]! + counts[name]!;
  const next = ptr.slice();
  const byName = new Int32Array(ptr[counts.length]!);
  for (let artist = 0; artist < nameOf.length; artist++)
    if (nameOf[artist]! >= 0) byName[next[nameOf[artist]!]!++] = artist;
  const { heap, offsets } = StringColumn.from(numbers.keys());
  const { table } = new Vocabulary(new StringColumn(heap, offsets));
  return { heap, offsets, table, ptr, artists: byName };
}

const known = new WeakMap<Dataset, ArtistNames>();

/** Makes `artistNamesOf` return these names for a dataset from now on. */
export const useArtistNames = (dataset: Dataset, names: ArtistNames): void => void known.set(dataset, names);

/** The names given to `useArtistNames`, or else newly made ones. */
export const artistNamesOf = (dataset: Dataset, entries: Float32Array): ArtistNames =>
  known.get(dataset) ?? artistNames(dataset, entries);
