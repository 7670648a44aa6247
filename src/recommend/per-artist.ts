import type { Dataset } from '../dataset/dataset.ts';
import type { Asked } from './ask.ts';
import type { RecommendRequest } from './request.ts';
import type { FreeText } from './words/free-text.ts';
import { asksForArtist } from './words/one-artist.ts';

/** The limit for `auto`. */
const AUTOMATIC = 3;

/**
 * Maximum tracks per artist in a list. undefined = no limit, as for `auto` when the query is about one artist: all liked seeds are theirs, the title
 * names nothing else ("best of Drake"), or the words say "by Drake".
 */
export function perArtistLimit(
  dataset: Dataset,
  { perArtist }: Pick<RecommendRequest, 'perArtist'>,
  { query }: Pick<Asked, 'query'>,
  text: Pick<FreeText, 'parts'> | null = null,
): number | undefined {
  if (perArtist !== 'auto') return perArtist;
  if (text?.parts.some(({ demand }) => demand.kind === 'artist' && demand.how === 'only')) return undefined;
  const artists = new Set<number>();
  query.seeds.forEach((seed, i) => {
    if (query.weights[i]! > 0) artists.add(dataset.mainArtist(seed));
  });
  if (artists.size === 0) return asksForArtist(dataset, query.title) ? undefined : AUTOMATIC;
  // A single seed asks for similar songs; several by one artist ask for that artist.
  return query.seeds.length > 1 && artists.size === 1 && query.title === '' ? undefined : AUTOMATIC;
}
