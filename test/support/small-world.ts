import { DatasetBuilder } from '../../src/dataset/builder.ts';
import type { Dataset } from '../../src/dataset/dataset.ts';
import { emptyBatch } from '../../src/dataset/rows.ts';
import { Rng } from '../../src/math/rng.ts';

export interface SmallWorld {
  owners?: number;
  tracks?: number;
  communities?: number;
  /** Owners have between a third of this and this many tracks. */
  longest?: number;
  /** Gives each entry a time, rising within an owner. */
  times?: boolean;
  /** Gives each entry a rating of 1 … 5 that depends on owner and track. */
  ratings?: boolean;
  titles?: boolean;
  seed?: number;
}

/** A catalogue whose owners mostly stay within one of a few communities of tracks; the first tracks of each are the popular ones. */
export function smallWorld({
  owners = 200,
  tracks = 300,
  communities = 4,
  longest = 36,
  times = false,
  ratings = false,
  titles = true,
  seed = 1,
}: SmallWorld = {}): Dataset {
  const rng = new Rng(seed);
  const batch = emptyBatch();
  for (let t = 0; t < tracks; t++)
    batch.tracks.push({
      uri: `small:track:${t}`,
      name: `Song ${t}`,
      artists: [{ name: `Artist ${t % communities}-${Math.floor(t / communities) % 12}` }],
      genres: [`genre ${t % communities}`],
      durationMs: 100_000 + 5_000 * t,
      year: 1960 + (t % 60),
      features: { energy: (t % communities) / communities, danceability: rng.uniform(), tempo: 60 + (t % 120) },
    });
  for (let o = 0; o < owners; o++) {
    const community = o % communities;
    const wanted = Math.ceil(longest / 3) + rng.below(longest - Math.ceil(longest / 3) + 1);
    const items = new Set<number>();
    while (items.size < Math.min(wanted, tracks)) {
      const own = rng.uniform() < 0.85 ? community : rng.below(communities);
      const rank = Math.floor((tracks / communities) * rng.uniform() ** 2);
      items.add(Math.min(tracks - 1, rank * communities + own));
    }
    const list = [...items];
    batch.owners.push({
      id: `small:${o}`,
      kind: 'playlist',
      title: titles ? `mix ${community}` : undefined,
      items: list,
      times: times ? list.map((_, i) => 1_000_000 + 1000 * i + rng.below(900)) : undefined,
      weights: ratings ? list.map((t) => 1 + ((t + o) % 5)) : undefined,
    });
  }
  const builder = new DatasetBuilder();
  builder.add(batch);
  return builder.finish();
}
