import { fromRows } from '../math/csr.ts';
import { kMeans } from '../math/kmeans.ts';
import type { Rng } from '../math/rng.ts';
import { truncatedSvd } from '../math/truncated-svd.ts';
import type { DenseRows } from './dense.ts';

/** A cluster of more than this many times the mean size is split. */
const OVERSIZED = 2;
/** Number of genre directions computed for a single cluster. */
const AXES = 24;
/** Rounds of splitting what is still too large. */
const ROUNDS = 2;

/**
 * Splits clusters that are far too large. A few genre directions cannot distinguish all styles, so what they miss ends up in one cluster near the
 * mean. Within it, directions computed from its own genres (truncated SVD of their TF-IDF rows, scaled to length 1) find groups by k-means. Tracks
 * without a genre stay.
 * @param clusterOf cluster per track, −1 = none; modified in place @param k clusters so far @returns number of clusters now; new ones are numbered
 * from k
 */
export async function splitOversized(rows: DenseRows, clusterOf: Int32Array, k: number, rng: Rng): Promise<number> {
  const total = clusterOf.reduce((sum, c) => sum + (c >= 0 ? 1 : 0), 0);
  const usual = total / k;
  let clusters = k;
  for (let round = 0; round < ROUNDS; round++) {
    const before = clusters;
    for (let c = 0; c < before; c++) {
      const members: number[] = [];
      for (let t = 0; t < clusterOf.length; t++)
        if (clusterOf[t] === c && rows.space.genres.profileOf[t]! >= 0) members.push(t);
      if (members.length <= OVERSIZED * usual) continue;
      const parts = Math.max(2, Math.round((2 * members.length) / usual));
      const groups = await groupByGenres(rows, members, parts, rng.fork(`${round} ${c}`));
      // The first group keeps the cluster's number, and with it the tracks without a genre.
      members.forEach((t, i) => {
        if (groups.of[i]! > 0) clusterOf[t] = clusters + groups.of[i]! - 1;
      });
      clusters += groups.count - 1;
    }
    if (clusters === before) break;
  }
  return clusters;
}

async function groupByGenres(
  rows: DenseRows,
  members: readonly number[],
  parts: number,
  rng: Rng,
): Promise<{ of: Int32Array; count: number }> {
  const { genres } = rows.space;
  const rowOf = new Map<number, number>();
  const lists: number[][] = [];
  const values: number[] = [];
  for (const t of members) {
    const profile = genres.profileOf[t]!;
    if (rowOf.has(profile)) continue;
    rowOf.set(profile, lists.length);
    const [from, to] = [genres.rows.ptr[profile]!, genres.rows.ptr[profile + 1]!];
    lists.push([...genres.rows.idx.subarray(from, to)]);
    for (let e = from; e < to; e++) values.push(genres.rows.values![e]!);
  }
  const matrix = { ...fromRows(lists, genres.rows.columns), values: Float32Array.from(values) };
  const { right, values: singular } = await truncatedSvd(matrix, AXES, { rng: rng.fork('directions') });
  const axes = singular.length;
  const coordinates = new Float32Array(lists.length * axes);
  for (let r = 0; r < lists.length; r++) {
    for (let e = matrix.ptr[r]!; e < matrix.ptr[r + 1]!; e++)
      for (let a = 0; a < axes; a++)
        coordinates[r * axes + a]! += matrix.values[e]! * right[matrix.idx[e]! * axes + a]!;
    const own = coordinates.subarray(r * axes, (r + 1) * axes);
    const length = Math.hypot(...own) || 1;
    for (let a = 0; a < axes; a++) own[a]! /= length;
  }
  const data = new Float32Array(members.length * axes);
  members.forEach((t, i) => {
    const r = rowOf.get(genres.profileOf[t]!)!;
    data.set(coordinates.subarray(r * axes, (r + 1) * axes), i * axes);
  });
  const found = kMeans(data, members.length, axes, Math.min(parts, members.length), {
    rng: rng.fork('k-means'),
    restarts: 2,
  });
  return { of: Int32Array.from(found.nearest), count: found.k };
}
