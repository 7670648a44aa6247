import type { RecommendRequest } from '../api/types.ts';
import type { Query } from './query.ts';

/** The request body for a query; fields at their default are omitted, so equal queries have equal bodies. */
export function toRequest(query: Query): RecommendRequest {
  const body: RecommendRequest = { n: query.n, details: true };
  if (query.seeds.length > 0)
    body.seeds = query.seeds.map((s) => (s.weight === 1 ? { track: s.uri } : { track: s.uri, weight: s.weight }));
  const title = query.title.trim();
  if (title) body.text = title;
  if (title && query.without.length > 0) body.without = query.without;
  if (query.model) body.model = query.model;
  if (query.bans.length > 0) body.exclude = query.bans.map((b) => b.id);
  const filters: NonNullable<RecommendRequest['filters']> = { ...query.filters };
  if (query.explicit !== null) filters.explicit = query.explicit;
  if (query.genres.length > 0) filters.genres = query.genres;
  if (query.withoutGenres.length > 0) filters.withoutGenres = query.withoutGenres;
  // An active dial rejects unknown values unless the person chooses otherwise.
  if (Object.keys(filters).length > 0) body.filters = { ...filters, keepUnknown: query.keepUnknown };
  if (query.balance > 0) body.balance = query.balance;
  if (query.perArtist !== null) body.perArtist = query.perArtist;
  if (query.diversity > 0) body.diversity = query.diversity;
  if (query.adventure > 0) body.adventure = query.adventure;
  if (query.order !== 'score') body.order = query.order;
  if (Object.keys(query.options).length > 0) body.options = query.options;
  return body;
}
