/** What the person asks for: everything that a link, the undo list and a reload must bring back. Plain values only. */

export interface Seed {
  uri: string;
  name: string;
  artists: string[];
  /** 1 = plain, more = more of this, negative = less like this. */
  weight: number;
}

export interface Ban {
  /** A track URI, an artist URI, or `artist:<name>`. */
  id: string;
  label: string;
}

/** A song that the person gave a place in the list: it stays there whatever the list becomes. */
export interface Placed {
  uri: string;
  name: string;
  artists: string[];
  /** Its place, from 0. */
  at: number;
}

export interface Range {
  from?: number;
  to?: number;
}

export type RangeFilter = 'year' | 'popularity' | 'energy' | 'tempo';
/** Dials that judge a song by a value that may be unknown. */
export type Judged = RangeFilter | 'explicit' | 'genres';
export const JUDGED: readonly Judged[] = ['year', 'popularity', 'energy', 'tempo', 'explicit', 'genres'];
export type Order = 'score' | 'smooth' | 'arc';

export interface Query {
  seeds: Seed[];
  /** What is wanted in words: a title, a mood, or a sentence. */
  title: string;
  /** Ids of what was understood of the words and is not to hold. */
  without: string[];
  /** null = the best trained model. */
  model: string | null;
  bans: Ban[];
  filters: Partial<Record<RangeFilter, Range>>;
  /** false leaves explicit tracks out, true allows only them, null = both. */
  explicit: boolean | null;
  /** Only songs of at least one of these. */
  genres: string[];
  /** No song of any of these. */
  withoutGenres: string[];
  /** Dials that let songs through whose value is unknown. */
  keepUnknown: Judged[];
  /** auto = 3, or no limit when the query is about one artist; null = no limit. */
  perArtist: number | 'auto' | null;
  /** How closely the list follows the mix of styles of the songs given, 0–1. */
  balance: number;
  diversity: number;
  adventure: number;
  order: Order;
  n: number;
  /** Options of the chosen model by name, e.g. { weights: { genre: 3 } }. */
  options: Record<string, unknown>;
  /** Models that the Lab shows side by side. */
  compare: string[];
  /** Songs dragged or pinned to a place. */
  placed: Placed[];
  /** URIs taken out of this list only: not a judgement, so the models do not hear of it. */
  removed: string[];
}

export const EMPTY_QUERY: Query = {
  seeds: [],
  title: '',
  without: [],
  model: null,
  bans: [],
  filters: {},
  explicit: null,
  genres: [],
  withoutGenres: [],
  keepUnknown: [],
  perArtist: 'auto',
  balance: 0.5,
  diversity: 0,
  adventure: 0,
  order: 'score',
  n: 50,
  options: {},
  compare: [],
  placed: [],
  removed: [],
};

/** The weights that a chip steps through. */
export const WEIGHTS = [-1, 0.5, 1, 2, 4] as const;

/** Bounds of the range dials; a bound at its end means "no limit". */
export const RANGES: Record<RangeFilter, { label: string; min: number; max: number; step: number; unit: string }> = {
  year: { label: 'Era', min: 1920, max: 2026, step: 1, unit: '' },
  energy: { label: 'Energy', min: 0, max: 1, step: 0.05, unit: '' },
  tempo: { label: 'Tempo', min: 40, max: 220, step: 1, unit: 'BPM' },
  popularity: { label: 'Popularity', min: 0, max: 100, step: 1, unit: '' },
};

export const isAsking = (query: Query): boolean => query.seeds.length > 0 || query.title.trim() !== '';

/** Adds seeds that are not there yet; a seed is never banned at the same time. */
export function addSeeds(query: Query, seeds: readonly Seed[]): Query {
  const known = new Set(query.seeds.map((s) => s.uri));
  const fresh: Seed[] = [];
  for (const seed of seeds) {
    if (known.has(seed.uri)) continue;
    known.add(seed.uri);
    fresh.push(seed);
  }
  if (fresh.length === 0) return query;
  const added = new Set(fresh.map((s) => s.uri));
  return { ...query, seeds: [...query.seeds, ...fresh], bans: query.bans.filter((b) => !added.has(b.id)) };
}

/** Asks in other words; what was taken back of the former ones is forgotten. */
export const setTitle = (query: Query, title: string): Query => ({ ...query, title, without: [] });

/** Takes back one demand of the words. */
export function takeBack(query: Query, id: string): Query {
  return query.without.includes(id) ? query : { ...query, without: [...query.without, id] };
}

export function removeSeed(query: Query, uri: string): Query {
  return { ...query, seeds: query.seeds.filter((s) => s.uri !== uri) };
}

export function setWeight(query: Query, uri: string, weight: number): Query {
  return { ...query, seeds: query.seeds.map((s) => (s.uri === uri ? { ...s, weight } : s)) };
}

/** The next weight up (+1) or down (−1) from where a seed stands. */
export function stepWeight(weight: number, direction: 1 | -1): number {
  const steps = direction === 1 ? WEIGHTS : [...WEIGHTS].reverse();
  return steps.find((w) => (direction === 1 ? w > weight : w < weight)) ?? weight;
}

export function describeWeight(weight: number): string {
  if (weight < 0) return 'less like this';
  if (weight < 1) return 'a little';
  if (weight === 1) return '';
  return weight < 3 ? 'more' : 'much more';
}

export function ban(query: Query, entry: Ban): Query {
  if (query.bans.some((b) => b.id === entry.id)) return query;
  return { ...query, bans: [...query.bans, entry] };
}

export function unban(query: Query, id: string): Query {
  return { ...query, bans: query.bans.filter((b) => b.id !== id) };
}

/** Sets a range; a bound at or beyond the dial's end is left open, and a range open at both ends is removed. */
export function setRange(query: Query, filter: RangeFilter, from: number, to: number): Query {
  const { min, max } = RANGES[filter];
  const range: Range = {};
  if (from > min) range.from = Math.min(from, to);
  if (to < max) range.to = Math.max(from, to);
  const filters = { ...query.filters };
  if (range.from === undefined && range.to === undefined) delete filters[filter];
  else filters[filter] = range;
  return { ...query, filters };
}

/** A model has options of its own: choosing another one drops them. */
export function chooseModel(query: Query, model: string | null): Query {
  return query.model === model ? query : { ...query, model, options: {} };
}

/** How many dials stand away from their default: the number on the "Dials" button. */
export function countChanged(query: Query): number {
  return (
    Object.keys(query.filters).length +
    Object.keys(query.options).length +
    (query.explicit === null ? 0 : 1) +
    (query.genres.length > 0 ? 1 : 0) +
    (query.withoutGenres.length > 0 ? 1 : 0) +
    (query.perArtist === EMPTY_QUERY.perArtist ? 0 : 1) +
    (query.balance === EMPTY_QUERY.balance ? 0 : 1) +
    (query.diversity > 0 ? 1 : 0) +
    (query.adventure > 0 ? 1 : 0) +
    (query.n === EMPTY_QUERY.n ? 0 : 1)
  );
}

/** All dials back to their defaults; seeds, bans, title and model stay. */
export function resetDials(query: Query): Query {
  const { seeds, title, without, model, bans, order, compare, placed, removed } = query;
  return { ...EMPTY_QUERY, seeds, title, without, model, bans, order, compare, placed, removed };
}

/** Takes back what a dial demands. */
export function relax(query: Query, dial: Judged): Query {
  if (dial === 'explicit') return { ...query, explicit: null };
  if (dial === 'genres') return { ...query, genres: [], withoutGenres: [] };
  const filters = { ...query.filters };
  delete filters[dial];
  return { ...query, filters };
}

/** Lets songs of unknown value through a dial, or stops them. */
export function keepUnknown(query: Query, dial: Judged, keep: boolean): Query {
  const others = query.keepUnknown.filter((other) => other !== dial);
  return { ...query, keepUnknown: keep ? [...others, dial] : others };
}
