import type { Dataset } from '../../dataset/dataset.ts';
import { AUDIO_STRIDE, hasSound } from '../../features/audio-components.ts';
import { type AudioStatistics, audioStatistics, standardiseAudio } from '../../features/standardise.ts';
import type { FittedAls } from '../als/fitted.ts';
import { mainArtists } from '../artists/artist-rows.ts';
import type { HybridCatalogue } from './catalogue.ts';
import { artistGenres } from './genres.ts';
import { coldSongs } from './item-groups.ts';

/** The parts of the catalogue that describe songs. */
export type Attributes = Pick<HybridCatalogue, 'artistOf' | 'genres'>;

export const songAttributes = (dataset: Dataset, artistOf = mainArtists(dataset)): Attributes => ({
  artistOf,
  genres: artistGenres(dataset),
});

/** Song attributes, when the library has songs by known artists that nobody holds; null when it has none. */
export function coldAttributes(dataset: Dataset): Attributes | null {
  const artistOf = mainArtists(dataset);
  return coldSongs(dataset, artistOf).some((songs) => songs > 0) ? songAttributes(dataset, artistOf) : null;
}

/** Added to the denominator of an artist's mean, so that a single song counts for little. */
const DOUBT = 1;
/** Year, popularity, and flags for which of these and of sound are known; a constant; two unused. */
const FACTS = 8;
/** Number of inputs that belong to the track itself, not to its artist. */
export const OWN = AUDIO_STRIDE + FACTS;
const YEAR_CENTRE = 1995;
const YEAR_SCALE = 20;

/** Inputs known from a song alone: its sound, year and popularity. */
export class TrackInputs {
  private readonly tracks: Dataset['tracks'];
  private readonly sound = new Float32Array(AUDIO_STRIDE);
  private measured: AudioStatistics | null;

  /** @param statistics of the catalogue that the inputs are learned from; by default of this dataset, computed when first needed */
  constructor(dataset: Dataset, statistics: AudioStatistics | null = null) {
    this.tracks = dataset.tracks;
    this.measured = statistics;
  }

  /** Writes the track's own part of the inputs: OWN numbers. */
  ofTrack(track: number, out: Float32Array, at: number): void {
    const { tracks } = this;
    this.measured ??= audioStatistics(tracks);
    standardiseAudio(tracks, this.measured, this.sound, track, track + 1);
    out.set(this.sound, at);
    const year = tracks.year[track]!;
    const popularity = tracks.popularity[track]!;
    const facts = at + AUDIO_STRIDE;
    out.fill(0, facts, facts + FACTS);
    out[facts] = hasSound(tracks.features, track) ? 1 : 0;
    if (year >= 0) {
      out[facts + 1] = 1;
      out[facts + 2] = (year - YEAR_CENTRE) / YEAR_SCALE;
    }
    if (popularity >= 0) {
      out[facts + 3] = 1;
      out[facts + 4] = popularity / 50 - 1;
    }
    out[facts + 5] = 1;
  }
}

/**
 * All inputs known of a song before anybody holds it: its own, and the places of its artist and the artist's genres among the vectors of `als`. Holds
 * a vector for each artist.
 */
export class ContentInputs extends TrackInputs {
  /** Inputs per track: twice the factors, plus its own. A multiple of 8. */
  readonly size: number;
  readonly d: number;
  private readonly catalogue: Attributes;
  private readonly als: FittedAls;
  /** Sum and number of the distinct vectors of each artist. */
  private readonly sums: Float32Array;
  private readonly counts: Int32Array;
  /** Mean over the artists of each genre. */
  private readonly genreMeans: Float32Array;

  constructor(dataset: Dataset, catalogue: Attributes, als: FittedAls) {
    super(dataset);
    const { d, table } = als.distinctVectors;
    this.catalogue = catalogue;
    this.als = als;
    this.d = d;
    this.size = 2 * d + OWN;
    this.sums = new Float32Array(dataset.artists.count * d);
    this.counts = new Int32Array(dataset.artists.count);
    const seen = new Uint8Array(table.length / d);
    for (let t = 0; t < dataset.tracks.count; t++) {
      const column = als.columnOf(t);
      const artist = catalogue.artistOf[t]!;
      if (column < 0 || artist < 0 || seen[column]) continue;
      seen[column] = 1;
      this.counts[artist]!++;
      for (let j = 0; j < d; j++) this.sums[artist * d + j]! += table[column * d + j]!;
    }
    this.genreMeans = this.meansOfGenres();
  }

  private meansOfGenres(): Float32Array {
    const { d, sums, counts, catalogue } = this;
    const { ptr, idx, columns } = catalogue.genres;
    const means = new Float32Array(columns * d);
    const members = new Int32Array(columns);
    for (let artist = 0; artist < counts.length; artist++) {
      if (counts[artist] === 0) continue;
      const share = 1 / (counts[artist]! + DOUBT);
      for (let e = ptr[artist]!; e < ptr[artist + 1]!; e++) {
        const genre = idx[e]!;
        members[genre]!++;
        for (let j = 0; j < d; j++) means[genre * d + j]! += share * sums[artist * d + j]!;
      }
    }
    for (let genre = 0; genre < columns; genre++)
      for (let j = 0; j < d; j++) means[genre * d + j]! /= members[genre]! + DOUBT;
    return means;
  }

  /**
   * Writes the artist's part of the inputs: 2 × d numbers. @param without a distinct vector to leave out of the artist's mean, −1 = none
   * @param known false: as if nobody held any song of the artist
   */
  ofArtist(artist: number, without: number, known: boolean, out: Float32Array, at: number): void {
    const { d, sums, counts, genreMeans } = this;
    out.fill(0, at, at + 2 * d);
    if (artist < 0) return;
    const { table } = this.als.distinctVectors;
    const left = without < 0 ? 0 : 1;
    if (known && counts[artist]! > left) {
      const share = 1 / (counts[artist]! - left + DOUBT);
      for (let j = 0; j < d; j++)
        out[at + j] = share * (sums[artist * d + j]! - (left === 0 ? 0 : table[without * d + j]!));
    }
    const { ptr, idx } = this.catalogue.genres;
    const genres = ptr[artist + 1]! - ptr[artist]!;
    for (let e = ptr[artist]!; e < ptr[artist + 1]!; e++)
      for (let j = 0; j < d; j++) out[at + d + j]! += genreMeans[idx[e]! * d + j]! / genres;
  }
}
