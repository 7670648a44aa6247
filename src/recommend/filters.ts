import { AUDIO_FEATURES } from '../dataset/audio-features.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { normaliseName } from '../dataset/normalise.ts';
import { artistNumbers } from './describe.ts';
import type { Filters } from './request.ts';
import { dice, searchWords, trigramsOf } from './search/trigrams.ts';

const ENERGY = AUDIO_FEATURES.findIndex((f) => f.id === 'energy');
const TEMPO = AUDIO_FEATURES.findIndex((f) => f.id === 'tempo');

/**
 * One byte per track: 1 = may be answered. null when nothing is filtered, so that models take their fast path.
 * A track whose value is unknown passes when `keepUnknown` is true (the default).
 * @param bannedArtists artist numbers whose tracks are all out
 */
export function allowedTracks(
  dataset: Dataset,
  filters: Filters | undefined,
  bannedArtists: ReadonlySet<number>,
): Uint8Array | null {
  const { tracks } = dataset;
  const tests: ((track: number) => boolean)[] = [];
  const keepUnknown = filters?.keepUnknown ?? true;
  const ranged = (range: { from?: number; to?: number } | undefined, value: (t: number) => number): void => {
    if (!range || (range.from === undefined && range.to === undefined)) return;
    const from = range.from ?? Number.NEGATIVE_INFINITY;
    const to = range.to ?? Number.POSITIVE_INFINITY;
    tests.push((t) => {
      const x = value(t);
      return Number.isNaN(x) ? keepUnknown : x >= from && x <= to;
    });
  };
  const known = (value: number): number => (value < 0 ? Number.NaN : value);
  ranged(filters?.year, (t) => known(tracks.year[t]!));
  ranged(filters?.popularity, (t) => known(tracks.popularity[t]!));
  ranged(filters?.energy, (t) => dataset.feature(t, ENERGY));
  ranged(filters?.tempo, (t) => dataset.feature(t, TEMPO));
  if (filters?.explicit !== undefined) {
    const wanted = filters.explicit ? 1 : 0;
    tests.push((t) => (tracks.explicit[t]! < 0 ? keepUnknown : tracks.explicit[t] === wanted));
  }
  if (filters?.genres && filters.genres.length > 0) tests.push(genreTest(dataset, filters.genres, keepUnknown));
  if (bannedArtists.size > 0) tests.push((t) => !artistNumbers(dataset, t).some((a) => bannedArtists.has(a)));
  if (tests.length === 0) return null;
  const allowed = new Uint8Array(tracks.count);
  for (let t = 0; t < tracks.count; t++) allowed[t] = tests.every((passes) => passes(t)) ? 1 : 0;
  return allowed;
}

/** A genre as similar as this to an unknown one is worth naming. */
const ALIKE = 0.5;

/** What is to be said of genres that no song has: the filter lets only songs of unknown genre pass them. */
export function genreNotes(dataset: Dataset, filters: Filters | undefined): string[] {
  const unknown = filters?.genres?.filter((name) => dataset.genres.indexOf(normaliseName(name)) < 0) ?? [];
  return unknown.map((name) => {
    const near = alikeGenres(dataset, name);
    return `No song of this library has the genre "${name}"${near.length > 0 ? `; there are ${near.join(', ')}` : ''}.`;
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

/** At least one of the genres, by the track itself or by one of its artists. */
function genreTest(dataset: Dataset, names: readonly string[], keepUnknown: boolean): (track: number) => boolean {
  const wanted = new Uint8Array(dataset.genres.size);
  for (const name of names) {
    const genre = dataset.genres.indexOf(normaliseName(name));
    if (genre >= 0) wanted[genre] = 1;
  }
  const { tracks, artists } = dataset;
  // 0 = has none of them, 1 = has one, 2 = no genre is known
  const artistState = new Uint8Array(artists.count).fill(2);
  for (let a = 0; a < artists.count; a++)
    for (let e = artists.genres.ptr[a]!; e < artists.genres.ptr[a + 1]!; e++)
      artistState[a] = wanted[artists.genres.idx[e]!] === 1 || artistState[a] === 1 ? 1 : 0;
  return (track) => {
    let unknown = tracks.genres.ptr[track] === tracks.genres.ptr[track + 1];
    for (let e = tracks.genres.ptr[track]!; e < tracks.genres.ptr[track + 1]!; e++)
      if (wanted[tracks.genres.idx[e]!] === 1) return true;
    for (const artist of artistNumbers(dataset, track)) {
      if (artistState[artist] === 1) return true;
      if (artistState[artist] === 0) unknown = false;
    }
    return unknown && keepUnknown;
  };
}
