import { type Static, Type } from '#typebox';
import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';
import type { Artifact } from '../artifact.ts';
import { checkGrownArtifact } from '../grown-catalogue.ts';
import { type Fitted, type Model, type ModelQuery, modelQuery, type Reason, type ScoredTracks } from '../model.ts';
import { type OwnerSpace, ownerSpace } from '../playlist-neighbours/owner-space.ts';
import { step } from '../progress.ts';
import { rankScores } from '../ranking.ts';
import { artistRows, mainArtists, spreadArtists, voteArtists } from './artist-rows.ts';

const VERSION = 1;

const config = Type.Object({
  popularityExponent: Type.Number({
    default: 0.5,
    minimum: 0,
    maximum: 2,
    description: 'discount for artists that many playlists contain',
  }),
  votePower: Type.Number({
    default: 2,
    minimum: 0.5,
    maximum: 8,
    description: 'exponent of the relative similarities; larger values give the nearest owners more say',
  }),
});
type Config = Static<typeof config>;

/**
 * Owners with similar taste in artists vote for artists; an artist's score is then spread over the artist's tracks by how many owners hold each.
 * Reaches rare tracks of fitting artists that no similar playlist holds.
 */
export const artists: Model<typeof config> = {
  id: 'artists',
  title: 'Artists',
  description:
    'Finds the artists that owners with your taste collect and recommends their best-known tracks. Good for few or rare seeds.',
  family: 'collaborative',
  source: 'Cosine of owners over artists, root counts; spread by conditional popularity',
  byDefault: true,
  versions: [VERSION],
  updates: 'live',
  grows: true,
  config,
  unusable: (dataset) =>
    dataset.byOwner.idx.length > 0 && dataset.tracks.artists.idx.length > 0
      ? null
      : 'No playlist or listener holds a track whose artist is known.',
  async fit(dataset, settings, context) {
    await step(context, artists.id, 0, 'counting artists');
    return new FittedArtists(dataset, settings);
  },
  load(artifact, dataset) {
    checkGrownArtifact(artifact, artists.id, VERSION, dataset);
    return new FittedArtists(dataset, artifact.config as Config);
  },
};

class FittedArtists implements Fitted {
  readonly modelId = artists.id;
  private readonly dataset: Dataset;
  private readonly settings: Config;
  private readonly artistOf: Int32Array;
  private readonly rows: Csr;
  private readonly space: OwnerSpace;
  private readonly popularity: Float32Array;
  private readonly entries: Float32Array;
  private readonly artistScores: Float32Array;

  constructor(dataset: Dataset, settings: Config) {
    this.dataset = dataset;
    this.settings = settings;
    this.artistOf = mainArtists(dataset);
    this.rows = artistRows(dataset, this.artistOf);
    this.space = ownerSpace(this.rows, 1);
    this.popularity = new Float32Array(dataset.tracks.count);
    this.entries = new Float32Array(dataset.artists.count);
    this.artistScores = new Float32Array(dataset.artists.count);
    for (let t = 0; t < this.popularity.length; t++) {
      this.popularity[t] = dataset.ownersOf(t);
      if (this.artistOf[t]! >= 0) this.entries[this.artistOf[t]!]! += this.popularity[t]!;
    }
  }

  score({ seeds, weights }: ModelQuery, out: Float32Array): void {
    const counts = new Map<number, number>();
    for (let i = 0; i < seeds.length; i++) {
      const artist = this.artistOf[seeds[i]!]!;
      if (artist >= 0) counts.set(artist, (counts.get(artist) ?? 0) + weights[i]!);
    }
    const { popularityExponent, votePower } = this.settings;
    const signedRoots = [...counts.values()].map((count) => Math.sign(count) * Math.sqrt(Math.abs(count)));
    this.space.compare([...counts.keys()], signedRoots, popularityExponent);
    this.artistScores.fill(0);
    voteArtists(this.space.neighbours({ limit: this.rows.rows, power: votePower }), this.rows, this.artistScores);
    spreadArtists(this.artistScores, this.artistOf, this.popularity, this.entries, out);
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const scores = new Float32Array(this.dataset.tracks.count);
    this.score(query, scores);
    return rankScores(scores, query, n);
  }

  explain(query: ModelQuery, track: number): Reason[] {
    const artist = this.artistOf[track]!;
    if (artist < 0 || this.popularity[track] === 0 || query.seeds.length === 0) return [];
    const name = this.dataset.artists.names.get(artist);
    const own = [...query.seeds].filter((seed, i) => query.weights[i]! > 0 && this.artistOf[seed] === artist);
    if (own.length > 0)
      return [
        {
          kind: 'artists',
          share: 1,
          text: `Also by ${name}`,
          tracks: own,
          artists: [artist],
        },
      ];
    const beside = this.besides(artist, query);
    if (beside.length === 0) return [];
    const names = beside.slice(0, 2).map((other) => this.dataset.artists.names.get(other));
    return [
      {
        kind: 'artists',
        share: 1,
        text: `Fans of ${names.join(' and ')} also collect ${name}`,
        artists: [artist, ...beside],
      },
    ];
  }

  similar(track: number, n: number): ScoredTracks {
    return this.recommend(modelQuery({ seeds: [track], ordered: false }), n);
  }

  toArtifact(): Artifact {
    return {
      modelId: this.modelId,
      modelVersion: VERSION,
      config: this.settings,
      catalogueId: this.dataset.catalogueId,
      meta: {},
      arrays: {},
    };
  }

  /** The seeds' artists, ordered by how many owners hold them together with the given artist. */
  private besides(artist: number, { seeds, weights }: ModelQuery): number[] {
    const { ptr, idx } = this.space.byItem;
    const holders = new Set(idx.subarray(ptr[artist]!, ptr[artist + 1]!));
    const common = new Map<number, number>();
    for (let i = 0; i < seeds.length; i++) {
      const other = this.artistOf[seeds[i]!]!;
      if (weights[i]! <= 0 || other < 0 || common.has(other)) continue;
      let count = 0;
      for (let e = ptr[other]!; e < ptr[other + 1]!; e++) if (holders.has(idx[e]!)) count++;
      if (count > 0) common.set(other, count);
    }
    return [...common]
      .sort((a, b) => b[1] - a[1] || a[0] - b[0])
      .map(([other]) => other)
      .slice(0, 3);
  }
}
