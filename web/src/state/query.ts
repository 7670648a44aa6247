/** The person's query: everything that a link, the undo history and a reload must restore. Plain values only. */

export interface Seed {
  uri: string;
  name: string;
  artists: string[];
  /** 1 = plain, greater than 1 = more of this, negative = less like this. */
  weight: number;
}

export interface Ban {
  /** A track URI, an artist URI, or `artist:<name>`. */
  id: string;
  label: string;
}

/** A song to which the person gave a position in the list; it keeps it however the list changes. */
export interface Placed {
  uri: string;
  name: string;
  artists: string[];
  /** Its position, from 0. */
  at: number;
}

export interface Range {
  from?: number;
  to?: number;
}

export type RangeFilter = 'year' | 'popularity' | 'energy' | 'tempo';
/** Dials that test a value that may be unknown. */
export type Judged = RangeFilter | 'explicit' | 'genres';
export const JUDGED: readonly Judged[] = ['year', 'popularity', 'energy', 'tempo', 'explicit', 'genres'];
export type Order = 'score' | 'smooth' | 'arc';

export interface Query {
  seeds: Seed[];
  /** The query in words: a title, a mood, or a sentence. */
  title: string;
  /** Ids of understood demands that are switched off. */
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
  /** Dials that let songs with an unknown value pass. */
  keepUnknown: Judged[];
  /** auto = 3, or no limit when the query is about one artist; null = no limit. */
  perArtist: number | 'auto' | null;
  /** How closely the list follows the mix of styles of the given songs, 0–1. */
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
  /** URIs removed from this list only: not feedback, so the models do not learn of it. */
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

/** Bounds of the range dials; a bound at the end of its dial means "no limit". */
export const RANGES: Record<RangeFilter, { label: string; min: number; max: number; step: number; unit: string }> = {
  year: { label: 'Era', min: 1920, max: 2026, step: 1, unit: '' },
  energy: { label: 'Energy', min: 0, max: 1, step: 0.05, unit: '' },
  tempo: { label: 'Tempo', min: 40, max: 220, step: 1, unit: 'BPM' },
  popularity: { label: 'Popularity', min: 0, max: 100, step: 1, unit: '' },
};

export const isAsking = (query: Query): boolean => query.seeds.length > 0 || query.title.trim() !== '';

/** Adds seeds that are not there yet, and lifts any ban on them. */
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

/** Changes the words, and forgets which demands of the former ones were switched off. */
export const setTitle = (query: Query, title: string): Query => ({ ...query, title, without: [] });

/** Switches off one demand of the words. */
export function takeBack(query: Query, id: string): Query {
  return query.without.includes(id) ? query : { ...query, without: [...query.without, id] };
}

export function removeSeed(query: Query, uri: string): Query {
  return { ...query, seeds: query.seeds.filter((s) => s.uri !== uri) };
}

export function setWeight(query: Query, uri: string, weight: number): Query {
  return { ...query, seeds: query.seeds.map((s) => (s.uri === uri ? { ...s, weight } : s)) };
}

/** The next weight up (+1) or down (−1) from a seed's present one. */
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

/** Sets a range; a bound at or beyond the dial's end becomes open, and a range open at both ends is removed. */
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

/** Selects a model and drops the options, which belong to the previous one. */
export function chooseModel(query: Query, model: string | null): Query {
  return query.model === model ? query : { ...query, model, options: {} };
}

/** Number of dials that differ from their default, shown on the "Dials" button. */
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

/** Resets all dials to their defaults; keeps seeds, bans, title and model. */
export function resetDials(query: Query): Query {
  const { seeds, title, without, model, bans, order, compare, placed, removed } = query;
  return { ...EMPTY_QUERY, seeds, title, without, model, bans, order, compare, placed, removed };
}

/** Removes the condition set by a dial. */
export function relax(query: Query, dial: Judged): Query {
  if (dial === 'explicit') return { ...query, explicit: null };
  if (dial === 'genres') return { ...query, genres: [], withoutGenres: [] };
  const filters = { ...query.filters };
  delete filters[dial];
  return { ...query, filters };
}

/** Lets songs with an unknown value pass a dial, or stops them. */
export function keepUnknown(query: Query, dial: Judged, keep: boolean): Query {
  const others = query.keepUnknown.filter((other) => other !== dial);
  return { ...query, keepUnknown: keep ? [...others, dial] : others };
}
