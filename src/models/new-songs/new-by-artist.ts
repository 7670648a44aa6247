import type { Dataset } from '../../dataset/dataset.ts';

/** Songs that nobody holds, by artist: those of artists[i] are tracks[ptr[i]] … tracks[ptr[i + 1]], the best known first. */
export interface NewByArtist {
  /** Ascending. */
  readonly artists: Int32Array;
  readonly ptr: Int32Array;
  readonly tracks: Int32Array;
}

/** Songs of unknown artists are left out. @param artistOf main artist of each track, −1 when unknown */
export function newByArtist({ byTrack, tracks: { popularity } }: Dataset, artistOf: Int32Array): NewByArtist {
  const tracks = Int32Array.from(artistOf.keys())
    .filter((t) => artistOf[t]! >= 0 && byTrack.ptr[t] === byTrack.ptr[t + 1])
    .sort((a, b) => artistOf[a]! - artistOf[b]! || popularity[b]! - popularity[a]! || a - b);
  const artists: number[] = [];
  const ptr: number[] = [];
  for (const [at, track] of tracks.entries()) {
    if (artists.at(-1) === artistOf[track]) continue;
    artists.push(artistOf[track]!);
    ptr.push(at);
  }
  return { artists: Int32Array.from(artists), ptr: Int32Array.from([...ptr, tracks.length]), tracks };
}
