import { AUDIO_FEATURES } from '../dataset/audio-features.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { pca } from '../math/pca.ts';
import { Rng } from '../math/rng.ts';
import { artistNumbers } from '../recommend/describe.ts';
import type { TasteLayout } from './layout.ts';

type ColumnType = 'Float32' | 'Uint8' | 'Uint16' | 'Int16';

export interface MapHeader {
  version: string;
  count: number;
  method: string;
  columns: { name: string; type: ColumnType; offset: number; meaning: string }[];
  clusters: { label: string; count: number }[];
  genres: { label: string; count: number }[];
}

export interface TasteMap {
  header: MapHeader;
  points: Uint8Array;
}

/** Whether anything is known about the tracks themselves. */
export function hasContent({ tracks, genres }: Dataset): boolean {
  return genres.size > 0 || tracks.year.some((y) => y >= 0) || tracks.features.some((value) => !Number.isNaN(value));
}

const NONE = 255;
const MOST_GENRES = 40;
const ENERGY = AUDIO_FEATURES.findIndex((f) => f.id === 'energy');

/** Packs the layout and the colouring columns for the browser: binary columns at offsets that are multiples of 8. */
export function packMap(dataset: Dataset, layout: TasteLayout, version: string): TasteMap {
  const { tracks } = dataset;
  const { count } = tracks;
  const genre = genreColumn(dataset);
  const energy = new Uint8Array(count);
  const popularity = new Uint8Array(count);
  for (let t = 0; t < count; t++) {
    const value = dataset.feature(t, ENERGY);
    energy[t] = Number.isNaN(value) ? NONE : Math.round(value * 254);
    popularity[t] = tracks.popularity[t]! < 0 ? NONE : tracks.popularity[t]!;
  }
  const columns: [string, ColumnType, Float32Array | Uint8Array | Int16Array, string][] = [
    ['x', 'Float32', layout.x, 'across, −1 to 1'],
    ['y', 'Float32', layout.y, 'up, −1 to 1'],
    ['cluster', 'Uint8', layout.cluster, 'index into clusters, 255 = none'],
    ['genre', 'Uint8', genre.column, 'index into genres, 255 = another or none'],
    ['year', 'Int16', tracks.year, 'release year, −1 = unknown'],
    ['energy', 'Uint8', energy, '0–254 for 0–1, 255 = unknown'],
    ['popularity', 'Uint8', popularity, '0–100, 255 = unknown'],
  ];
  let size = 0;
  const described = columns.map(([name, type, column, meaning]) => {
    const offset = size;
    size = Math.ceil((offset + column.byteLength) / 8) * 8;
    return { name, type, offset, meaning };
  });
  const points = new Uint8Array(size);
  columns.forEach(([, , column], i) => {
    points.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), described[i]!.offset);
  });
  return {
    header: {
      version,
      count,
      method: layout.method,
      columns: described,
      clusters: counted(layout.labels, layout.cluster),
      genres: counted(genre.labels, genre.column),
    },
    points,
  };
}

function counted(labels: readonly string[], column: Uint8Array): { label: string; count: number }[] {
  const counts = new Int32Array(256);
  for (const value of column) counts[value]!++;
  return labels.map((label, i) => ({ label, count: counts[i]! }));
}

/** Each track's most common genre among the catalogue's most common ones. */
function genreColumn(dataset: Dataset): { column: Uint8Array; labels: string[] } {
  const { tracks, artists, genres } = dataset;
  const counts = new Int32Array(genres.size);
  const each = (track: number, visit: (genre: number) => void): void => {
    for (let e = tracks.genres.ptr[track]!; e < tracks.genres.ptr[track + 1]!; e++) visit(tracks.genres.idx[e]!);
    for (const artist of artistNumbers(dataset, track))
      for (let e = artists.genres.ptr[artist]!; e < artists.genres.ptr[artist + 1]!; e++) visit(artists.genres.idx[e]!);
  };
  for (let t = 0; t < tracks.count; t++)
    each(t, (genre) => {
      counts[genre]!++;
    });
  const common = Array.from(counts.keys())
    .filter((g) => counts[g]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, MOST_GENRES);
  const rank = new Uint8Array(genres.size).fill(NONE);
  common.forEach((genre, i) => {
    rank[genre] = i;
  });
  const column = new Uint8Array(tracks.count).fill(NONE);
  for (let t = 0; t < tracks.count; t++)
    each(t, (genre) => {
      if (rank[genre]! < column[t]!) column[t] = rank[genre]!;
    });
  return { column, labels: common.map((g) => genres.id(g)) };
}

/**
 * A layout by taste: the first two principal axes of a model's track vectors. Tracks without a vector are placed at their artist, otherwise
 * scattered.
 * @param vectors count × dimension, row by row; rows of zeros are not vectors
 */
export function tasteLayout(dataset: Dataset, vectors: { data: Float32Array; dimension: number }): TasteLayout {
  const { count } = dataset.tracks;
  const { data, dimension } = vectors;
  const has = new Uint8Array(count);
  for (let t = 0; t < count; t++)
    for (let d = 0; d < dimension && has[t] === 0; d++) if (data[t * dimension + d] !== 0) has[t] = 1;
  const { mean, components } = pca(data, dimension, 2, has);
  const project = (axis: number): Float32Array =>
    Float32Array.from({ length: count }, (_, t) => {
      if (has[t] === 0) return Number.NaN;
      let sum = 0;
      for (let d = 0; d < dimension; d++)
        sum += (data[t * dimension + d]! - mean[d]!) * (components[axis * dimension + d] ?? 0);
      return sum;
    });
  const x = project(0);
  const y = project(1);
  placeOthers(dataset, x, y);
  intoSquare(x);
  intoSquare(y);
  const cluster = new Uint8Array(count).fill(NONE);
  return { x, y, cluster, labels: [], method: 'principal axes of what is liked together' };
}

function placeOthers(dataset: Dataset, x: Float32Array, y: Float32Array): void {
  const rng = new Rng(2);
  const sums = new Map<number, [x: number, y: number, n: number]>();
  for (let t = 0; t < x.length; t++) {
    if (Number.isNaN(x[t]!)) continue;
    const artist = dataset.mainArtist(t);
    const sum = sums.get(artist) ?? [0, 0, 0];
    sums.set(artist, [sum[0] + x[t]!, sum[1] + y[t]!, sum[2] + 1]);
  }
  for (let t = 0; t < x.length; t++) {
    if (!Number.isNaN(x[t]!)) continue;
    const [sx, sy, n] = sums.get(dataset.mainArtist(t)) ?? [0, 0, 0];
    const spread = n > 0 ? 0.15 : 2;
    x[t] = (n > 0 ? sx / n : 0) + spread * rng.normal();
    y[t] = (n > 0 ? sy / n : 0) + spread * rng.normal();
  }
}

/** Scales to [−1, 1] by the 99.5th percentile of the distance from the centre, so that a few outliers do not compress all others. */
function intoSquare(values: Float32Array): void {
  if (values.length === 0) return;
  const distances = values.map(Math.abs).sort();
  const reach = distances[Math.floor((distances.length - 1) * 0.995)]! || 1;
  for (let i = 0; i < values.length; i++) values[i] = Math.max(-1, Math.min(1, values[i]! / reach));
}
