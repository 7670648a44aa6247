import type { Dataset } from '../../src/dataset/dataset.ts';
import { playId } from '../../src/listeners/keys.ts';
import type { NewPlay } from '../../src/listeners/plays.ts';
import { Rng } from '../../src/math/rng.ts';

const DAY = 86_400_000;

/**
 * The history of a listener with drifting taste: at any time they listen to the tracks of one owner of the library, and switch to another now and
 * then; songs they found are played again, less and less. Deterministic. @param days length of the history @param until its end, milliseconds since
 * 1970
 */
export function driftingListener(dataset: Dataset, seed: number, days: number, until: number): NewPlay[] {
  const rng = new Rng(seed);
  const plays: NewPlay[] = [];
  const known: number[] = [];
  let owner = rng.below(dataset.owners.count);
  for (let day = 0; day < days; day++) {
    if (rng.uniform() < 1 / 20) owner = rng.below(dataset.owners.count);
    const tracks = dataset.tracksOf(owner);
    for (let p = 0; p < 8; p++) {
      const again = known.length > 0 && rng.uniform() < 0.5;
      // Recent finds are played most.
      const track = again
        ? known[known.length - 1 - Math.floor(known.length * rng.uniform() ** 2)]!
        : tracks[rng.below(tracks.length)]!;
      if (!again) known.push(track);
      const song = dataset.tracks.vocabulary.id(track);
      const at = until - (days - day) * DAY + p * 240_000;
      plays.push({
        id: playId(song, at),
        song,
        title: dataset.tracks.names.get(track),
        artists: [dataset.artists.names.get(dataset.mainArtist(track))],
        at,
        msPlayed: 200_000,
        source: 'test',
      });
    }
  }
  return plays;
}
