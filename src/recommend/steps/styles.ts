import type { Dataset } from '../../dataset/dataset.ts';
import { artistNumbers, genreNumbers } from '../describe.ts';

/** Seeds of one style, and how much of the query's weight they carry. */
export interface Style {
  /** Places in the query's seeds. */
  readonly seeds: number[];
  /** 0–1; those of all styles sum to 1. */
  share: number;
}

/** More styles than these are told apart in nobody's list of fifty. */
const MOST_STYLES = 8;
/** Genre profiles this alike are one style. */
const ALIKE = 0.3;
/** A track of the list belongs to the style it fits best, if its profile is this alike. */
const BELONGS = 0.15;

type Profile = Map<number, number>;

/** Tells which style of the seeds a track belongs to. */
export interface Styles {
  readonly list: readonly Style[];
  /** The style that a track fits best and how well, 0–1; −1 when it fits none. */
  styleOf(track: number): number;
}

/**
 * Groups liked seeds by genre: leaders in the order of their weight, a seed joins the leader whose genre profile (inverse document frequency) has
 * the greatest cosine ≥ 0.3, or whose artist is its own; artists without genres stand for themselves. At most eight styles, the rest join the nearest.
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
  // The steps ask for the same candidates several times over.
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
