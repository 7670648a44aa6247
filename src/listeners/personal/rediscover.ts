import type { Profile, ProfileSong } from './profile.ts';

const DAY = 86_400_000;
/** A song that was not played for so long is a rediscovery. */
const FORGOTTEN_DAYS = 45;

/**
 * Songs that the listener loved and has not played for a while, by love at the time × how long ago (log), the strongest first.
 */
export function forgottenFavourites(profile: Profile): ProfileSong[] {
  const { latest } = profile;
  if (latest === null) return [];
  const since = (song: ProfileSong): number => (latest - (song.lastAt ?? latest)) / DAY;
  const strength = (song: ProfileSong): number => song.everLoved * Math.log1p(since(song) / FORGOTTEN_DAYS);
  return profile.songs
    .filter((song) => song.lastAt !== null && since(song) >= FORGOTTEN_DAYS)
    .sort((a, b) => strength(b) - strength(a) || a.track - b.track);
}
