import { DatasetBuilder } from '../../src/dataset/builder.ts';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { emptyBatch, type OwnerRow, type TrackRow } from '../../src/dataset/rows.ts';
import { Rng } from '../../src/math/rng.ts';

/** A dataset from rows in a test; owners refer to tracks by index. */
export function datasetOf(
  tracks: TrackRow[],
  owners: (Omit<OwnerRow, 'kind'> & { kind?: OwnerRow['kind'] })[] = [],
): Dataset {
  const builder = new DatasetBuilder();
  const batch = emptyBatch();
  batch.tracks.push(...tracks);
  for (const owner of owners) batch.owners.push({ kind: 'playlist', ...owner });
  builder.add(batch);
  return builder.finish();
}

/** A seeded catalogue for property tests: every column is filled, with some values missing, artists with several tracks, and versions of songs. */
export function randomDataset(seed: number, tracks = 120, playlists = 40): Dataset {
  const rng = new Rng(seed);
  const rows: TrackRow[] = [];
  for (let t = 0; t < tracks; t++) {
    const artist = rng.below(Math.max(1, tracks >> 3));
    const version = rng.uniform() < 0.15 && t > 0 ? rng.below(t) : t;
    const of = rows[version];
    rows.push({
      uri: `test:track:${t}`,
      name: of?.name ?? `Song ${t}`,
      artists: of?.artists ?? [{ name: `Artist ${artist}`, uri: `test:artist:${artist}` }],
      album: { name: `Album ${artist}-${rng.below(3)}` },
      year: rng.uniform() < 0.8 ? 1950 + rng.below(75) : undefined,
      popularity: rng.uniform() < 0.8 ? rng.below(101) : undefined,
      explicit: rng.uniform() < 0.8 ? rng.uniform() < 0.3 : undefined,
      durationMs: of?.durationMs ?? 120_000 + rng.below(200_000),
      features:
        rng.uniform() < 0.8
          ? {
              energy: rng.uniform(),
              valence: rng.uniform(),
              danceability: rng.uniform(),
              acousticness: rng.uniform(),
              tempo: 60 + rng.below(140),
              key: rng.below(12),
              mode: rng.below(2),
            }
          : undefined,
      genres: [`genre ${rng.below(6)}`],
    });
  }
  const owners: OwnerRow[] = [];
  for (let o = 0; o < playlists; o++)
    owners.push({
      id: `test:playlist:${o}`,
      kind: 'playlist',
      title: `Playlist ${o % 7}`,
      items: rng.sample(tracks, 3 + rng.below(20)),
    });
  return datasetOf(rows, owners);
}
