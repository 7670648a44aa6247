import {
  EMPTY_QUERY,
  JUDGED,
  type Placed,
  type Query,
  RANGES,
  type Range,
  type RangeFilter,
  type Seed,
} from './query.ts';

/** Data from a link or from storage is untrusted: everything is checked, clamped or dropped. */

export const MAX_SEEDS = 10_000;
const MAX_NAME = 300;
const MAX_ID = 500;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown, limit: number): string => (typeof value === 'string' ? value.slice(0, limit) : '');
const number = (value: unknown, min: number, max: number): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : null;
const list = (value: unknown, limit: number): unknown[] => (Array.isArray(value) ? value.slice(0, limit) : []);

function seedOf(value: unknown): Seed | null {
  if (!isRecord(value)) return null;
  const uri = text(value.uri, MAX_ID);
  if (uri === '') return null;
  const weight = number(value.weight, -10, 10);
  return {
    uri,
    name: text(value.name, MAX_NAME) || uri,
    artists: list(value.artists, 20)
      .map((a) => text(a, MAX_NAME))
      .filter((a) => a !== ''),
    weight: weight === null || weight === 0 ? 1 : weight,
  };
}

function placedOf(value: unknown): Placed | null {
  const seed = seedOf(value);
  const at = isRecord(value) ? number(value.at, 0, 499) : null;
  return seed && at !== null ? { uri: seed.uri, name: seed.name, artists: seed.artists, at: Math.round(at) } : null;
}

function rangeOf(value: unknown, filter: RangeFilter): Range | null {
  if (!isRecord(value)) return null;
  const { min, max } = RANGES[filter];
  const from = number(value.from, min, max);
  const to = number(value.to, min, max);
  if (from === null && to === null) return null;
  const range: Range = {};
  if (from !== null) range.from = to === null ? from : Math.min(from, to);
  if (to !== null) range.to = from === null ? to : Math.max(from, to);
  return range;
}

const genresOf = (value: unknown): string[] =>
  list(value, 50)
    .map((g) => text(g, 200))
    .filter((g) => g !== '');

/** An explicit null means "no limit"; missing or damaged values become the default. */
function perArtistOf(value: unknown): Query['perArtist'] {
  if (value === null) return null;
  const limit = number(value, 1, 15);
  return limit === null ? EMPTY_QUERY.perArtist : Math.round(limit);
}

/** Options of a model: numbers, booleans, short strings, and one level of numbers by name (block weights). */
function optionsOf(value: unknown): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  if (!isRecord(value)) return options;
  for (const [name, entry] of Object.entries(value).slice(0, 50)) {
    if (name === '__proto__' || name.length > 100) continue;
    if (typeof entry === 'boolean' || (typeof entry === 'number' && Number.isFinite(entry))) options[name] = entry;
    else if (typeof entry === 'string') options[name] = entry.slice(0, MAX_NAME);
    else if (isRecord(entry)) {
      const weights = Object.entries(entry)
        .slice(0, 50)
        .filter((pair): pair is [string, number] => typeof pair[1] === 'number' && Number.isFinite(pair[1]))
        .filter(([key]) => key !== '__proto__');
      options[name] = Object.fromEntries(weights);
    }
  }
  return options;
}

/** Makes a query from the usable parts of `value`; the empty query when there are none. */
export function queryOf(value: unknown): Query {
  if (!isRecord(value)) return EMPTY_QUERY;
  const seen = new Set<string>();
  const seeds = list(value.seeds, MAX_SEEDS)
    .map(seedOf)
    .filter((seed): seed is Seed => seed !== null && !seen.has(seed.uri) && seen.add(seed.uri) !== undefined);
  const filters: Query['filters'] = {};
  if (isRecord(value.filters)) {
    for (const filter of Object.keys(RANGES) as RangeFilter[]) {
      const range = rangeOf(value.filters[filter], filter);
      if (range) filters[filter] = range;
    }
  }
  return {
    seeds,
    title: text(value.title, 10_000),
    without: list(value.without, 200)
      .map((id) => text(id, MAX_NAME))
      .filter((id) => id !== ''),
    model: text(value.model, 100) || null,
    bans: list(value.bans, MAX_SEEDS).flatMap((entry) => {
      if (!isRecord(entry)) return [];
      const id = text(entry.id, MAX_ID);
      return id === '' ? [] : [{ id, label: text(entry.label, MAX_NAME) || id }];
    }),
    filters,
    explicit: typeof value.explicit === 'boolean' ? value.explicit : null,
    genres: genresOf(value.genres),
    withoutGenres: genresOf(value.withoutGenres),
    keepUnknown: JUDGED.filter((dial) => list(value.keepUnknown, 10).includes(dial)),
    perArtist: perArtistOf(value.perArtist),
    balance: number(value.balance, 0, 1) ?? EMPTY_QUERY.balance,
    diversity: number(value.diversity, 0, 1) ?? 0,
    adventure: number(value.adventure, 0, 1) ?? 0,
    order: value.order === 'smooth' || value.order === 'arc' ? value.order : 'score',
    n: Math.round(number(value.n, 1, 500) ?? EMPTY_QUERY.n),
    options: optionsOf(value.options),
    compare: list(value.compare, 3)
      .map((id) => text(id, 100))
      .filter((id) => id !== ''),
    placed: list(value.placed, 500)
      .map(placedOf)
      .filter((entry): entry is Placed => entry !== null),
    removed: list(value.removed, 2_000)
      .map((uri) => text(uri, MAX_ID))
      .filter((uri) => uri !== ''),
  };
}
