import { Rng } from '../../math/rng.ts';
import { OCCASIONS, type Occasion, STYLES } from './styles.ts';
import type { DemoWorld } from './world.ts';

export interface DemoPlaylist {
  title: string;
  followers: number;
  modifiedAt: number;
  /** Track numbers of the world; a few playlists hold a track twice, as real ones do. */
  tracks: Int32Array;
}

const SHORTEST = 5;
const LONGEST = 250;

/** Tracks with cumulative weights, so that one is drawn by bisection. */
interface Urn {
  readonly tracks: Int32Array;
  readonly cumulative: Float64Array;
}

/**
 * Playlists as people make them: most stay within a few scenes of one style and its neighbours, some are one artist's, some serve an
 * occasion across styles; hits of the whole world leak in. Lengths follow the Million Playlist Dataset (5–250, mean 66).
 * Playlist number i is the same whatever the range it is asked for in.
 */
export class DemoPlaylists {
  private readonly world: DemoWorld;
  private readonly sceneUrns: Urn[];
  private readonly hits: Urn;
  private readonly scenesOfStyle: number[][];
  private readonly sceneWeights: Float64Array;
  private readonly near: number[][];

  constructor(world: DemoWorld) {
    this.world = world;
    this.sceneUrns = sceneUrns(world);
    this.hits = urn(Int32Array.from(world.appeal.keys()), world.appeal, 1.5);
    this.scenesOfStyle = STYLES.map((_, style) =>
      [...world.sceneStyle.keys()].filter((s) => world.sceneStyle[s] === style && this.sceneUrns[s]!.tracks.length > 0),
    );
    this.near = STYLES.map((style) => style.near.map((name) => STYLES.findIndex((s) => s.name === name)));
    let sum = 0;
    this.sceneWeights = Float64Array.from(this.sceneUrns, (u) => (sum += Math.sqrt(u.cumulative.at(-1) ?? 0)));
  }

  playlist(number: number): DemoPlaylist {
    const rng = new Rng(
      (Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(this.world.size.seed + 1, 0x7feb352d)) >>> 0,
    ).fork('playlist');
    const length = Math.round(Math.min(LONGEST, Math.max(SHORTEST, Math.exp(3.85 + 0.86 * rng.normal()))));
    const kind = rng.uniform();
    const home = bisect(this.sceneWeights, rng.uniform() * this.sceneWeights.at(-1)!);
    const style = this.world.sceneStyle[home]!;
    const occasion = kind < 0.28 ? OCCASIONS[rng.below(OCCASIONS.length)]! : null;
    const scenes = this.chooseScenes(home, style, occasion !== null, rng);
    const tracks =
      kind > 0.94 ? this.artistPlaylist(home, length, rng) : this.mixedPlaylist(scenes, occasion, length, rng);
    return {
      title: this.title(style, occasion, tracks, rng),
      followers: 1 + Math.floor(Math.exp(1.2 * Math.abs(rng.normal())) - 1),
      modifiedAt: 1_270_000_000 + rng.below(240_000_000),
      tracks,
    };
  }

  private chooseScenes(home: number, style: number, across: boolean, rng: Rng): number[] {
    const scenes = [home];
    const more = across ? 2 + rng.below(4) : rng.below(3);
    for (let i = 0; i < more; i++) {
      const stay = rng.uniform() < (across ? 0.35 : 0.7);
      const other = stay ? style : this.near[style]![rng.below(this.near[style]!.length)]!;
      const options = this.scenesOfStyle[other]!;
      if (options.length > 0) scenes.push(options[rng.below(options.length)]!);
    }
    return scenes;
  }

  private mixedPlaylist(scenes: readonly number[], occasion: Occasion | null, length: number, rng: Rng): Int32Array {
    const tracks = new Int32Array(length);
    const decade =
      rng.uniform() < 0.15 ? Math.floor(this.world.year[draw(this.sceneUrns[scenes[0]!]!, rng)]! / 10) : -1;
    for (let i = 0; i < length; i++) {
      let track = tracks[0]!;
      for (let attempt = 0; attempt < 12; attempt++) {
        const home = rng.uniform() < 0.55 ? 0 : rng.below(scenes.length);
        track = draw(rng.uniform() < 0.06 ? this.hits : this.sceneUrns[scenes[home]!]!, rng);
        if (this.fits(track, occasion, decade, rng) && (rng.uniform() < 0.02 || !tracks.subarray(0, i).includes(track)))
          break;
      }
      tracks[i] = track;
      // People add a few songs of one artist at a time.
      while (i + 1 < length && rng.uniform() < 0.16) {
        const next = this.sameArtist(track, rng);
        if (!tracks.subarray(0, i + 1).includes(next)) tracks[++i] = next;
      }
    }
    return tracks;
  }

  private fits(track: number, occasion: Occasion | null, decade: number, rng: Rng): boolean {
    if (decade >= 0 && Math.floor(this.world.year[track]! / 10) !== decade) return false;
    if (!occasion) return true;
    const mood = this.world.mood(track);
    const distance = (mood.energy - occasion.energy) ** 2 + 0.6 * (mood.valence - occasion.valence) ** 2;
    return rng.uniform() < Math.exp(-9 * distance);
  }

  private artistPlaylist(scene: number, length: number, rng: Rng): Int32Array {
    const first = draw(this.sceneUrns[scene]!, rng);
    const artist = this.world.artistOfTrack[first]!;
    const own = this.world.firstTrack[artist + 1]! - this.world.firstTrack[artist]!;
    const tracks = new Int32Array(Math.max(SHORTEST, Math.min(length, own + 10)));
    for (let i = 0; i < tracks.length; i++)
      tracks[i] = i < own ? this.world.firstTrack[artist]! + i : draw(this.sceneUrns[scene]!, rng);
    return tracks;
  }

  private sameArtist(track: number, rng: Rng): number {
    const artist = this.world.artistOfTrack[track]!;
    const from = this.world.firstTrack[artist]!;
    const own = this.world.firstTrack[artist + 1]! - from;
    // Earlier songs of an artist are the better known ones.
    return from + Math.floor(own * rng.uniform() ** 2);
  }

  private title(style: number, occasion: Occasion | null, tracks: Int32Array, rng: Rng): string {
    const words = occasion && rng.uniform() < 0.85 ? occasion.titles : STYLES[style]!.titles;
    let title = words[rng.below(words.length)]!;
    const twist = rng.uniform();
    if (twist < 0.08) title = `${Math.floor(this.world.year[tracks[0]!]! / 10) % 10}0s ${title}`;
    else if (twist < 0.16) title = `${title} ${2010 + rng.below(8)}`;
    else if (twist < 0.22) title = `my ${title}`;
    else if (twist < 0.27) title = `${title} ${['🎶', '🔥', '🌙', '☀️', '💔'][rng.below(5)]}`;
    else if (twist < 0.31) title = `${title} ${STYLES[style]!.name}`;
    return rng.uniform() < 0.35 ? title[0]!.toUpperCase() + title.slice(1) : title;
  }
}

function sceneUrns(world: DemoWorld): Urn[] {
  const counts = new Int32Array(world.scenes);
  for (let t = 0; t < world.size.tracks; t++) counts[world.sceneOf[world.artistOfTrack[t]!]!]!++;
  const members = Array.from(counts, (n) => new Int32Array(n));
  counts.fill(0);
  for (let t = 0; t < world.size.tracks; t++) {
    const scene = world.sceneOf[world.artistOfTrack[t]!]!;
    members[scene]![counts[scene]!++] = t;
  }
  return members.map((tracks) => urn(tracks, world.appeal, 1));
}

function urn(tracks: Int32Array, appeal: Float64Array, power: number): Urn {
  let sum = 0;
  return { tracks, cumulative: Float64Array.from(tracks, (t) => (sum += appeal[t]! ** power)) };
}

function draw(from: Urn, rng: Rng): number {
  return from.tracks[bisect(from.cumulative, rng.uniform() * from.cumulative.at(-1)!)]!;
}

/** The first index whose cumulative weight exceeds x. */
function bisect(cumulative: Float64Array, x: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (cumulative[mid]! > x) high = mid;
    else low = mid + 1;
  }
  return low;
}
