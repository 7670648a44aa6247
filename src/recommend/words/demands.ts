import { AUDIO_FEATURES } from '../../dataset/audio-features.ts';
import type { Dataset } from '../../dataset/dataset.ts';
import { artistNumbers } from '../describe.ts';
import { allowedTracks } from '../filters.ts';
import type { Filters } from '../request.ts';
import type { FeatureBound } from './lexicon.ts';
import type { Demand } from './understand.ts';
import type { YearRange } from './years.ts';

type Range = NonNullable<Filters['year']>;

const DIMENSION = AUDIO_FEATURES.length;
/** Number of an artist's songs used as seeds for "like …". */
const SEEDS_OF_ARTIST = 5;

/** Whether the data for a demand is known for any song: a library without years cannot look for a decade. */
export function canJudge({ tracks, genres }: Dataset, demand: Demand): boolean {
  if (demand.kind === 'years') return tracks.year.some((year) => year >= 0);
  if (demand.kind === 'popularity') return tracks.popularity.some((popularity) => popularity >= 0);
  if (demand.kind === 'explicit') return tracks.explicit.some((explicit) => explicit >= 0);
  if (demand.kind === 'genre') return genres.size > 0;
  if (demand.kind === 'artist') return true;
  const wanted = demand.kind === 'tempo' ? ['tempo'] : demand.bounds.map(({ feature }) => feature);
  return wanted.every((id) => {
    const feature = AUDIO_FEATURES.findIndex((f) => f.id === id);
    for (let at = feature; at < tracks.features.length; at += DIMENSION)
      if (!Number.isNaN(tracks.features[at]!)) return true;
    return false;
  });
}

/**
 * Combines the demands: one of several genres or artists suffices, all moods must hold, and decades span the years between them. What the text
 * requires must be known of a song; only popularity lets unknown values pass.
 */
export function filtersOf(demands: readonly Demand[]): Filters {
  const of = <K extends Demand['kind']>(kind: K) =>
    demands.filter((demand): demand is Extract<Demand, { kind: K }> => demand.kind === kind);
  const year = yearsOf(of('years').map(({ range }) => range));
  const tempo = together(of('tempo'));
  const popularity = together(of('popularity'));
  const wanted = of('genre').filter(({ never }) => !never);
  const barred = of('genre').filter(({ never }) => never);
  const only = of('explicit').at(-1);
  return {
    ...(year && { year }),
    ...(tempo && { tempo }),
    ...(popularity && { popularity }),
    ...(only && { explicit: only.allowed }),
    ...(wanted.length > 0 && { genres: wanted.flatMap(({ genres }) => genres) }),
    ...(barred.length > 0 && { withoutGenres: barred.flatMap(({ genres }) => genres) }),
    // A song with no known genre does not count as one of an unwanted genre.
    keepUnknown: wanted.length > 0 ? ['popularity', 'explicit'] : ['popularity', 'explicit', 'genres'],
  };
}

/** Decades and years widen each other; "since" and "before" narrow the result. */
function yearsOf(ranges: readonly YearRange[]): Range | null {
  if (ranges.length === 0) return null;
  const closed = ranges.filter(({ from, to }) => from !== undefined && to !== undefined);
  const open = ranges.filter(({ from, to }) => from === undefined || to === undefined);
  const hull: Range[] =
    closed.length === 0
      ? []
      : [{ from: Math.min(...closed.map(({ from }) => from!)), to: Math.max(...closed.map(({ to }) => to!)) }];
  return together([...hull, ...open]);
}

/** The intersection of all ranges; null when there is none. */
function together(ranges: readonly Range[]): Range | null {
  if (ranges.length === 0) return null;
  const from = Math.max(...ranges.map((range) => range.from ?? Number.NEGATIVE_INFINITY));
  const to = Math.min(...ranges.map((range) => range.to ?? Number.POSITIVE_INFINITY));
  return { ...(Number.isFinite(from) && { from }), ...(Number.isFinite(to) && { to }) };
}

/** One byte per track, 1 = meets all demands; null when there are no demands on the songs themselves. */
export function tracksMeeting(dataset: Dataset, demands: readonly Demand[]): Uint8Array | null {
  const allowed = allowedTracks(dataset, filtersOf(demands), artistsOf(demands, 'never'));
  const bounds = demands.flatMap((demand) => (demand.kind === 'mood' ? demand.bounds : []));
  const only = artistsOf(demands, 'only');
  if (bounds.length === 0 && only.size === 0) return allowed;
  const features = bounds.map(({ feature }) => AUDIO_FEATURES.findIndex(({ id }) => id === feature));
  const met = allowed ?? new Uint8Array(dataset.tracks.count).fill(1);
  for (let t = 0; t < met.length; t++) {
    if (met[t] === 0) continue;
    const fits = bounds.every((bound, i) => within(bound, dataset.feature(t, features[i]!)));
    if (!fits || (only.size > 0 && !artistNumbers(dataset, t).some((artist) => only.has(artist)))) met[t] = 0;
  }
  return met;
}

/** An unknown value does not pass. */
const within = ({ from, to }: FeatureBound, value: number): boolean =>
  value >= (from ?? Number.NEGATIVE_INFINITY) && value <= (to ?? Number.POSITIVE_INFINITY);

function artistsOf(demands: readonly Demand[], how: 'only' | 'like' | 'never'): Set<number> {
  return new Set(demands.flatMap((demand) => (demand.kind === 'artist' && demand.how === how ? demand.artists : [])));
}

/** A few of the most popular songs of each artist that the list should resemble. */
export function seedsLike(dataset: Dataset, demands: readonly Demand[]): number[] {
  const groups = demands.flatMap((demand) =>
    demand.kind === 'artist' && demand.how === 'like' ? [demand.artists] : [],
  );
  if (groups.length === 0) return [];
  const groupOf = new Map(groups.flatMap((artists, g) => artists.map((artist) => [artist, g] as const)));
  const songs: number[][] = groups.map(() => []);
  for (let t = 0; t < dataset.tracks.count; t++)
    for (const artist of artistNumbers(dataset, t)) {
      const group = groupOf.get(artist);
      if (group !== undefined) songs[group]!.push(t);
    }
  const { popularity, song } = dataset.tracks;
  const seeds = songs.flatMap((tracks) => {
    tracks.sort((a, b) => dataset.ownersOf(b) - dataset.ownersOf(a) || popularity[b]! - popularity[a]! || a - b);
    const versions = new Set<number>();
    return tracks.filter((t) => versions.size < SEEDS_OF_ARTIST && !versions.has(song[t]!) && versions.add(song[t]!));
  });
  return [...new Set(seeds)];
}
