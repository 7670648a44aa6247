import { type Static, Type } from '#typebox';
import type { Dataset } from '../../dataset/dataset.ts';
import type { Csr } from '../../math/csr.ts';
import type { Artifact } from '../artifact.ts';
import { artistRows, mainArtists, voteArtists } from '../artists/artist-rows.ts';
import { checkGrownArtifact } from '../grown-catalogue.ts';
import type { Fitted, Model, ModelQuery, Reason, ScoredTracks } from '../model.ts';
import { type OwnerSpace, ownerSpace, vote } from '../playlist-neighbours/owner-space.ts';
import { titleReason } from '../playlist-neighbours/reasons.ts';
import { step } from '../progress.ts';
import { rankScores } from '../ranking.ts';
import { TitleIndex } from './title-index.ts';

const VERSION = 1;
/** Most owners that the smoothing considers. */
const REACH = 400;
/** Share of the titles' votes that an artist needs to take part in the smoothing. */
const LEAST_VOTES = 0.3;

const config = Type.Object({
  power: Type.Number({
    default: 1,
    minimum: 0.2,
    maximum: 8,
    description: 'exponent of the title similarities; larger values favour identical titles',
  }),
  smoothing: Type.Number({
    default: 0.5,
    minimum: 0,
    maximum: 5,
    description: 'weight of playlists that share artists with those of similar titles',
  }),
});
type Config = Static<typeof config>;

/**
 * Recommends tracks for a playlist's name: playlists with similar names vote for their tracks, and playlists with similar artists second these votes.
 * Names are split into words, pictographs and character trigrams, so typos and unseen names still match something.
 */
export const title: Model<typeof config> = {
  id: 'title',
  title: 'Title',
  description:
    'Recommends from a playlist title or a mood in words, including typos and emoji. Uses nothing but the title.',
  family: 'collaborative',
  source: 'TF-IDF cosine over words and character trigrams (Salton & Buckley 1988), smoothed over artists',
  byDefault: true,
  versions: [VERSION],
  updates: 'live',
  grows: true,
  config,
  unusable: (dataset) =>
    dataset.owners.titles.heap.length > 0 && dataset.byOwner.idx.length > 0
      ? null
      : 'No playlist has a title to learn from.',
  async fit(dataset, settings, context) {
    await step(context, title.id, 0, 'reading titles');
    return new FittedTitle(dataset, settings);
  },
  load(artifact, dataset) {
    checkGrownArtifact(artifact, title.id, VERSION, dataset);
    return new FittedTitle(dataset, artifact.config as Config);
  },
};

class FittedTitle implements Fitted {
  readonly modelId = title.id;
  private readonly dataset: Dataset;
  private readonly settings: Config;
  private readonly index: TitleIndex;
  private readonly rows: Csr;
  private readonly space: OwnerSpace;

  constructor(dataset: Dataset, settings: Config) {
    this.dataset = dataset;
    this.settings = settings;
    this.index = new TitleIndex(dataset.owners.titles);
    this.rows = artistRows(dataset, mainArtists(dataset));
    this.space = ownerSpace(this.rows, 1);
  }

  score(query: ModelQuery, out: Float32Array): void {
    out.fill(0);
    const { dataset, settings } = this;
    const alike = this.index.neighbours(query.title, settings.power);
    if (alike.count === 0) return;
    vote(alike, dataset.byOwner, out);
    if (settings.smoothing === 0) return;
    const votes = new Float32Array(dataset.artists.count);
    voteArtists(alike, this.rows, votes);
    const chosen: number[] = [];
    for (let a = 0; a < votes.length; a++) if (votes[a]! > LEAST_VOTES) chosen.push(a);
    if (chosen.length === 0) return;
    this.space.compare(
      chosen,
      chosen.map((a) => votes[a]!),
      0.5,
    );
    const second = new Float32Array(out.length);
    vote(this.space.neighbours({ limit: REACH, power: 2 }), dataset.byOwner, second);
    let largest = 0;
    let largestSecond = 0;
    for (let t = 0; t < out.length; t++) {
      if (out[t]! > largest) largest = out[t]!;
      if (second[t]! > largestSecond) largestSecond = second[t]!;
    }
    if (largestSecond === 0) return;
    for (let t = 0; t < out.length; t++) out[t] = out[t]! / largest + (settings.smoothing * second[t]!) / largestSecond;
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    const scores = new Float32Array(this.dataset.tracks.count);
    this.score(query, scores);
    return rankScores(scores, query, n);
  }

  explain(query: ModelQuery, track: number): Reason[] {
    const { count, owners, weights } = this.index.neighbours(query.title, this.settings.power);
    const similarity = new Map<number, number>();
    for (let i = 0; i < count; i++) similarity.set(owners[i]!, weights[i]!);
    const reason = titleReason(this.dataset, query.title, track, (owner) => similarity.get(owner) ?? 0);
    return reason ? [{ ...reason, share: 1 }] : [];
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
}
