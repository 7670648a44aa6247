import { AUDIO_AXES, type SoundFeature } from './audio-components.ts';
import type { DenseRows } from './dense.ts';
import { genreWords } from './genre-words.ts';

/** A word is used for a cluster only when its mean deviates by at least this many standard deviations. */
const NOTABLE = 0.6;
/** A genre names a cluster when at least this share of its tracks has it. */
const TYPICAL_GENRE = 0.12;

/** Adjectives before a genre, for a cluster that is low or high in a feature. */
const WORDS: readonly (readonly [feature: SoundFeature, low: string, high: string])[] = [
  ['loudness', 'quiet', 'loud'],
  ['acousticness', 'electronic', 'acoustic'],
  ['energy', 'calm', 'energetic'],
  ['instrumentalness', '', 'instrumental'],
  ['danceability', '', 'danceable'],
  ['valence', 'melancholy', 'cheerful'],
  ['speechiness', '', 'spoken-word'],
  ['liveness', '', 'live'],
];

export interface ClusterPortrait {
  /** Distinct among the clusters: "quiet acoustic folk, 1960s–70s". */
  name: string;
  /** Genres, by how much more common they are in this cluster than elsewhere. */
  genres: string[];
  /** First and third quartile of the known years; null when no year is known. */
  years: [from: number, to: number] | null;
}

/**
 * Names clusters by what distinguishes them: at most two sound words (the centroid's largest deviations), the most distinctive genre, and the decades
 * between the quartiles of the release years. Names differ even apart from decades and word order: clusters with the same name get further genres and
 * sound words, then their most frequent artist.
 * @param clusterOf cluster per track, −1 = none
 */
export function nameClusters(rows: DenseRows, clusterOf: Int32Array, k: number): ClusterPortrait[] {
  const words = soundWords(rows, clusterOf, k);
  const genres = tellingGenres(rows, clusterOf, k);
  const years = yearQuartiles(rows, clusterOf, k);
  const artists = commonArtists(rows, clusterOf, k);
  const taken = new Set<string>();
  return Array.from({ length: k }, (_, c) => {
    const period = decades(years[c]!);
    const adjectives = words[c]!;
    const named = genres[c]!;
    const candidates: string[] = [];
    for (let g = Math.min(1, named.length); g <= named.length; g++)
      for (let a = Math.min(2, adjectives.length); a <= adjectives.length; a++)
        candidates.push(phrase(adjectives.slice(0, a), named.slice(0, g)));
    for (const artist of artists[c]!)
      candidates.push(`${candidates[0] === '' ? 'music' : candidates[0]!} by ${artist} and others`);
    let base = candidates.find((candidate) => candidate !== '' && !taken.has(alike(candidate)));
    for (let number = 1; base === undefined; number++) {
      const numbered = `group ${number}`;
      if (!taken.has(alike(numbered))) base = numbered;
    }
    taken.add(alike(base));
    return { name: period ? `${base}, ${period}` : base, genres: named, years: years[c]! };
  });
}

export const phrase = (adjectives: readonly string[], genres: readonly string[]): string =>
  [...adjectives, genres.join(' and ')].filter((part) => part !== '').join(' ');

/** Readers take "acoustic calm folk" and "calm acoustic folk" for one name. */
export const alike = (name: string): string => name.split(' ').sort().join(' ');

/** For each cluster, the three main artists with the most tracks in it. */
function commonArtists(rows: DenseRows, clusterOf: Int32Array, k: number): string[][] {
  const { dataset } = rows.space;
  const counts = Array.from({ length: k }, () => new Map<number, number>());
  for (let t = 0; t < clusterOf.length; t++) {
    const artist = clusterOf[t]! >= 0 ? dataset.mainArtist(t) : -1;
    if (artist >= 0) counts[clusterOf[t]!]!.set(artist, (counts[clusterOf[t]!]!.get(artist) ?? 0) + 1);
  }
  return counts.map((found) =>
    [...found]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, 3)
      .map(([artist]) => dataset.artists.names.get(artist)),
  );
}

/** Adjectives ordered by the deviation of the cluster's mean from the catalogue's, over the tracks that have sound. */
function soundWords(rows: DenseRows, clusterOf: Int32Array, k: number): string[][] {
  const { space, data, dimension } = rows;
  const axes = AUDIO_AXES.length;
  const sums = new Float64Array(k * axes);
  const counts = new Int32Array(k);
  for (let t = 0; t < clusterOf.length; t++) {
    const c = clusterOf[t]!;
    if (c < 0 || space.sounds[t] === 0) continue;
    counts[c]!++;
    for (let a = 0; a < axes; a++) sums[c * axes + a]! += data[t * dimension + a]!;
  }
  return Array.from({ length: k }, (_, c) =>
    notableWords(Array.from(sums.subarray(c * axes, (c + 1) * axes), (sum) => sum / Math.max(1, counts[c]!))),
  );
}

/** Adjectives for a track or the mean of a group, given in standard deviations by axis, largest deviation first. */
export const notableWords = (means: ArrayLike<number>): string[] =>
  WORDS.map(([feature, low, high]) => {
    const mean = means[AUDIO_AXES.indexOf(feature)]!;
    return { word: mean < 0 ? low : high, distance: Math.abs(mean) };
  })
    .filter(({ word, distance }) => word !== '' && distance >= NOTABLE)
    .sort((a, b) => b.distance - a.distance)
    .map(({ word }) => word);

/** Smallest share of a genre that may name a cluster without a typical genre. */
const FALLBACK = 0.01;

/** Up to three genres by share inside × log(share inside / share overall), each one's part of the divergence. */
function tellingGenres(rows: DenseRows, clusterOf: Int32Array, k: number): string[][] {
  const { genres, dataset } = rows.space;
  const { ptr, idx } = genres.rows;
  const inside = new Map<number, number>();
  const overall = new Int32Array(dataset.genres.size);
  const sizes = new Int32Array(k);
  let all = 0;
  for (let t = 0; t < clusterOf.length; t++) {
    const profile = genres.profileOf[t]!;
    const c = clusterOf[t]!;
    if (profile < 0 || c < 0) continue;
    all++;
    sizes[c]!++;
    for (let e = ptr[profile]!; e < ptr[profile + 1]!; e++) {
      overall[idx[e]!]!++;
      const key = c * dataset.genres.size + idx[e]!;
      inside.set(key, (inside.get(key) ?? 0) + 1);
    }
  }
  const ranked = Array.from({ length: k }, () => [] as { genre: number; weight: number; typical: boolean }[]);
  for (const [key, count] of inside) {
    const c = Math.floor(key / dataset.genres.size);
    const genre = key % dataset.genres.size;
    const share = count / sizes[c]!;
    const weight = share * Math.log(share / (overall[genre]! / all));
    if (share >= FALLBACK && weight > 0) ranked[c]!.push({ genre, weight, typical: share >= TYPICAL_GENRE });
  }
  return ranked.map((list) =>
    list
      .filter(({ typical }, _, all) => typical || !all.some((other) => other.typical))
      .sort((a, b) => b.weight - a.weight || a.genre - b.genre)
      .slice(0, 3)
      .map(({ genre }) => genreWords(dataset.genres.id(genre))),
  );
}

function yearQuartiles(rows: DenseRows, clusterOf: Int32Array, k: number): ([number, number] | null)[] {
  const { year } = rows.space.dataset.tracks;
  const years = Array.from({ length: k }, () => [] as number[]);
  for (let t = 0; t < clusterOf.length; t++)
    if (clusterOf[t]! >= 0 && year[t]! >= 0) years[clusterOf[t]!]!.push(year[t]!);
  return years.map(quartiles);
}

/** First and third quartile; null for no years. */
export function quartiles(years: readonly number[]): [number, number] | null {
  if (years.length === 0) return null;
  const sorted = [...years].sort((a, b) => a - b);
  return [sorted[Math.floor(sorted.length / 4)]!, sorted[Math.floor((sorted.length * 3) / 4)]!];
}

/** "1970s", "1960s–70s", "1990s–2010s"; '' when the years span more than three decades, which says nothing. */
export function decades(years: readonly [number, number] | null): string {
  if (!years) return '';
  const [from, to] = years.map((year) => Math.floor(year / 10) * 10) as [number, number];
  if (to - from > 30) return '';
  if (from === to) return `${from}s`;
  const sameCentury = Math.floor(from / 100) === Math.floor(to / 100);
  return `${from}s–${sameCentury ? String(to % 100).padStart(2, '0') : to}s`;
}
