import type { Dataset } from '../dataset/dataset.ts';
import { SegueError } from '../errors.ts';
import type { Rng } from '../math/rng.ts';
import { truncatedSvd } from '../math/truncated-svd.ts';
import { AUDIO_AXES, AUDIO_STRIDE } from './audio-components.ts';
import { axisWeights } from './blocks.ts';
import { ContentSpace, type SpaceRecord } from './space.ts';
import type { StandardRows } from './standard-rows.ts';

/** Total variance of each group, relative to one standardised feature. */
const GENRE_VARIANCE = 6;
const POPULARITY_VARIANCE = 0.5;
const MEASURED_VARIANCE = 6;
const FARTHEST = 4;

/** Start of each group in a dense row. */
export const YEAR_AXIS: number = AUDIO_AXES.length;
export const POPULARITY_AXIS: number = AUDIO_AXES.length + 1;
export const GENRE_AXES: number = AUDIO_AXES.length + 2;

/** The saved part of dense rows besides the space, as JSON. */
export interface DenseRecord {
  space: SpaceRecord;
  year: [mean: number, deviation: number];
  popularity: [mean: number, deviation: number];
  genreMean: number[];
  genreScale: number;
  genreNames: string[];
  /** genreNames × genre axes: the genres' coordinates. */
  genreAxes: number[];
}

/**
 * A dense row for every track, for methods that need vectors: standardised audio, year, popularity, and the genres projected onto their leading
 * singular directions (latent semantic analysis of the TF-IDF rows). Missing values are set to the catalogue's mean, 0.
 */
export class DenseRows {
  readonly space: ContentSpace;
  readonly dimension: number;
  /** End of the genres and start of the sound measured from files; the end of the row where no track was analysed. */
  readonly measuredAxis: number;
  /** End of the measured sound and start of the embedding. */
  readonly heardAxis: number;
  /** count × dimension */
  readonly data: Float32Array;
  /** 1 = at least one group of the track is known. */
  readonly known: Uint8Array;
  readonly record: DenseRecord;

  private constructor(space: ContentSpace, record: DenseRecord) {
    const axes = record.genreMean.length;
    this.space = space;
    this.record = record;
    this.measuredAxis = GENRE_AXES + axes;
    this.heardAxis = this.measuredAxis + (space.measured?.width ?? 0);
    this.dimension = this.heardAxis + (space.heard?.width ?? 0);
    this.data = new Float32Array(space.count * this.dimension);
    this.known = new Uint8Array(space.count);
    this.fill(genreCoordinates(space, record));
  }

  /** @param genreAxes number of directions for the genres; fewer when the genres span fewer */
  static async fit(space: ContentSpace, genreAxes: number, rng: Rng): Promise<DenseRows> {
    const { dataset, genres } = space;
    const { year, popularity } = dataset.tracks;
    const directions =
      genres.rows.rows === 0 ? { values: [], right: [] } : await truncatedSvd(genres.rows, genreAxes, { rng });
    const axes = directions.values.length;
    const used: number[] = [];
    const seen = new Uint8Array(dataset.genres.size);
    for (const genre of genres.rows.idx) seen[genre] = 1;
    for (let g = 0; g < seen.length; g++) if (seen[g]) used.push(g);
    const record: DenseRecord = {
      space: space.toRecord(),
      year: moments(year),
      popularity: moments(popularity),
      genreMean: new Array<number>(axes).fill(0),
      genreScale: 1,
      genreNames: used.map((g) => dataset.genres.id(g)),
      genreAxes: used.flatMap((g) => Array.from({ length: axes }, (_, a) => directions.right[g * axes + a]!)),
    };
    const { mean, variance } = genreMoments(space, genreCoordinates(space, record), axes);
    record.genreMean = mean;
    record.genreScale = variance > 1e-9 ? Math.sqrt(GENRE_VARIANCE / variance) : 0;
    return new DenseRows(space, record);
  }

  /** @throws SegueError MODEL_MISMATCH, FILE_UNREADABLE */
  static restore(value: unknown, dataset: Dataset): DenseRows {
    const record = (typeof value === 'object' && value !== null ? value : {}) as Partial<DenseRecord>;
    const space = ContentSpace.restore(record.space, dataset);
    const numbers = (list: unknown, length: number): boolean =>
      Array.isArray(list) && list.length === length && list.every((n) => Number.isFinite(n));
    const axes = Array.isArray(record.genreMean) ? record.genreMean.length : -1;
    const valid =
      axes >= 0 &&
      numbers(record.genreMean, axes) &&
      numbers(record.year, 2) &&
      numbers(record.popularity, 2) &&
      Number.isFinite(record.genreScale) &&
      Array.isArray(record.genreNames) &&
      record.genreNames.every((name) => typeof name === 'string') &&
      numbers(record.genreAxes, record.genreNames.length * axes);
    if (!valid) {
      throw new SegueError('FILE_UNREADABLE', {
        got: 'The saved feature vectors are damaged',
        expected: 'means, scales and genre directions',
        remedy: 'Train the content models again with `segue train`',
      });
    }
    return new DenseRows(space, record as DenseRecord);
  }

  row(track: number): Float32Array {
    return this.data.subarray(track * this.dimension, (track + 1) * this.dimension);
  }

  private fill(genres: Float32Array): void {
    const { space, dimension, data, known, record } = this;
    const { year, popularity } = space.dataset.tracks;
    const axes = record.genreMean.length;
    const weights = axisWeights({}, false).map(Math.sqrt);
    const popularityScale = Math.sqrt(POPULARITY_VARIANCE);
    for (let t = 0; t < space.count; t++) {
      const row = t * dimension;
      const profile = space.genres.profileOf[t]!;
      for (let a = 0; a < AUDIO_AXES.length; a++) data[row + a] = space.audio[t * AUDIO_STRIDE + a]! * weights[a]!;
      data[row + YEAR_AXIS] = standard(year[t]!, record.year);
      data[row + POPULARITY_AXIS] = standard(popularity[t]!, record.popularity) * popularityScale;
      if (profile >= 0) {
        for (let a = 0; a < axes; a++)
          data[row + GENRE_AXES + a] = (genres[profile * axes + a]! - record.genreMean[a]!) * record.genreScale;
      }
      known[t] = space.sounds[t] === 1 || profile >= 0 || year[t]! >= 0 ? 1 : 0;
    }
    if (space.measured) this.fillMeasured(space.measured, this.measuredAxis);
    if (space.heard) this.fillMeasured(space.heard, this.heardAxis);
  }

  private fillMeasured(measured: StandardRows, axis: number): void {
    const { dimension, data, known } = this;
    const { rowOf, rows, width, variance } = measured;
    const scale = variance > 0 ? Math.sqrt(MEASURED_VARIANCE / variance) : 0;
    for (let t = 0; t < known.length; t++) {
      const from = rowOf[t]! * width;
      if (from < 0) continue;
      for (let a = 0; a < width; a++) data[t * dimension + axis + a] = rows[from + a]! * scale;
      known[t] = 1;
    }
  }
}

/** Coordinates of every genre profile in the record's directions, profiles × axes. */
function genreCoordinates(space: ContentSpace, record: DenseRecord): Float32Array {
  const axes = record.genreMean.length;
  const { genres } = space.dataset;
  const table = new Float32Array(genres.size * axes);
  for (let i = 0; i < record.genreNames.length; i++) {
    const genre = genres.indexOf(record.genreNames[i]!);
    if (genre >= 0) for (let a = 0; a < axes; a++) table[genre * axes + a] = record.genreAxes[i * axes + a]!;
  }
  const { ptr, idx, values, rows } = space.genres.rows;
  const out = new Float32Array(rows * axes);
  for (let p = 0; p < rows; p++)
    for (let e = ptr[p]!; e < ptr[p + 1]!; e++)
      for (let a = 0; a < axes; a++) out[p * axes + a]! += values![e]! * table[idx[e]! * axes + a]!;
  return out;
}

/** Mean of the coordinates over tracks, and the sum of their variances. */
function genreMoments(space: ContentSpace, profiles: Float32Array, axes: number): { mean: number[]; variance: number } {
  const mean = new Array<number>(axes).fill(0);
  const squares = new Array<number>(axes).fill(0);
  let count = 0;
  for (const profile of space.genres.profileOf) {
    if (profile < 0) continue;
    count++;
    for (let a = 0; a < axes; a++) {
      const value = profiles[profile * axes + a]!;
      mean[a]! += value;
      squares[a]! += value * value;
    }
  }
  let variance = 0;
  for (let a = 0; a < axes && count > 0; a++) {
    mean[a]! /= count;
    variance += squares[a]! / count - mean[a]! ** 2;
  }
  return { mean, variance };
}

/** Mean and standard deviation of the values ≥ 0; [0, 0] when there are none or all are equal. */
function moments(values: Int16Array): [number, number] {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    if (value < 0) continue;
    count++;
    sum += value;
    squares += value * value;
  }
  if (count === 0) return [0, 0];
  return [sum / count, Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2))];
}

const standard = (value: number, [mean, deviation]: readonly [number, number]): number =>
  value < 0 || deviation === 0 ? 0 : Math.max(-FARTHEST, Math.min(FARTHEST, (value - mean) / deviation));
