import { addBan } from '../../recommend/bans.ts';
import { allowedByBoth, allowedTracks } from '../../recommend/filters.ts';
import type { KnownTracks, Situation } from '../../recommend/situation.ts';
import type { State } from '../../recommend/state.ts';
import type { Profile } from './profile.ts';

interface Barred {
  readonly within: Uint8Array | null;
  /** Bans and dislikes. */
  readonly unwanted: KnownTracks;
  /** Those, and everything heard. */
  readonly heard: KnownTracks;
}

const kept = new WeakMap<Profile, { state: State; barred: Barred }>();

/**
 * What a listener must not be given: bans, dislikes, and when only new songs are wanted everything heard, in any version.
 * @param part the tracks that may be given at all
 */
export function barred(
  profile: Profile,
  onlyNew: boolean,
  part: (state: State) => Uint8Array | null = () => null,
): Pick<Situation, 'known' | 'within'> {
  return {
    known: (state) => (onlyNew ? barredIn(state, profile).heard : barredIn(state, profile).unwanted),
    within: (state) => allowedByBoth(barredIn(state, profile).within, part(state)),
  };
}

/** Worked out once for a profile and a state: a history has thousands of songs, a ban of a genre touches every track. */
function barredIn(state: State, profile: Profile): Barred {
  const known = kept.get(profile);
  if (known?.state === state) return known.barred;
  const tracks = new Set<number>();
  const artists = new Set<number>();
  const withoutGenres: string[] = [];
  for (const { kind, target } of profile.bans) {
    if (kind === 'genre') withoutGenres.push(target);
    else addBan(state, target, tracks, artists);
  }
  for (const song of profile.disliked) addBan(state, song, tracks, artists);
  const unwanted = withVersions(state, new Set(tracks));
  for (const song of profile.heard) addBan(state, song, tracks, artists);
  const { dataset, indexes } = state;
  const within = allowedTracks(dataset, { withoutGenres }, artists, indexes.named);
  const barred = { within, unwanted, heard: withVersions(state, tracks) };
  kept.set(profile, { state, barred });
  return barred;
}

function withVersions({ indexes }: State, tracks: ReadonlySet<number>): KnownTracks {
  const keys = new Set<string>();
  for (const track of tracks) for (const key of indexes.families.keysOf(track)) keys.add(key);
  return { tracks, keys };
}
