import { Type } from '#typebox';
import type { Dataset } from '../dataset/dataset.ts';
import { type Artifact, arrayOf, checkArtifact } from './artifact.ts';
import type { Fitted, Model, ModelQuery, Reason, ScoredTracks } from './model.ts';
import { step } from './progress.ts';
import { rankScores } from './ranking.ts';

export const POPULARITY_VERSION = 1;
const config = Type.Object({});

/**
 * The same list for everyone: tracks by number of owners or, in a catalogue without owners, by the popularity given in the data. The baseline that
 * every other model has to beat, and the fallback when nothing in a query is known.
 */
export const popularity: Model<typeof config> = {
  id: 'popularity',
  title: 'Popularity',
  description:
    'The tracks that most playlists contain. The same for everyone: a baseline, and the fallback when nothing in a query is known.',
  family: 'baseline',
  source: 'Count of owners per track',
  byDefault: true,
  versions: [POPULARITY_VERSION],
  updates: 'count',
  config,
  async fit(dataset, _config, context) {
    await step(context, popularity.id, 0, 'counting owners');
    const { count, popularity: stated } = dataset.tracks;
    const scores = new Float32Array(count);
    if (dataset.owners.count > 0) {
      const { ptr } = dataset.byTrack;
      for (let t = 0; t < count; t++) scores[t] = ptr[t + 1]! - ptr[t]!;
    } else {
      for (let t = 0; t < count; t++) scores[t] = Math.max(0, stated[t]!);
    }
    return new FittedPopularity(dataset, scores);
  },
  load(artifact, dataset) {
    checkArtifact(artifact, popularity.id, POPULARITY_VERSION, dataset.catalogueId);
    return new FittedPopularity(dataset, arrayOf(artifact, 'scores', 'Float32Array', dataset.tracks.count));
  },
};

class FittedPopularity implements Fitted {
  readonly modelId = popularity.id;
  private readonly dataset: Dataset;
  private readonly scores: Float32Array;

  constructor(dataset: Dataset, scores: Float32Array) {
    this.dataset = dataset;
    this.scores = scores;
  }

  score(_query: ModelQuery, out: Float32Array): void {
    out.set(this.scores);
  }

  recommend(query: ModelQuery, n: number): ScoredTracks {
    return rankScores(this.scores, query, n);
  }

  explain(_query: ModelQuery, track: number): Reason[] {
    const score = this.scores[track]!;
    if (score <= 0) return [];
    const text = this.dataset.owners.count > 0 ? `On ${score} playlists in this library` : `Popularity ${score} of 100`;
    return [{ kind: 'popularity', share: 1, text }];
  }

  toArtifact(): Artifact {
    return {
      modelId: this.modelId,
      modelVersion: POPULARITY_VERSION,
      config: {},
      catalogueId: this.dataset.catalogueId,
      meta: {},
      arrays: { scores: this.scores },
    };
  }
}
