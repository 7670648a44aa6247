import type { Dataset } from '../../../dataset/dataset.ts';
import type { ModelQuery } from '../../../models/model.ts';
import type { State } from '../../../recommend/state.ts';

export const SAME_ARTISTS = 'same artists';

/** Number of artists considered, those with the most weight first. */
const MOST_ARTISTS = 100;

/** The most popular songs by the seeds' artists, one of each artist in turn, starting with the artist of most weight. */
export class SameArtists {
  private readonly dataset: Dataset;
  private readonly fame: Float32Array;
  private readonly byArtist = new Map<number, number[]>();

  /** @param fame popularity of each track */
  constructor(dataset: Dataset, fame: Float32Array) {
    this.dataset = dataset;
    this.fame = fame;
    for (let track = 0; track < dataset.tracks.count; track++) {
      const artist = dataset.mainArtist(track);
      const own = this.byArtist.get(artist);
      if (artist >= 0 && own) own.push(track);
      else if (artist >= 0) this.byArtist.set(artist, [track]);
    }
  }

  /** At most n tracks; no seeds, and none that are excluded or not allowed. */
  recommend({ seeds, weights, exclude, allowed }: ModelQuery, n: number): number[] {
    const { dataset, fame, byArtist } = this;
    const own = new Set(seeds);
    const may = (track: number): boolean =>
      !own.has(track) && !exclude.has(track) && (!allowed || allowed[track] === 1);
    const love = new Map<number, number>();
    seeds.forEach((track, i) => {
      const artist = dataset.mainArtist(track);
      if (artist >= 0) love.set(artist, (love.get(artist) ?? 0) + weights[i]!);
    });
    const queues = [...love]
      .filter(([, weight]) => weight > 0)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, MOST_ARTISTS)
      .map(([artist]) =>
        byArtist
          .get(artist)!
          .filter(may)
          .sort((a, b) => fame[b]! - fame[a]! || a - b),
      );
    const out: number[] = [];
    for (let round = 0; out.length < n && queues.some((queue) => queue.length > round); round++)
      for (const queue of queues) if (queue[round] !== undefined && out.length < n) out.push(queue[round]!);
    return out;
  }
}

const known = new WeakMap<State, SameArtists>();

/** Created once per state, since this visits all tracks. */
export function sameArtistsOf(state: State): SameArtists {
  let artists = known.get(state);
  if (!artists) known.set(state, (artists = new SameArtists(state.dataset, state.popularityScore)));
  return artists;
}
