import type { RecommendRequest } from '../../recommend/request.ts';
import type { Profile, ProfileSong } from './profile.ts';

/** What the API takes. */
const MOST_EXCLUDED = 10_000;

/** What a listener must not be given, as a request says it: bans, dislikes, and when only new songs are wanted everything heard. */
export function barred(
  profile: Profile,
  options: { onlyNew: boolean; also?: Iterable<string> },
): Pick<RecommendRequest, 'exclude' | 'filters'> {
  const exclude = new Set<string>();
  const withoutGenres: string[] = [];
  for (const { kind, target } of profile.bans) {
    if (kind === 'genre') withoutGenres.push(target);
    else exclude.add(target);
  }
  for (const song of profile.disliked) exclude.add(song);
  for (const song of options.also ?? []) exclude.add(song);
  if (options.onlyNew) for (const song of profile.heard) if (exclude.size < MOST_EXCLUDED) exclude.add(song);
  return {
    exclude: [...exclude].slice(0, MOST_EXCLUDED),
    ...(withoutGenres.length > 0 && { filters: { withoutGenres: withoutGenres.slice(0, 50) } }),
  };
}

/** Loved songs as seeds. */
export const asSeeds = (songs: readonly ProfileSong[]): NonNullable<RecommendRequest['seeds']> =>
  songs.map(({ uri, love }) => ({ track: uri, weight: Math.max(0.05, Math.min(1, love)) }));
