import { AUDIO_FEATURES } from '../dataset/audio-features.ts';
import type { Dataset, Lists } from '../dataset/dataset.ts';
import { normaliseName } from '../dataset/normalise.ts';
import { artistNumbers } from './describe.ts';
import { DIALS, type Dial, type Filters } from './request.ts';
import { dice, searchWords, trigramsOf } from './search/trigrams.ts';

/** Result of testing a track against one dial. */
type Verdict = 'passes' | 'fails' | 'unknown';
type Test = (track: number) => Verdict;

const ENERGY = AUDIO_FEATURES.findIndex((f) => f.id === 'energy');
const TEMPO = AUDIO_FEATURES.findIndex((f) => f.id === 'tempo');

const orNaN = (value: number): number => (value < 0 ? Number.NaN : value);

/** The numeric value of each range dial; NaN when unknown. */
const VALUES: Readonly<
  Record<'year' | 'popularity' | 'energy' | 'tempo', (dataset: Dataset) => (t: number) => number>
> = {
  year:
    ({ tracks }) =>
    (t) =>
      orNaN(tracks.year[t]!),
  popularity:
    ({ tracks }) =>
    (t) =>
      orNaN(tracks.popularity[t]!),
  energy: (dataset) => (t) => dataset.feature(t, ENERGY),
  tempo: (dataset) => (t) => dataset.feature(t, TEMPO),
};

/** Whether tracks with an unknown value for the dial pass; by default, they do. */
export function passesUnknown(filters: Filters | undefined, dial: Dial): boolean {
  const keep = filters?.keepUnknown ?? true;
  return typeof keep === 'boolean' ? keep : keep.includes(dial);
}

/** The active dials, each with its test. */
function testsOf(dataset: Dataset, filters: Filters | undefined): Map<Dial, Test> {
  const tests = new Map<Dial, Test>();
  if (!filters) return tests;
  for (const dial of ['year', 'popularity', 'energy', 'tempo'] as const) {
    const range = filters[dial];
    if (!range || (range.from === undefined && range.to === undefined)) continue;
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = range;
    const value = VALUES[dial](dataset);
    tests.set(dial, (t) => {
      const x = value(t);
      return Number.isNaN(x) ? 'unknown' : x >= from && x <= to ? 'passes' : 'fails';
    });
  }
  if (filters.explicit !== undefined) {
    const wanted = filters.explicit ? 1 : 0;
    const { explicit } = dataset.tracks;
    tests.set('explicit', (t) => (explicit[t]! < 0 ? 'unknown' : explicit[t] === wanted ? 'passes' : 'fails'));
  }
  const only = filters.genres ?? [];
  const never = filters.withoutGenres ?? [];
  if (only.length > 0 || never.length > 0) tests.set('genres', genreTest(dataset, only, never));
  return tests;
}

/**
 * One byte per track: 1 = may be recommended; null when nothing is filtered, so that models take their fast path.
 * @param bannedArtists artists whose tracks are all excluded @param named 1 = the track has a title; null = all have
 */
export function allowedTracks(
  dataset: Dataset,
  filters: Filters | undefined,
  bannedArtists: ReadonlySet<number>,
  named: Uint8Array | null = null,
): Uint8Array | null {
  const tests = [...testsOf(dataset, filters)].map(([dial, test]) => ({ test, unknown: passesUnknown(filters, dial) }));
  if (tests.length === 0 && bannedArtists.size === 0) return named;
  const { count } = dataset.tracks;
  const allowed = named ? named.slice() : new Uint8Array(count).fill(1);
  for (let t = 0; t < count; t++) {
    if (allowed[t] === 0) continue;
    const passes = tests.every(({ test, unknown }) => {
      const verdict = test(t);
      return verdict === 'passes' || (verdict === 'unknown' && unknown);
    });
    if (!passes || (bannedArtists.size > 0 && artistNumbers(dataset, t).some((a) => bannedArtists.has(a))))
      allowed[t] = 0;
  }
  return allowed;
}

/**
 * For each active dial, how many more tracks would pass without it, largest first: what a short or empty list suggests relaxing.
 * @param named 1 = the track has a title; null = all have
 */
export function relaxations(
  dataset: Dataset,
  filters: Filters | undefined,
  named: Uint8Array | null,
): { filter: Dial; tracks: number }[] {
  const tests = [...testsOf(dataset, filters)].map(([dial, test]) => ({
    dial,
    test,
    unknown: passesUnknown(filters, dial),
  }));
  const freed = new Int32Array(tests.length);
  for (let t = 0; t < dataset.tracks.count; t++) {
    if (named && named[t] === 0) continue;
    let failed = -1;
    let failures = 0;
    for (let i = 0; i < tests.length && failures < 2; i++) {
      const { test, unknown } = tests[i]!;
      const verdict = test(t);
      if (verdict === 'fails' || (verdict === 'unknown' && !unknown)) {
        failed = i;
        failures++;
      }
    }
    if (failures === 1) freed[failed]!++;
  }
  return tests
    .map(({ dial }, i) => ({ filter: dial, tracks: freed[i]! }))
    .filter(({ tracks }) => tracks > 0)
    .sort((a, b) => b.tracks - a.tracks);
}

/** The share of the titled tracks, 0–1, with a known value for each dial. @param named 1 = has a title; null = all have */
export function coverageOf(dataset: Dataset, named: Uint8Array | null): Record<Dial, number> {
  const { tracks } = dataset;
  const values = Object.entries(VALUES).map(([dial, of]) => [dial as Dial, of(dataset)] as const);
  const counts = Object.fromEntries(DIALS.map((dial) => [dial, 0])) as Record<Dial, number>;
  let all = 0;
  for (let t = 0; t < tracks.count; t++) {
    if (named && named[t] === 0) continue;
    all++;
    for (const [dial, value] of values) if (!Number.isNaN(value(t))) counts[dial]++;
    if (tracks.explicit[t]! >= 0) counts.explicit++;
    if (dataset.hasGenres(t)) counts.genres++;
  }
  for (const dial of DIALS) counts[dial] /= Math.max(1, all);
  return counts;
}

/** One byte per track, 1 = it has a title; null when all have one. A track without a title trains the models but is never recommended. */
export function namedTracks({ tracks }: Dataset): Uint8Array | null {
  const { names, count } = tracks;
  let first = 0;
  while (first < count && !names.isEmpty(first)) first++;
  if (first === count) return null;
  const named = new Uint8Array(count);
  for (let t = 0; t < count; t++) if (!names.isEmpty(t)) named[t] = 1;
  return named;
}

/** Least similarity at which an existing genre is suggested for an unknown one. */
const ALIKE = 0.5;

/** Lists the requested genres that no track has, with the closest existing ones. */
export function genreNotes(dataset: Dataset, filters: Filters | undefined): string[] {
  const names = [...(filters?.genres ?? []), ...(filters?.withoutGenres ?? [])];
  return names
    .filter((name) => dataset.genres.indexOf(normaliseName(name)) < 0)
    .map((name) => {
      const near = alikeGenres(dataset, name);
      return `No song in this library has the genre "${name}"${near.length > 0 ? `. Closest: ${near.join(', ')}` : ''}.`;
    });
}

function alikeGenres(dataset: Dataset, name: string): string[] {
  const asked = trigramsOf(searchWords(name));
  const found: { genre: string; similarity: number }[] = [];
  for (let g = 0; g < dataset.genres.size; g++) {
    const genre = dataset.genres.id(g);
    const similarity = dice(asked, trigramsOf(searchWords(genre)));
    if (similarity >= ALIKE) found.push({ genre, similarity });
  }
  found.sort((a, b) => b.similarity - a.similarity);
  return found.slice(0, 3).map(({ genre }) => genre);
}

const NEITHER = 0;
const WANTED = 1;
const BARRED = 2;

/** Passes tracks with at least one genre of `only` (if any are given) and none of `never`, counting the track's genres and its artists'. */
function genreTest(dataset: Dataset, only: readonly string[], never: readonly string[]): Test {
  const kind = new Uint8Array(dataset.genres.size);
  for (const [names, value] of [
    [only, WANTED],
    [never, BARRED],
  ] as const)
    for (const name of names) {
      const genre = dataset.genres.indexOf(normaliseName(name));
      if (genre >= 0) kind[genre] = value;
    }
  const { tracks, artists } = dataset;
  return (track) => {
    let known = false;
    let wanted = false;
    const barred = (lists: Lists, row: number): boolean => {
      for (let e = lists.ptr[row]!; e < lists.ptr[row + 1]!; e++) {
        const found = kind[lists.idx[e]!]!;
        if (found === BARRED) return true;
        known = true;
        if (found !== NEITHER) wanted = true;
      }
      return false;
    };
    if (barred(tracks.genres, track)) return 'fails';
    for (const artist of artistNumbers(dataset, track)) if (barred(artists.genres, artist)) return 'fails';
    if (!known) return 'unknown';
    return wanted || only.length === 0 ? 'passes' : 'fails';
  };
}

/** The intersection of both masks; null allows everything. */
export function allowedByBoth(a: Uint8Array | null, b: Uint8Array | null): Uint8Array | null {
  if (!a || !b || a === b) return a ?? b;
  return a.map((value, track) => value & b[track]!);
}
