import type { Profile, ProfileSong } from './profile.ts';

const DAY = 86_400_000;
/** Least time without a play that makes a song a rediscovery. */
const FORGOTTEN_DAYS = 45;

/**
 * Songs that the listener once loved and has not played for a while, ordered by how much they loved them × the logarithm of how long ago.
 */
export function forgottenFavourites(profile: Profile): ProfileSong[] {
  const { latest } = profile;
  if (latest === null) return [];
  const strengths = new Map<ProfileSong, number>();
  for (const song of profile.songs) {
    const since = (latest - (song.lastAt ?? latest)) / DAY;
    if (since >= FORGOTTEN_DAYS) strengths.set(song, song.everLoved * Math.log1p(since / FORGOTTEN_DAYS));
  }
  return [...strengths]
    .sort(([a, strengthA], [b, strengthB]) => strengthB - strengthA || a.track - b.track)
    .map(([song]) => song);
}
