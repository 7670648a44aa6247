import type { Dataset } from '../../dataset/dataset.ts';
import { artistNumbers } from '../describe.ts';
import type { Candidate } from './candidate.ts';

/**
 * Limits tracks per artist and per album, in the order given: a track stays when none of its artists, nor its album, is full.
 * Tracks without an artist or album are not limited by it. @param perArtist, perAlbum at least 1; undefined = no limit
 */
export function limited(
  candidates: readonly Candidate[],
  dataset: Dataset,
  perArtist: number | undefined,
  perAlbum: number | undefined,
): Candidate[] {
  if (perArtist === undefined && perAlbum === undefined) return [...candidates];
  const artistCounts = new Map<number, number>();
  const albumCounts = new Map<number, number>();
  const full = (counts: Map<number, number>, of: number, most: number | undefined): boolean =>
    most !== undefined && of >= 0 && (counts.get(of) ?? 0) >= most;
  const add = (counts: Map<number, number>, of: number): void => {
    if (of >= 0) counts.set(of, (counts.get(of) ?? 0) + 1);
  };
  return candidates.filter(({ track }) => {
    const artists = new Set(artistNumbers(dataset, track));
    const album = dataset.tracks.album[track]!;
    if (full(albumCounts, album, perAlbum)) return false;
    for (const artist of artists) if (full(artistCounts, artist, perArtist)) return false;
    add(albumCounts, album);
    for (const artist of artists) add(artistCounts, artist);
    return true;
  });
}
