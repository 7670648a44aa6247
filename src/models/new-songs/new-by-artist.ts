import type { Dataset } from '../../dataset/dataset.ts';
import { numberWorks, workPopularity } from '../hybrid/works.ts';

/** Songs that nobody holds, by artist: those of artists[i] are tracks[ptr[i]] … tracks[ptr[i + 1]], most popular first. */
export interface NewByArtist {
  /** Ascending. */
  readonly artists: Int32Array;
  readonly ptr: Int32Array;
  readonly tracks: Int32Array;
}

/**
 * Finds songs that nobody holds. Leaves out songs of unknown artists, and copies of a recording that somebody holds under another id. Other versions
 * of a held song come last. @param artistOf main artist of each track, −1 when unknown
 */
export function newByArtist(dataset: Dataset, artistOf: Int32Array): NewByArtist {
  const { count, song, popularity } = dataset.tracks;
  const works = numberWorks(dataset, artistOf);
  const versions = workPopularity(dataset, works);
  const copies = new Float32Array(count);
  for (let t = 0; t < count; t++) copies[song[t]!]! += dataset.ownersOf(t);
  const known = (track: number): number => Number(versions[works.of[track]!]! > 0);
  const tracks = Int32Array.from(artistOf.keys())
    .filter((t) => artistOf[t]! >= 0 && copies[song[t]!] === 0)
    .sort((a, b) => artistOf[a]! - artistOf[b]! || known(a) - known(b) || popularity[b]! - popularity[a]! || a - b);
  const artists: number[] = [];
  const ptr: number[] = [];
  for (const [at, track] of tracks.entries()) {
    if (artists.at(-1) === artistOf[track]) continue;
    artists.push(artistOf[track]!);
    ptr.push(at);
  }
  return { artists: Int32Array.from(artists), ptr: Int32Array.from([...ptr, tracks.length]), tracks };
}
