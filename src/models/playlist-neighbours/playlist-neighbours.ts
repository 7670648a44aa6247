import { type Static, Type } from '#typebox';
import type { Dataset } from '../../dataset/dataset.ts';
import type { Artifact } from '../artifact.ts';
import { checkGrownArtifact } from '../grown-catalogue.ts';
import { type Fitted, type Model, type ModelQuery, modelQuery, type Reason, type ScoredTracks } from '../model.ts';
import { step } from '../progress.ts';
import { rankSome } from '../ranking.ts';
import { TitleIndex } from '../title/title-index.ts';
import { type Neighbours, type OwnerSpace, ownerSpace, vote, voteForSome } from './owner-space.ts';
import { neighbourReason, titleReason } from './reasons.ts';

const VERSION = 1;

const config = Type.Object({
  popularityExponent: Type.Number({
    default: 0.35,
    minimum: 0,
    maximum: 2,
    description:
      'discount for popular seeds: a seed weighs 1 / ((owners − 1)^exponent + 1); larger values favour rare seeds',
  }),
  neighbours: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 1_000_000,
    description: 'maximum number of owners that vote; 0 = depends on the number of seeds and the size of the library',
  }),
  votePower: Type.Number({
    default: 1.5,
    minimum: 0.5,
    maximum: 8,
    description: 'exponent of the relative similarities; larger values give the nearest owners more say',
  }),
  lengthExponent: Type.Number({
    default: 0.9,
    minimum: 0,
    maximum: 2,
    description: 'discount for long playlists; 1 = cosine',
  }),
});
type Config = Static<typeof config>;

/** Number of voters per million owners, and its minimum, by the number of seeds: the more seeds, the more owners share some by chance. */
function automaticNeighbours(seeds: number, ordered: boolean, owners: number): number {
  const perMillion = seeds <= 5 ? 8000 : seeds <= 10 ? 12_000 : ordered ? 20_000 : 9000;
  return Math.max(2000, Math.round((owners / 1e6) * perMillion));
}

/**
 * Playlists that resemble the seeds vote for their tracks. Similarity is the cosine of playlist rows with seeds weighted by rarity; votes are
 * ((s − s_min) / s_max)^power over the K most similar. There is no training: queries read an inverted index.
 * Without seeds, playlists vote by how much their titles resemble the given one.
 * Kelen et al. 2018, "Efficient K-NN for Playlist Continuation" (Definitive Turtles).
 */
export const playlistNeighbours: Model<typeof config> = {
  id: 'playlist-neighbours',
  title: 'Similar playlists',
  description:
    'Finds the playlists most similar to yours and lets them vote. Strong, explainable, and needs no training: new playlists count at once.',
  family: 'collaborative',
  source: 'Kelen et al. 2018, Efficient K-NN for Playlist Continuation (Definitive Turtles)',
  byDefault: true,
  versions: [VERSION],
  updates: 'live',
  grows: true,
  config,
  unusable: (dataset) =>
    dataset.byOwner.idx.length > 0 ? null : 'There are no playlists or listeners to compare with; import some first.',
  async fit(dataset, settings, context) {
    await step(context, playlistNeighbours.id, 0, 'building the inverted index');
    return new FittedPlaylistNeighbours(dataset, settings);
  },
  load(artifact, dataset) {
    checkGrownArtifact(artifact, playlistNeighbours.id, VERSION, dataset);
    return new FittedPlaylistNeighbours(dataset, artifact.config as Config);
  },
};

class FittedPlaylistNeighbours implements Fitted {
  readonly modelId = playlistNeighbours.id;
  private readonly dataset: Dataset;
  private readonly settings: Config;
  private readonly space: OwnerSpace;
  private titles: TitleIndex | null = null;
  /** Zeros between queries. */
  private readonly scratch: Float32Array;
  /** Tracks that received votes; their votes are beside them. */
  private readonly voted: Int32Array;
  private found = new Float32Array(0);
  /** Votes by owner for the query explained last, and the owners with a vote. */
  private readonly votes: Float32Array;
  private voters = new Int32Array(0);
  private explained: ModelQuery | null = null;
  /** The query whose neighbours the space holds, and those neighbours. */
  private asked: { readonly query: ModelQuery; readonly neighbours: Neighbours } | null = null;

  constructor(dataset: Dataset, settings: Config) {
    this.dataset = dataset;
    this.settings = settings;
    this.space = ownerSpace(dataset.byOwner, settings.lengthExponent, dataset.byTrack);
    this.scratch = new Float32Array(dataset.tracks.count);
    this.voted = new Int32Array(dataset.tracks.count);
    this.votes = new Float32Array(dataset.owners.count);
  }

  score(query: ModelQuery, out: Float32Array): void {
    out.fill(0);
    vote(this.neighbours(query), this.dataset.byOwner, out);
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const { scratch, voted } = this;
    const count = voteForSome(this.neighbours(query), this.dataset.byOwner, scratch, voted);
    if (this.found.length < count) this.found = new Float32Array(2 * count);
    const { found } = this;
    for (let i = 0; i < count; i++) {
      found[i] = scratch[voted[i]!]!;
      scratch[voted[i]!] = 0;
    }
    return rankSome(voted.subarray(0, count), found, query, n);
  }

  explain(query: ModelQuery, track: number): Reason[] {
    if (this.explained !== query) this.countVotes(query);
    const voteOf = (owner: number): number => this.votes[owner]!;
    const reason =
      query.seeds.length > 0
        ? neighbourReason(this.dataset, query, track, voteOf)
        : titleReason(this.dataset, query.title, track, voteOf);
    return reason ? [{ ...reason, share: 1 }] : [];
  }

  similar(track: number, n: number): ScoredTracks {
    return this.recommend(modelQuery({ seeds: [track], ordered: false }), n);
  }

  info(): Record<string, unknown> {
    const { owners, byOwner } = this.dataset;
    return { owners: owners.count, entries: byOwner.idx.length, trained: 'nothing: the index is asked directly' };
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

  private countVotes(query: ModelQuery): void {
    for (const owner of this.voters) this.votes[owner] = 0;
    const { count, owners, weights } = this.neighbours(query);
    this.voters = Int32Array.from(owners.subarray(0, count));
    for (let i = 0; i < count; i++) this.votes[owners[i]!] = weights[i]!;
    this.explained = query;
  }

  private neighbours(query: ModelQuery): Neighbours {
    // A recommended list is usually explained next.
    if (this.asked?.query !== query) this.asked = { query, neighbours: this.compare(query) };
    return this.asked.neighbours;
  }

  private compare({ seeds, weights, title, ordered }: ModelQuery): Neighbours {
    const { popularityExponent, votePower, neighbours } = this.settings;
    if (seeds.length === 0) {
      this.titles ??= new TitleIndex(this.dataset.owners.titles);
      return this.titles.neighbours(title, 1);
    }
    this.space.compare(seeds, weights, popularityExponent);
    const limit = neighbours || automaticNeighbours(seeds.length, ordered, this.dataset.owners.count);
    return this.space.neighbours({ limit, power: votePower });
  }
}
