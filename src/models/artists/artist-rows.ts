import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';
import type { Neighbours } from '../playlist-neighbours/owner-space.ts';

/** The main artist of every track, −1 when unknown. */
export function mainArtists(dataset: Dataset): Int32Array {
  const artistOf = new Int32Array(dataset.tracks.count);
  for (let t = 0; t < artistOf.length; t++) artistOf[t] = dataset.mainArtist(t);
  return artistOf;
}

/** Entries per artist: the owner counts of the artist's tracks, summed. */
export function artistEntries({ artists, byTrack: { ptr } }: Dataset, artistOf: Int32Array): Float32Array {
  const entries = new Float32Array(artists.count);
  for (let t = 0; t < artistOf.length; t++) {
    const artist = artistOf[t]!;
    if (artist >= 0) entries[artist]! += ptr[t + 1]! - ptr[t]!;
  }
  return entries;
}

/** owners × artists: the square root of the number of the owner's tracks by the artist, so that one album doesn't dominate a playlist. */
export function artistRows(dataset: Dataset, artistOf: Int32Array): Csr {
  const { ptr, idx, rows } = dataset.byOwner;
  const outPtr = new Int32Array(rows + 1);
  const outIdx = new Int32Array(idx.length);
  const values = new Float32Array(idx.length);
  const place = new Int32Array(dataset.artists.count).fill(-1);
  let at = 0;
  for (let owner = 0; owner < rows; owner++) {
    const start = at;
    for (let e = ptr[owner]!; e < ptr[owner + 1]!; e++) {
      const artist = artistOf[idx[e]!]!;
      if (artist < 0) continue;
      if (place[artist]! < start) {
        place[artist] = at;
        outIdx[at] = artist;
        values[at++] = 0;
      }
      values[place[artist]!]!++;
    }
    for (let e = start; e < at; e++) values[e] = Math.sqrt(values[e]!);
    outPtr[owner + 1] = at;
  }
  return { rows, columns: dataset.artists.count, ptr: outPtr, idx: outIdx.slice(0, at), values: values.slice(0, at) };
}

/** out[artist] += vote · value, over the neighbours' rows. */
export function voteArtists(neighbours: Neighbours, rows: Csr, out: Float32Array): void {
  const { ptr, idx, values } = rows;
  for (let i = 0; i < neighbours.count; i++) {
    const owner = neighbours.owners[i]!;
    const weight = neighbours.weights[i]!;
    for (let e = ptr[owner]!; e < ptr[owner + 1]!; e++) out[idx[e]!]! += weight * (values ? values[e]! : 1);
  }
}

/** Added to an artist's entries, so that a track's share counts for little while few owners hold the artist. */
const DOUBT = 3;

/** Spreads an artist's score over the artist's tracks in proportion to their owners: out[t] = score · owners(t) / (entries of the artist + 3). */
export function spreadArtists(
  scores: Float32Array,
  artistOf: Int32Array,
  popularity: Float32Array,
  entries: Float32Array,
  out: Float32Array,
): void {
  for (let t = 0; t < out.length; t++) {
    const artist = artistOf[t]!;
    out[t] = artist >= 0 && scores[artist]! > 0 ? (scores[artist]! * popularity[t]!) / (entries[artist]! + DOUBT) : 0;
  }
}
