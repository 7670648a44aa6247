import { Rng } from '../../math/rng.ts';
import { DemoPlaylists } from './playlists.ts';
import type { DemoWorld } from './world.ts';

const DAY = 86_400;
/** The last two years before this moment, seconds since 1970. */
export const DEMO_NOW = 1_750_000_000;
const DAYS = 730;

export interface DemoPlay {
  /** Track number of the world. */
  readonly track: number;
  /** Seconds since 1970. */
  readonly at: number;
}

/**
 * People whose taste drifts. At any time a person finds songs in a few playlists of the world, those of yesterday less and less, and leaves one for
 * another every few weeks; they also follow artists, and play again what they found, recent finds most. How much of each differs from person to person.
 * Person number i is the same whatever else is made.
 */
export class DemoListeners {
  private readonly world: DemoWorld;
  private readonly playlists: DemoPlaylists;

  constructor(world: DemoWorld) {
    this.world = world;
    this.playlists = new DemoPlaylists(world);
  }

  /** The plays of one person in the order of time. */
  plays(number: number): DemoPlay[] {
    const { world } = this;
    const rng = new Rng((Math.imul(number + 1, 0x85ebca6b) ^ Math.imul(world.size.seed + 1, 0xc2b2ae35)) >>> 0).fork(
      'listener',
    );
    const again = 0.35 + 0.4 * rng.uniform();
    const follows = 0.6 * rng.uniform() ** 1.5;
    const every = 20 + rng.below(70);
    const perDay = 1 + rng.below(6);
    // Numbers beyond those of the catalogue's playlists: nobody else holds exactly these.
    let next = world.size.playlists + number * 1000;
    const places = [this.playlists.playlist(next++), this.playlists.playlist(next++)].map(({ tracks }) => tracks);
    const found: number[] = [];
    const plays: DemoPlay[] = [];
    for (let day = 0; day < DAYS; day++) {
      if (rng.uniform() < 1 / every) {
        places.shift();
        places.push(this.playlists.playlist(next++).tracks);
      }
      for (let p = 0; p < perDay; p++) {
        const at = DEMO_NOW - (DAYS - day) * DAY + Math.floor(((p + rng.uniform()) / perDay) * DAY);
        if (found.length > 0 && rng.uniform() < again) {
          plays.push({ track: found[found.length - 1 - Math.floor(found.length * rng.uniform() ** 2.5)]!, at });
          continue;
        }
        const track =
          found.length > 0 && rng.uniform() < follows
            ? this.sameArtist(found.at(-1 - rng.below(Math.min(20, found.length)))!, rng)
            : draw(places, rng);
        plays.push({ track, at });
        found.push(track);
      }
    }
    return plays;
  }

  private sameArtist(track: number, rng: Rng): number {
    const { artistOfTrack, firstTrack } = this.world;
    const artist = artistOfTrack[track]!;
    const from = firstTrack[artist]!;
    return from + Math.floor((firstTrack[artist + 1]! - from) * rng.uniform() ** 2);
  }
}

/** The newer place more often than the older. */
function draw(places: readonly Int32Array[], rng: Rng): number {
  const tracks = places[rng.uniform() < 0.7 ? places.length - 1 : 0]!;
  return tracks[rng.below(tracks.length)]!;
}
