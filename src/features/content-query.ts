import { AUDIO_STRIDE } from './audio-components.ts';
import {
  AUDIO,
  axisWeights,
  BLOCKS,
  type Block,
  type BlockWeights,
  EMBEDDING,
  ERA,
  type FeatureWeights,
  GENRE,
  LYRICS,
  MOOD,
  POPULARITY,
  SOUND,
  weightOf,
} from './blocks.ts';
import { inverseLengths } from './lengths.ts';
import { genreVector, meanSound, type SoundPart, scaleCosines, soundPart } from './seed-parts.ts';
import type { ContentSpace } from './space.ts';

export interface QuerySettings {
  readonly features?: FeatureWeights;
  /** How many of the seeds' genres count, largest weight first; all by default. */
  readonly seedGenres?: number;
}

const DIMENSIONS = BLOCKS.length;

/**
 * The seeds of a query as a point of the feature space. A block that is unknown for all seeds is null and is left out. Cosine of a block = ⟨q, t⟩ /
 * |q||t|, under feature weights w: Σ w q t / √(Σ w q² · Σ w t²).
 */
export class ContentQuery {
  readonly space: ContentSpace;
  readonly audio: SoundPart | null;
  readonly mood: SoundPart | null;
  /** Mean standardised audio of the seeds, for explanations. */
  readonly sound: Float32Array;
  /** Cosine by year position, by track popularity, by artist popularity. */
  readonly eras: Float32Array | null;
  readonly trackPopularity: Float32Array | null;
  readonly artistPopularity: Float32Array | null;
  /** Unit vector over genres. */
  readonly genre: Float32Array | null;
  /** Unit vector over the axes of measured sound. */
  readonly measured: Float32Array | null;
  /** Unit vector over the axes of the embedding. */
  readonly heard: Float32Array | null;
  /** Unit vector over the words and themes of lyrics. */
  readonly lyrics: Float32Array | null;
  private readonly trackShare: number;
  private readonly artistShare: number;

  /**
   * @param seeds track numbers @param weights one per seed; negative = away from it
   */
  constructor(space: ContentSpace, seeds: Int32Array, weights: Float32Array, settings: QuerySettings = {}) {
    const features = settings.features ?? {};
    const { tracks } = space.dataset;
    this.space = space;
    this.sound = meanSound(space, seeds, weights);
    this.audio = soundPart(this.sound, axisWeights(features, false));
    this.mood = soundPart(this.sound, axisWeights(features, true));
    this.eras = scaleCosines(space.eras, tracks.year, seeds, weights);
    this.trackPopularity = scaleCosines(space.popularities, tracks.popularity, seeds, weights);
    this.artistPopularity = scaleCosines(space.popularities, space.artistPopularity, seeds, weights);
    this.trackShare = this.trackPopularity ? weightOf(features, 'trackPopularity') : 0;
    this.artistShare = this.artistPopularity ? weightOf(features, 'artistPopularity') : 0;
    this.genre = genreVector(space, seeds, weights, settings.seedGenres);
    this.measured = space.measured?.query(seeds, weights) ?? null;
    this.heard = space.heard?.query(seeds, weights) ?? null;
    this.lyrics = space.lyrics?.query(seeds, weights) ?? null;
  }

  /** True when no block is known for any seed. */
  get empty(): boolean {
    const { audio, eras, trackPopularity, artistPopularity, genre, measured, heard, lyrics } = this;
    return !(audio || eras || trackPopularity || artistPopularity || genre || measured || heard || lyrics);
  }

  /**
   * Cosine of each block between the query and each candidate; NaN where the block is unknown on either side.
   * @param out candidates × blocks, row by row in the order of BLOCKS
   */
  cosines(candidates: Int32Array, out: Float32Array): void {
    const profileCosine = new Map<number, number>();
    for (let i = 0; i < candidates.length; i++) {
      const t = candidates[i]!;
      const at = i * DIMENSIONS;
      out[at + AUDIO] = this.soundCosine(this.audio, t);
      out[at + MOOD] = this.soundCosine(this.mood, t);
      out[at + ERA] = this.eraCosine(t);
      out[at + POPULARITY] = this.popularityCosine(t);
      const profile = this.space.genres.profileOf[t]!;
      let genre = profileCosine.get(profile);
      if (genre === undefined) {
        genre = this.genreCosine(t);
        profileCosine.set(profile, genre);
      }
      out[at + GENRE] = genre;
      out[at + SOUND] = this.measuredCosine(t);
      out[at + EMBEDDING] = this.heardCosine(t);
      out[at + LYRICS] = this.lyricsCosine(t);
    }
  }

  soundCosine(part: SoundPart | null, track: number): number {
    if (!part || this.space.sounds[track] === 0) return Number.NaN;
    const { audio } = this.space;
    const row = track * AUDIO_STRIDE;
    let dot = 0;
    let squared = 0;
    for (let a = 0; a < AUDIO_STRIDE; a++) {
      const value = audio[row + a]!;
      dot += part.direction[a]! * value;
      squared += part.axisWeights[a]! * value * value;
    }
    return squared > 0 ? dot / Math.sqrt(squared) : 0;
  }

  eraCosine(track: number): number {
    const year = this.space.dataset.tracks.year[track]!;
    return this.eras && year >= 0 ? this.eras[this.space.eras.position(year)]! : Number.NaN;
  }

  measuredCosine(track: number): number {
    return this.measured ? this.space.measured!.cosine(this.measured, track) : Number.NaN;
  }

  heardCosine(track: number): number {
    return this.heard ? this.space.heard!.cosine(this.heard, track) : Number.NaN;
  }

  lyricsCosine(track: number): number {
    return this.lyrics ? this.space.lyrics!.cosine(this.lyrics, track) : Number.NaN;
  }

  /** Mean over those of the two popularities that are known on both sides. */
  popularityCosine(track: number): number {
    const own = this.space.dataset.tracks.popularity[track]!;
    const artist = this.space.artistPopularity[track]!;
    const ownShare = own >= 0 ? this.trackShare : 0;
    const artistShare = artist >= 0 ? this.artistShare : 0;
    if (ownShare + artistShare === 0) return Number.NaN;
    const sum =
      (ownShare > 0 ? ownShare * this.trackPopularity![own]! : 0) +
      (artistShare > 0 ? artistShare * this.artistPopularity![artist]! : 0);
    return sum / (ownShare + artistShare);
  }

  genreCosine(track: number): number {
    const profile = this.space.genres.profileOf[track]!;
    if (!this.genre || profile < 0) return Number.NaN;
    const { ptr, idx, values } = this.space.genres.rows;
    let dot = 0;
    for (let e = ptr[profile]!; e < ptr[profile + 1]!; e++) dot += values![e]! * this.genre[idx[e]!]!;
    return dot;
  }

  /**
   * Weighted mean of the block cosines for every track. A block that the query has and a track lacks counts with `caution` times its weight, at the
   * mean cosine of the tracks that have it: neither for nor against the track. With caution 0 it is left out, so that the mean is over the blocks
   * known on both sides, however few. With a single block there is nothing to balance, and a track without it has no score.
   * @param out length = tracks; 0 where nothing is known on both sides
   */
  score(weights: BlockWeights, caution: number, out: Float32Array): void {
    const used = BLOCKS.filter((block) => weights[block] > 0);
    if (used.length === 1) {
      // The mean of a single block is its cosine.
      if (!this.allCosines(used[0]!, out)) out.fill(0);
      for (let t = 0; t < out.length; t++) if (Number.isNaN(out[t]!)) out[t] = 0;
      return;
    }
    const divisor = new Float32Array(out.length);
    const evidence = new Uint8Array(out.length);
    const cosines = new Float32Array(out.length);
    out.fill(0);
    for (const block of used) {
      const weight = weights[block];
      if (!this.allCosines(block, cosines)) continue;
      let sum = 0;
      let known = 0;
      for (let t = 0; t < cosines.length; t++) {
        const cosine = cosines[t]!;
        if (Number.isNaN(cosine)) continue;
        sum += cosine;
        known++;
      }
      const missing = weight * caution;
      const expected = known > 0 ? (missing * sum) / known : 0;
      for (let t = 0; t < cosines.length; t++) {
        const cosine = cosines[t]!;
        if (Number.isNaN(cosine)) {
          out[t]! += expected;
          divisor[t]! += missing;
        } else {
          out[t]! += weight * cosine;
          divisor[t]! += weight;
          evidence[t] = 1;
        }
      }
    }
    for (let t = 0; t < out.length; t++) out[t] = evidence[t] === 1 ? out[t]! / divisor[t]! : 0;
  }

  /** Cosines of one block for all tracks, NaN where unknown; false when the query lacks the block. */
  private allCosines(block: Block, out: Float32Array): boolean {
    const { space } = this;
    if (block === 'audio' || block === 'mood') {
      const part = this[block];
      if (!part) return false;
      this.soundScan(part, out);
    } else if (block === 'era') {
      if (!this.eras) return false;
      for (let t = 0; t < out.length; t++) out[t] = this.eraCosine(t);
    } else if (block === 'popularity') {
      if (this.trackShare + this.artistShare === 0) return false;
      for (let t = 0; t < out.length; t++) out[t] = this.popularityCosine(t);
    } else if (block === 'sound') {
      if (!this.measured) return false;
      for (let t = 0; t < out.length; t++) out[t] = this.measuredCosine(t);
    } else if (block === 'embedding') {
      if (!this.heard) return false;
      for (let t = 0; t < out.length; t++) out[t] = this.heardCosine(t);
    } else if (block === 'lyrics') {
      if (!this.lyrics) return false;
      for (let t = 0; t < out.length; t++) out[t] = this.lyricsCosine(t);
    } else {
      if (!this.genre) return false;
      const profiles = this.profileScan();
      const { profileOf } = space.genres;
      for (let t = 0; t < out.length; t++) out[t] = profileOf[t]! < 0 ? Number.NaN : profiles[profileOf[t]!]!;
    }
    return true;
  }

  /** Cosines of one sound block over all rows, NaN for those without sound. */
  private soundScan(part: SoundPart, out: Float32Array): void {
    const { audio, sounds } = this.space;
    this.space.audioScores(part.direction, out);
    const inverse = inverseLengths(audio, AUDIO_STRIDE, part.axisWeights);
    for (let t = 0; t < out.length; t++) out[t] = sounds[t] === 1 ? out[t]! * inverse[t]! : Number.NaN;
  }

  /** Cosines of all genre profiles. */
  private profileScan(): Float32Array {
    const { ptr, idx, values, rows } = this.space.genres.rows;
    const genre = this.genre!;
    const out = new Float32Array(rows);
    for (let p = 0; p < rows; p++) {
      let dot = 0;
      const end = ptr[p + 1]!;
      for (let e = ptr[p]!; e < end; e++) dot += values![e]! * genre[idx[e]!]!;
      out[p] = dot;
    }
    return out;
  }
}
