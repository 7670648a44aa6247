import type { RecommendRequest } from '../../recommend/request.ts';
import type { ProfileSong } from './profile.ts';

/** Loved songs as seeds. */
export const asSeeds = (songs: readonly ProfileSong[]): NonNullable<RecommendRequest['seeds']> =>
  songs.map(({ uri, love }) => ({ track: uri, weight: Math.max(0.05, Math.min(1, love)) }));
