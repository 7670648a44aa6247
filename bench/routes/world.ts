import type { Dataset } from '../../src/dataset/dataset.ts';
import { Library } from '../../src/library/library.ts';
import { ownSongKey, playId } from '../../src/listeners/keys.ts';
import { openHousehold } from '../../src/listeners/personal/household.ts';
import type { NewPlay } from '../../src/listeners/plays.ts';
import { Rng } from '../../src/math/rng.ts';
import { artistNames } from '../../src/recommend/describe.ts';
import { FakeJellyfin } from '../../test/support/fake-jellyfin.ts';
import { FakeNavidrome, type FakeSong } from '../../test/support/fake-navidrome.ts';

const PLAYS = 50_000;
const SONGS = 5000;
/** One in this many of the listener's songs is unknown to the catalogue. */
const UNKNOWN_EVERY = 10;
const HELD = 20_000;
const LONGEST_LIST = 10_000;

/** A copy of a library, with a listener who has a long history and two music servers. */
export interface World {
  readonly listener: string;
  /** Ids of songs in the catalogue, more than any request needs. */
  readonly songs: readonly string[];
  /** Names as people paste them, one per line, some misspelt. */
  readonly pasted: string;
  readonly owner: string;
  readonly server: FakeNavidrome;
  readonly jellyfin: FakeJellyfin;
}

export async function makeWorld(dir: string, seed: number): Promise<World> {
  const library = await Library.open(dir);
  const dataset = await library.dataset();
  const { tracks } = dataset;
  const rng = new Rng(seed);
  const chosen = [...rng.sample(tracks.count, Math.min(HELD, tracks.count))];
  const household = openHousehold(library, undefined);
  const repository = await household.repository();
  const { id: listener } = await repository.listeners.add({ name: 'Ada' });
  await repository.plays.add(listener, playsOf(dataset, chosen.slice(0, SONGS), rng));
  await household.close();
  const songs = chosen.slice(0, LONGEST_LIST).map((track) => tracks.vocabulary.id(track));
  const pasted = chosen.slice(0, LONGEST_LIST).map((track, i) => {
    const name = tracks.names.get(track);
    return `${artistNames(dataset, track)[0] ?? ''} - ${i % 4 === 0 ? name.slice(1) : name}`;
  });
  const server = await FakeNavidrome.start(heldSongs(dataset, chosen));
  const jellyfin = await new FakeJellyfin().start();
  return { listener, songs, pasted: pasted.join('\n'), owner: dataset.owners.vocabulary.id(0), server, jellyfin };
}

function playsOf(dataset: Dataset, tracks: readonly number[], rng: Rng): NewPlay[] {
  const now = Date.now();
  return Array.from({ length: PLAYS }, (_, i) => {
    const n = Math.floor(tracks.length * rng.uniform() ** 2);
    const track = tracks[n]!;
    const artists = artistNames(dataset, track);
    const title = dataset.tracks.names.get(track);
    const unknown = n % UNKNOWN_EVERY === 0;
    const name = unknown ? `${title} (bootleg ${n})` : title;
    const song = unknown ? ownSongKey(name, artists) : dataset.tracks.vocabulary.id(track);
    const at = now - (PLAYS - i) * 1_200_000;
    return { id: playId(song, at), song, title: name, artists, at, msPlayed: 200_000, source: 'bench' };
  });
}

const heldSongs = (dataset: Dataset, chosen: readonly number[]): FakeSong[] =>
  chosen.map((track) => ({
    id: `nd${String(track).padStart(20, '0')}`,
    title: dataset.tracks.names.get(track),
    artist: artistNames(dataset, track)[0] ?? '',
    album: `Album ${track % 600}`,
    duration: Math.round(dataset.tracks.durationMs[track]! / 1000),
  }));
