import { addBan } from '../../recommend/bans.ts';
import { allowedByBoth, allowedTracks } from '../../recommend/filters.ts';
import type { KnownTracks, Situation } from '../../recommend/situation.ts';
import type { State } from '../../recommend/state.ts';
import type { Profile } from './profile.ts';

/** The parts of a profile that exclude songs from a listener's recommendations. */
export type Known = Pick<Profile, 'heard' | 'disliked' | 'bans'>;

interface Barred {
  readonly within: Uint8Array | null;
  /** Bans and dislikes. */
  readonly unwanted: KnownTracks;
  /** Bans, dislikes and everything heard. */
  readonly heard: KnownTracks;
}

const knownBy = new WeakMap<Profile, Known>();

/** The same object for the same profile, so that what is derived from it is computed once. */
export function knownOf(profile: Profile): Known {
  let known = knownBy.get(profile);
  if (!known) {
    const { heard, disliked, bans } = profile;
    knownBy.set(profile, (known = { heard, disliked, bans }));
  }
  return known;
}

const kept = new WeakMap<Known, { state: State; barred: Barred }>();

/**
 * Tracks excluded from a listener's recommendations: bans, dislikes and, when only new songs are wanted, everything heard, in any version.
 * @param part the tracks that may be recommended at all
 */
export function barred(
  known: Known,
  onlyNew: boolean,
  part: (state: State) => Uint8Array | null = () => null,
): Pick<Situation, 'known' | 'within'> {
  return {
    known: (state) => (onlyNew ? barredIn(state, known).heard : barredIn(state, known).unwanted),
    within: (state) => allowedByBoth(barredIn(state, known).within, part(state)),
  };
}

/** Computed once per object and state: a history has thousands of songs, and a banned genre affects every track. */
function barredIn(state: State, of: Known): Barred {
  const before = kept.get(of);
  if (before?.state === state) return before.barred;
  const tracks = new Set<number>();
  const artists = new Set<number>();
  const withoutGenres: string[] = [];
  for (const { kind, target } of of.bans) {
    if (kind === 'genre') withoutGenres.push(target);
    else addBan(state, target, tracks, artists);
  }
  for (const song of of.disliked) addBan(state, song, tracks, artists);
  const unwanted = withVersions(state, new Set(tracks));
  for (const song of of.heard) addBan(state, song, tracks, artists);
  const { dataset, indexes } = state;
  const within = allowedTracks(dataset, { withoutGenres }, artists, indexes.named);
  const barred = { within, unwanted, heard: withVersions(state, tracks) };
  kept.set(of, { state, barred });
  return barred;
}

function withVersions({ indexes }: State, tracks: ReadonlySet<number>): KnownTracks {
  const keys = new Set<string>();
  for (const track of tracks) for (const key of indexes.families.keysOf(track)) keys.add(key);
  return { tracks, keys };
}
