import type { Dataset } from '../dataset/dataset.ts';
import type { Asked } from './ask.ts';
import type { RecommendRequest } from './request.ts';

/** What `auto` allows. */
const AUTOMATIC = 3;

/** Most tracks of one artist that a list may hold; undefined = no limit, as when all liked seeds are by one artist and `auto` is asked for. */
export function perArtistLimit(
  dataset: Dataset,
  { perArtist }: Pick<RecommendRequest, 'perArtist'>,
  { query }: Pick<Asked, 'query'>,
): number | undefined {
  if (perArtist !== 'auto') return perArtist;
  const artists = new Set<number>();
  query.seeds.forEach((seed, i) => {
    if (query.weights[i]! > 0) artists.add(dataset.mainArtist(seed));
  });
  // One seed asks for songs like it; several by one artist ask for that artist.
  return query.seeds.length > 1 && artists.size === 1 && query.title === '' ? undefined : AUTOMATIC;
}
