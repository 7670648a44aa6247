import type { Dataset } from '../../dataset/dataset.ts';
import { genreWords } from '../../features/genre-words.ts';
import type { Reason } from '../model.ts';
import type { NamedInTitle } from './title-entity-index.ts';

/** "You named Drake": the title names the track's artist or, failing that, one of the artist's genres. @param artist −1 = unknown */
export function namedReason(dataset: Dataset, named: NamedInTitle, artist: number): Omit<Reason, 'share'> | null {
  if (artist < 0) return null;
  if (named.artists.has(artist))
    return { kind: 'title', text: `You named ${dataset.artists.names.get(artist)}`, artists: [artist] };
  const { ptr, idx } = dataset.artists.genres;
  const genre = idx.subarray(ptr[artist]!, ptr[artist + 1]!).find((g) => named.genres.has(g));
  return genre === undefined ? null : { kind: 'title', text: `You named ${genreWords(dataset.genres.id(genre))}` };
}
