import type { Dataset } from '../../dataset/dataset.ts';
import { artistNumbers, genreNumbers } from '../describe.ts';

/** The seeds of one style, and their share of the query's weight. */
export interface Style {
  /** Indexes into the query's seeds. */
  readonly seeds: number[];
  /** 0–1; the shares of all styles sum to 1. */
  share: number;
}

/** Nobody distinguishes more styles than this in a list of fifty. */
const MOST_STYLES = 8;
/** Least similarity of genre profiles in one style. */
const ALIKE = 0.3;
/** A track of the list belongs to its best-fitting style if the profiles are at least this similar. */
const BELONGS = 0.15;

type Profile = Map<number, number>;

/** Determines which style of the seeds a track belongs to. */
export interface Styles {
  readonly list: readonly Style[];
  /** The best-fitting style of a track and how well it fits, 0–1; −1 when none fits. */
  styleOf(track: number): number;
}

/**
 * Groups liked seeds by genre. Leaders are taken in order of weight; a seed joins the leader with the greatest cosine ≥ 0.3 of genre profiles (by
 * inverse document frequency), or with the same artist. Artists without genres form their own style. At most eight styles; the remaining seeds join
 * the nearest.
 */
export function stylesOf(dataset: Dataset, seeds: Int32Array, weights: Float32Array): Styles {
  const idf = inverseFrequencies(dataset);
  const profileOf = (track: number): Profile => {
    const profile: Profile = new Map();
    let length = 0;
    for (const genre of genreNumbers(dataset, track)) {
      profile.set(genre, idf[genre]!);
      length += idf[genre]! ** 2;
    }
    if (length > 0) for (const [genre, value] of profile) profile.set(genre, value / Math.sqrt(length));
    return profile;
  };
  const liked = [...seeds.keys()].filter((i) => weights[i]! > 0).sort((a, b) => weights[b]! - weights[a]! || a - b);
  const total = liked.reduce((sum, i) => sum + weights[i]!, 0) || 1;
  const list: Style[] = [];
  const leaders: { profile: Profile; artists: Set<number> }[] = [];
  const fit = (track: number, least: number): number => {
    const profile = profileOf(track);
    const artists = artistNumbers(dataset, track);
    let best = -1;
    let most = least;
    leaders.forEach((leader, s) => {
      const value = artists.some((a) => leader.artists.has(a)) ? 1 : cosine(profile, leader.profile);
      if (value >= most && (best < 0 || value > most)) {
        best = s;
        most = value;
      }
    });
    return best;
  };
  for (const i of liked) {
    const track = seeds[i]!;
    let style = fit(track, ALIKE);
    if (style < 0 && list.length === MOST_STYLES) style = Math.max(0, fit(track, 0));
    if (style < 0) {
      style = list.push({ seeds: [], share: 0 }) - 1;
      leaders.push({ profile: profileOf(track), artists: new Set(artistNumbers(dataset, track)) });
    }
    list[style]!.seeds.push(i);
    list[style]!.share += weights[i]! / total;
    for (const artist of artistNumbers(dataset, track)) leaders[style]!.artists.add(artist);
  }
  // The steps look up the same candidates several times.
  const found = new Map<number, number>();
  return {
    list,
    styleOf(track) {
      let style = found.get(track);
      if (style === undefined) found.set(track, (style = fit(track, BELONGS)));
      return style;
    },
  };
}

function cosine(a: Profile, b: Profile): number {
  let dot = 0;
  for (const [genre, value] of a) dot += value * (b.get(genre) ?? 0);
  return dot;
}

const frequencies = new WeakMap<Dataset, Float64Array>();

/** log(artists / artists with the genre), by genre. */
function inverseFrequencies(dataset: Dataset): Float64Array {
  let idf = frequencies.get(dataset);
  if (!idf) {
    const counts = new Float64Array(dataset.genres.size);
    for (const genre of dataset.artists.genres.idx) counts[genre]!++;
    for (const genre of dataset.tracks.genres.idx) counts[genre]!++;
    const all = counts.reduce((sum, n) => sum + n, 0);
    idf = counts.map((n) => Math.log((1 + all) / (1 + n)));
    frequencies.set(dataset, idf);
  }
  return idf;
}
