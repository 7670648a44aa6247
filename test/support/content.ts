import { DatasetBuilder } from '../../src/dataset/builder.ts';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { type ArtistRow, emptyBatch, type TrackRow } from '../../src/dataset/rows.ts';

/** A catalogue with exactly these rows. */
export function datasetOf(tracks: TrackRow[], artists: ArtistRow[] = []): Dataset {
  const builder = new DatasetBuilder();
  builder.add({ ...emptyBatch(), tracks, artists });
  return builder.finish();
}

/** Twelve plausible features derived from the energy. */
export const sound = (energy: number, tempo: number, rest: TrackRow['features'] = {}): TrackRow['features'] => ({
  danceability: 0.5,
  energy,
  key: 0,
  loudness: -20 + 15 * energy,
  mode: 1,
  speechiness: 0.05,
  acousticness: 1 - energy,
  instrumentalness: 0,
  liveness: 0.1,
  valence: 0.5,
  tempo,
  timeSignature: 4,
  ...rest,
});

export const track = (n: number, row: Partial<TrackRow> = {}): TrackRow => ({
  uri: `t:${n}`,
  name: `Track ${n}`,
  ...row,
});
